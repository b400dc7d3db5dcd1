import pytest

from robolearn_ingest.layouts.scripts import Table, Text, Unknown, read_script


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("module.exports = {a: ['x', \"y\", `z`], 'b-c': 1, [`d`]: true, e: null, f: -2.5}",
         {"a": ["x", "y", "z"], "b-c": 1.0, "d": True, "e": None, "f": -2.5}),
        ("const a = ['x'];\nconst b = {a, n: 'q'};\nexport default {...b, c: [...a, 'y']} satisfies T;",
         {"a": ["x"], "n": "q", "c": ["x", "y"]}),
        ("const s: Sidebars = {t: ['i']} as const;\nexport default s;", {"t": ["i"]}),
        ("const s = 'a' + `-${'b'}`;\nmodule.exports = [s, 'it\\'s', '\\u00e9\\x41'];",
         ["a-b", "it's", "éA"]),
        ("exports.one = ['a']; exports.two = ['b'];", {"one": ["a"], "two": ["b"]}),
        ("export default async function f() { const x = 'in'; return {x}; }", {"x": "in"}),
        ("const o = {deep: {er: ['v']}};\nmodule.exports = o.deep.er;", ["v"]),
        ("module.exports = {p: path.join(__dirname, 'docs', 'x'), q: require.resolve('./s.js')}",
         {"p": "docs/x", "q": "./s.js"}),
        ("module.exports = {t: process.env.TITLE || 'Robots', u: 'a' ?? 'b', v: null ?? 'c'}",
         {"t": "Robots", "u": "a", "v": "c"}),
    ],
)  # fmt: skip
def test_data_is_read_without_running_it(source: str, value: object) -> None:
    assert read_script("sidebars.ts", source).value() == value


def test_what_takes_running_is_unknown_and_tells_its_line() -> None:
    value = read_script(
        "sidebars.js", "module.exports = {\n a: ['x', f('y')],\n b: [...list.map(g)],\n}"
    ).value()
    assert value == {"a": ["x", Unknown("f('y')", 2)], "b": [Unknown("...list.map(g)", 3)]}


def test_texts_and_objects_remember_their_lines() -> None:
    value = read_script("sidebars.js", "module.exports = [\n'one',\n\n{}]").value()
    assert isinstance(value, list)
    assert isinstance(value[0], Text) and isinstance(value[1], Table)
    assert [one.line for one in value] == [2, 4]


def test_other_scripts_and_json_are_read_from_the_source() -> None:
    files = {"site/parts/a.js": "export const items = ['x'];", "site/b.json": '{"y": ["z"]}'}
    source = (
        "import {items as list} from './parts/a';\n"
        "const b = require('./b.json');\nmodule.exports = [...list, b.y];"
    )
    assert read_script("site/sidebars.js", source, files.get).value() == ["x", ["z"]]


@pytest.mark.parametrize(
    "source",
    [
        "const a = [...a]; module.exports = {a};",
        "const a = b; const b = a; module.exports = {a};",
        "module.exports = " + "[" * 5000 + "]" * 5000,
        "const a0 = ['x','x','x','x','x','x','x','x','x','x'];\n"
        + "".join(f"const a{n} = [...a{n - 1}, ...a{n - 1}, ...a{n - 1}];\n" for n in range(1, 40))
        + "module.exports = {a: a39};",
        "const a0 = '" + "x" * 1000 + "';\n"
        + "".join(f"const a{n} = a{n - 1} + a{n - 1};\n" for n in range(1, 40))
        + "module.exports = {a: a39};",
        "", "module.exports =", "{{{{", "export default",
    ],
)  # fmt: skip
def test_cycles_bombs_and_rubbish_end(source: str) -> None:
    value = read_script("sidebars.js", source).value()
    assert value is None or isinstance(value, Unknown | Table | list)


def test_scripts_that_import_each_other_end() -> None:
    files = {
        "a.js": "module.exports = [...require('./b')]",
        "b.js": "module.exports = [...require('./a'), 'x']",
    }
    value = read_script("a.js", files["a.js"], files.get).value()
    assert value == [Unknown("...require('./a')", 1), "x"]


def test_broken_syntax_tells_its_line() -> None:
    assert read_script("sidebars.js", "module.exports = {\n a: ['x',\n b: ]\n}").broken_line in {2, 3}
    assert read_script("sidebars.js", "module.exports = {}").broken_line is None
