"""MDX: components are never shown as markup, and what they say is never lost."""

from collections.abc import Callable

import pytest

from robolearn.domain.page import Page

Make = Callable[..., Page]
Text = Callable[[str, str], str]

QUIZ = """# Quiz [[quiz]]

<Question
\tchoices={[
\t\t{
\t\t\ttext: "Policy-based methods",
\t\t\texplain: "They train the policy: `a > b`, {so} to say.",
      correct: true
\t\t},

\t\t{ text: 'It\\'s a trap', explain: "" },
\t]}
/>

After the quiz.
"""


def test_a_question_shows_its_choices_with_their_lines(page_of: Make) -> None:
    page = page_of(QUIZ, "quiz.mdx")
    assert page.title == "Quiz"
    assert page.headings[0].anchor == "quiz"
    assert page.passages[0].text == (
        "Policy-based methods — They train the policy: `a > b`, {so} to say.\nIt's a trap\n\nAfter the quiz."
    )
    assert (page.passages[0].line_start, page.passages[0].line_end) == (3, 15)
    assert "<li>It's a trap</li>" in page.html


def test_imports_and_exports_are_dropped_whole(text_of: Text) -> None:
    text = """import Tabs from '@theme/Tabs';
import {
  A,
} from "b";
export const meta = {
  title: 'x',

  list: [1, `${2}`],
};

import the parcel and export it: this is prose.
"""
    assert text_of(text, "a.mdx") == "import the parcel and export it: this is prose."


def test_imports_in_code_are_code(text_of: Text) -> None:
    assert text_of("```python\nimport os\n```\n", "a.mdx") == "import os"


def test_tabs_show_every_tab_under_its_label(page_of: Make) -> None:
    text = """<Tabs groupId="os">
  <TabItem value="linux" label="Linux" default>

    Run **this**:

    ```bash
    ls
    ```

  </TabItem>
  <TabItem value="win" label="Windows">Run that.</TabItem>
</Tabs>
"""
    page = page_of(text, "docs/a.md")
    assert page.passages[0].text == "Linux:\nRun this:\n\nls\n\nWindows:\nRun that."
    assert "<strong>this</strong>" in page.html


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a {/* hidden */} b", "a b"),
        ("{/* a\n\nb */}\n\ntext", "text"),
        ('It says {"hello"} here.', "It says hello here."),
        ("A set {1, 2} stays.", "A set {1, 2} stays."),
        ("{items.map(i => <li key={i}>fixed {i.name}</li>)}", "fixed"),
        ('<Card title={"Two " + "words"} href="/x" className="red blue" />', "Two words"),
        ('<A.B description="Some words" id="two words" />', "Some words"),
        ("<>\n\ninside\n\n</>", "inside"),
        ("Text <Highlight color='red'>bold *move*</Highlight> on.", "Text bold move on."),
        ('<div style={{color: "red"}}>\n\n**in** it\n\n</div>', "in it"),
        ("<Foo bar={`template ${x} text`} title={`A title`} />", "template text\nA title"),
        ('<Img alt="An arm" src="arm.png" />', "An arm"),
    ],
)
def test_what_components_and_expressions_say(text: str, said: str, text_of: Text) -> None:
    assert text_of(text, "a.mdx") == said


def test_links_in_props_can_be_followed(page_of: Make) -> None:
    page = page_of(
        '<Banner notebooks={[{label: "Open in Colab", value: "https://colab.example/x"}]} />', "a.mdx"
    )
    assert '<a href="https://colab.example/x" rel="noopener noreferrer">Open in Colab</a>' in page.html


@pytest.mark.parametrize("text", ["Ping <YOUR_IP> now.", "Use <PackageName> here.", "A <robot_ns> topic."])
def test_a_placeholder_in_angle_brackets_is_text(text: str, page_of: Make) -> None:
    page = page_of(text)
    assert page.passages[0].text == text
    assert text.replace("<", "&lt;").replace(">", "&gt;") in page.html


def test_indented_text_is_code_in_markdown_and_text_in_mdx(page_of: Make) -> None:
    assert "<pre" in page_of("para\n\n    code\n", "a.md").html
    assert "<pre" not in page_of("para\n\n    text\n", "a.mdx").html


def test_a_component_in_an_md_file_is_seen_for_what_it_is(text_of: Text) -> None:
    assert (
        text_of("<Tip warning={true}>\n\nMind the **gap**.\n\n</Tip>\n", "a.md") == "Warning:\nMind the gap."
    )
