"""A script's syntax tree, and what it declares, imports and exports."""

from dataclasses import dataclass, field
from functools import cache
from posixpath import splitext

import tree_sitter_typescript
from tree_sitter import Language, Node, Parser

WRAPPERS = frozenset(
    {
        "parenthesized_expression",
        "satisfies_expression",
        "as_expression",
        "non_null_expression",
        "await_expression",
    }
)
FUNCTIONS = frozenset(
    {"arrow_function", "function_expression", "function_declaration", "generator_function", "function"}
)


@dataclass(slots=True)
class Syntax:
    """Declarations by name, imports as name -> (module, name in it; "default" for all), and exports."""

    names: dict[str, Node] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)
    exports: dict[str, Node] = field(default_factory=dict)
    broken_line: int | None = None


def parse(path: str, text: str) -> Syntax:
    """Parse a script, or JSON as an object. Never fails: a broken script has `broken_line`."""
    typed = splitext(path)[1] in {".ts", ".mts", ".cts"}
    source = f"module.exports=({text}\n)" if path.endswith(".json") else text
    root = _parser(typed).parse(source.encode("utf-8", "replace")).root_node
    syntax = Syntax(broken_line=_first_error(root) if root.has_error else None)
    read_block(root, syntax)
    return syntax


def read_block(block: Node, syntax: Syntax) -> None:
    """Take in the statements of a program or of a function's body."""
    for statement in block.named_children:
        _statement(statement, syntax)


def text_of(node: Node | None) -> str:
    """The source of a node."""
    return (node.text or b"").decode("utf-8", "replace") if node else ""


def line_of_node(node: Node) -> int:
    """The 1-based line a node begins on."""
    return int(node.start_point[0]) + 1


@cache
def _parser(typed: bool) -> Parser:
    # JavaScript is read with the TSX grammar, since it may hold JSX and never holds <type> casts.
    language = tree_sitter_typescript.language_typescript if typed else tree_sitter_typescript.language_tsx
    return Parser(Language(language()))


def _statement(node: Node, syntax: Syntax) -> None:
    if node.type in {"lexical_declaration", "variable_declaration"}:
        for declarator in node.named_children:
            _declare(declarator, syntax)
    elif node.type in FUNCTIONS:
        syntax.names[text_of(node.child_by_field_name("name"))] = node
    elif node.type == "import_statement":
        _import(node, syntax)
    elif node.type == "export_statement":
        _export(node, syntax)
    elif node.type == "expression_statement" and node.named_children:
        _assign(node.named_children[0], syntax)


def _declare(declarator: Node, syntax: Syntax) -> None:
    name, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
    if name is not None and value is not None and name.type == "identifier":
        syntax.names[text_of(name)] = value


def _import(node: Node, syntax: Syntax) -> None:
    module = text_of(node.child_by_field_name("source")).strip("'\"`")
    clause = next((child for child in node.named_children if child.type == "import_clause"), None)
    for child in clause.named_children if clause else []:
        if child.type == "named_imports":
            for one in child.named_children:
                name = text_of(one.child_by_field_name("name"))
                syntax.imports[text_of(one.child_by_field_name("alias")) or name] = (module, name)
        else:
            syntax.imports[text_of(child).removeprefix("* as ").strip()] = (module, "default")


def _export(node: Node, syntax: Syntax) -> None:
    value, declaration = node.child_by_field_name("value"), node.child_by_field_name("declaration")
    if value is not None:
        syntax.exports["default"] = value
    elif declaration is not None and any(child.type == "default" for child in node.children):
        syntax.exports["default"] = declaration
    elif declaration is not None:
        before = set(syntax.names)
        _statement(declaration, syntax)
        syntax.exports |= {name: syntax.names[name] for name in syntax.names.keys() - before}


def _assign(node: Node, syntax: Syntax) -> None:
    if node.type != "assignment_expression":
        return
    target, value = text_of(node.child_by_field_name("left")), node.child_by_field_name("right")
    if value is None:
        return
    if target in {"module.exports", "exports.default", "exports"}:
        syntax.exports["default"] = value
    elif target.startswith(("module.exports.", "exports.")):
        syntax.exports[target.rpartition(".")[2]] = value


def _first_error(root: Node) -> int:
    stack = [root]
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            return line_of_node(node)
        stack += [child for child in reversed(node.children) if child.has_error or child.is_missing]
    return 1
