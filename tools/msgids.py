"""Finding the msgids of the program.

A msgid is a literal handed to one of :data:`KEYWORDS`, to a class made from ``UserError`` or
``InvalidInput``, or to something that hands it on to one of these (:mod:`tools.msgid_flow`); or a value of a
table whose name ends in ``LABELS``. Anywhere else it is marked with ``N_``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tools.msgid_flow import PACKAGES, Keyword, Known, learn, names_of, nodes_in

KEYWORDS: Final = {
    "_": Keyword({0}), "N_": Keyword({0}), "gettext": Keyword({0}), "tr": Keyword({0}), "bind": Keyword({1}),
    "act": Keyword({0}), "entity": Keyword({1}), "field": Keyword({1}), "Op": Keyword(named={"said"}),
    "ngettext": Keyword({0}, plural=1), "counted": Keyword({0}, plural=1), "Phrase": Keyword({0}),
    "pgettext": Keyword({1}, context=0),
    "UserError": Keyword(rest=0), "InvalidInput": Keyword(rest=1),
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
    trees = {}
    for source in PACKAGES:
        for path in sorted((root / source).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            trees[name] = ast.parse(path.read_text(encoding="utf-8"), name)
    keywords = dict(KEYWORDS)
    classes = [node for tree in trees.values() for node in nodes_in(tree) if isinstance(node, ast.ClassDef)]
    bases = {node.name: names_of(node.bases) for node in classes}
    for name in bases:
        if name not in keywords and (base := _error_base(name, bases)):
            keywords[name] = keywords[base]
    known = learn(trees, keywords)
    result = Survey()
    for name, tree in trees.items():
        _Reader(name, known, result).visit(tree)
    return result


def _error_base(name: str, bases: dict[str, list[str]]) -> str | None:
    for base in bases.get(name, ()):
        found = base if base in ERRORS else _error_base(base, bases)
        if found:
            return found
    return None


class _Reader(ast.NodeVisitor):
    def __init__(self, file: str, known: Known, result: Survey) -> None:
        self._file, self._known, self._result = file, known, result
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(next((base for base in names_of(node.bases) if base in self._known.given), ""))
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        keyword = self._known.keyword(self._file, node, self._classes)
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

    def _read(self, node: ast.Call, keyword: Keyword) -> None:
        args = node.args
        context = next(self._words(args[keyword.context]), "") if keyword.context is not None and args else ""
        given = [k.value for k in node.keywords if k.arg == "plural"]
        if keyword.plural is not None:
            given += args[keyword.plural : keyword.plural + 1]
        plural = next((words for arg in given for words in self._words(arg)), "")
        for arg in keyword.msgids(node):
            for words in self._words(arg):
                self._result.add(words, self._file, context=context, plural=plural)

    def _words(self, arg: ast.expr) -> Iterator[str]:
        """The literals an argument can be; anything else is a name, marked where its words stand."""
        match arg:
            case ast.Constant(value=str(words)) if words:
                yield words
            case ast.IfExp(body=one, orelse=other):
                yield from self._words(one)
                yield from self._words(other)
            case ast.BoolOp(values=values):
                for value in values:
                    yield from self._words(value)
            case ast.BinOp() if not _holds_words(arg):
                return
            case ast.JoinedStr() | ast.BinOp() | ast.Call(func=ast.Attribute(attr="format")):
                self._result.problems.append(
                    f"{self._file}:{arg.lineno}: a msgid is put together; write one literal with {{fields}}"
                )


def _holds_words(sum_of: ast.BinOp) -> bool:
    """Whether a literal text is part of it: a path or a product is no msgid put together."""
    return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(sum_of))
