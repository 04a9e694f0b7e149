"""Finding the msgids of the program: literals handed to one of :data:`KEYWORDS`, or to a class made from an
error."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

SOURCES: Final = ("caseworker_app", "db", "ui")


@dataclass(frozen=True)
class Keyword:
    """Where a call has its msgids, counted from 0. ``rest``: every positional argument from ``at`` on is
    one."""

    at: int = 0
    rest: bool = False
    plural: int | None = None
    context: int | None = None


KEYWORDS: Final = {
    "_": Keyword(), "N_": Keyword(), "gettext": Keyword(),
    "act": Keyword(), "entity": Keyword(1), "field": Keyword(1),
    "ngettext": Keyword(plural=1), "counted": Keyword(plural=1), "Phrase": Keyword(),
    "pgettext": Keyword(1, context=0),
    "UserError": Keyword(rest=True), "InvalidInput": Keyword(1, rest=True),
}  # fmt: skip
ERRORS: Final = ("UserError", "InvalidInput")


@dataclass
class Found:
    """A msgid in the program, with the files that say it."""

    msgid: str
    context: str = ""
    plural: str = ""
    files: set[str] = field(default_factory=set)


@dataclass
class Survey:
    """All msgids of the program by context and msgid, and what is wrong with how they are written."""

    found: dict[tuple[str, str], Found] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, msgid: str, file: str, *, context: str = "", plural: str = "") -> None:
        """Take a msgid; its plural is kept wherever one is said."""
        entry = self.found.setdefault((context, msgid), Found(msgid, context))
        entry.files.add(file)
        entry.plural = entry.plural or plural


def survey(root: Path) -> Survey:
    """Read every Python file of the program under ``root``."""
    result, trees = Survey(), {}
    for source in SOURCES:
        for path in sorted((root / source).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            trees[name] = ast.parse(path.read_text(encoding="utf-8"), name)
    keywords = dict(KEYWORDS)
    bases = {
        c.name: _names(c.bases) for t in trees.values() for c in ast.walk(t) if isinstance(c, ast.ClassDef)
    }
    for name in bases:
        if name not in keywords and (base := _error_base(name, bases)):
            keywords[name] = keywords[base]
    for name, tree in trees.items():
        _Reader(name, keywords, result).visit(tree)
    return result


def _names(nodes: list[ast.expr]) -> list[str]:
    return [
        n.id if isinstance(n, ast.Name) else n.attr for n in nodes if isinstance(n, ast.Name | ast.Attribute)
    ]


def _error_base(name: str, bases: dict[str, list[str]]) -> str | None:
    for base in bases.get(name, ()):
        found = base if base in ERRORS else _error_base(base, bases)
        if found:
            return found
    return None


class _Reader(ast.NodeVisitor):
    def __init__(self, file: str, keywords: dict[str, Keyword], result: Survey) -> None:
        self._file, self._keywords, self._result = file, keywords, result
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(next((base for base in _names(node.bases) if base in self._keywords), ""))
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        keyword = self._keywords.get(self._called(node.func))
        if keyword is not None:
            self._read(node, keyword)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        """The values of a table called ``…LABELS`` are words for its keys."""
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        if isinstance(node.value, ast.Dict) and any(name.endswith("LABELS") for name in names):
            for value in node.value.values:
                for words in self._words(value):
                    self._result.add(words, self._file)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """The same with a type."""
        if node.value is not None:
            self.visit_Assign(ast.Assign([node.target], node.value, lineno=node.lineno))

    def _called(self, func: ast.expr) -> str:
        match func:
            case ast.Name(id=name):
                return name
            case ast.Attribute(attr="__init__", value=ast.Call(func=ast.Name(id="super"))) if self._classes:
                return self._classes[-1]
            case ast.Attribute(attr=name):
                return name
        return ""

    def _read(self, node: ast.Call, keyword: Keyword) -> None:
        args = node.args
        context = next(self._words(args[keyword.context]), "") if keyword.context is not None and args else ""
        plural = self._plural(node, keyword)
        for arg in args[keyword.at :] if keyword.rest else args[keyword.at : keyword.at + 1]:
            for words in self._words(arg):
                self._result.add(words, self._file, context=context, plural=plural)

    def _plural(self, node: ast.Call, keyword: Keyword) -> str:
        given = [k.value for k in node.keywords if k.arg == "plural"]
        if keyword.plural is not None and len(node.args) > keyword.plural:
            given.append(node.args[keyword.plural])
        return next((words for arg in given for words in self._words(arg)), "")

    def _words(self, arg: ast.expr) -> Iterator[str]:
        """The literals an argument can be; anything else is a name, marked where its words stand."""
        match arg:
            case ast.Constant(value=str(words)) if words:
                yield words
            case ast.IfExp(body=one, orelse=other):
                yield from self._words(one)
                yield from self._words(other)
            case ast.JoinedStr() | ast.BinOp() | ast.Call(func=ast.Attribute(attr="format")):
                self._result.problems.append(
                    f"{self._file}:{arg.lineno}: a msgid is put together; write one literal with {{fields}}"
                )
