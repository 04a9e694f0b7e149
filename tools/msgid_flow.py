"""Following msgids through the program's own helpers: who hands a parameter on to a keyword is a keyword too.

Learnt are functions and classes with a parameter that goes into a msgid's place (at once, or by way of
``self.x``), and dataclasses with a text field that is read into one (``bind(label.setText, row.help)``) in a file
that knows the dataclass by name: many things have a title. A method, and whatever has a leading underscore, is known
in its own file only: another's ``add`` is another thing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

PACKAGES = ("caseworker_app", "db", "ui")
Function = ast.FunctionDef | ast.AsyncFunctionDef
Reads = Sequence[tuple[str, str]]
"""Names of fields read in a msgid's place, each with the file that reads it."""


@dataclass(frozen=True)
class Keyword:
    """Where a call has its msgids: positions from 0, all from ``rest`` on, keyword arguments by name."""

    at: set[int] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    rest: int | None = None
    plural: int | None = None
    context: int | None = None

    def msgids(self, call: ast.Call) -> Iterator[ast.expr]:
        """Yield the arguments that are msgids."""
        for position, arg in enumerate(call.args):
            if position in self.at or (self.rest is not None and position >= self.rest):
                yield arg
        yield from (keyword.value for keyword in call.keywords if keyword.arg in self.named)


@dataclass
class Known:
    """The keywords by name: given ones, learnt ones, and learnt ones of one file. ``ours`` are the names a
    file has of the program's own: what it defines, and what it imports from us."""

    given: dict[str, Keyword]
    ours: dict[str, set[str]] = field(default_factory=dict)
    learnt: dict[str, Keyword] = field(default_factory=dict)
    within: dict[tuple[str, str], Keyword] = field(default_factory=dict)
    calls: dict[ast.AST, list[ast.Call]] = field(default_factory=dict)
    """The calls within a node, looked up once: most of the time goes into walking trees."""

    kept: dict[ast.AST, list[tuple[str, str]]] = field(default_factory=dict)

    def calls_in(self, node: ast.AST) -> list[ast.Call]:
        """Return every call within a node."""
        if node not in self.calls:
            self.calls[node] = [each for each in nodes_in(node) if isinstance(each, ast.Call)]
        return self.calls[node]

    def kept_in(self, method: Function) -> list[tuple[str, str]]:
        """Return the (parameter, attribute) pairs of every ``self.attribute = parameter`` in a method."""
        if method not in self.kept:
            self.kept[method] = list(_kept(method))
        return self.kept[method]

    @property
    def size(self) -> int:
        """How many parameters are known: what has not grown is learnt."""
        return sum(len(each.at) for each in (*self.learnt.values(), *self.within.values()))

    def keyword(self, file: str, call: ast.Call, classes: Sequence[str] = ()) -> Keyword | None:
        """Return what a call means in a file, inside ``classes``, which are known by their bases."""
        name = called(call.func, classes)
        found = self.given.get(name) or self.within.get((file, name))
        if found is None and _owner(call.func) in self.ours.get(file, ()):
            found = self.learnt.get(name)
        return found

    def add(self, file: str | None, name: str, at: int, parameter: str) -> None:
        """Learn a parameter of a name; ``file`` is ``None`` for everywhere."""
        new = Keyword()
        found = (
            self.learnt.setdefault(name, new) if file is None else self.within.setdefault((file, name), new)
        )
        found.at.add(at)
        found.named.add(parameter)


def nodes_in(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield a tree's nodes in no settled order; twice as fast as ``ast.walk``."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for value in node.__dict__.values():
            if isinstance(value, list):
                waiting += [each for each in value if isinstance(each, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                waiting.append(value)


def _owner(func: ast.expr) -> str:
    """The first name of ``fields.text`` and of ``text``."""
    while isinstance(func, ast.Attribute):
        func = func.value
    return func.id if isinstance(func, ast.Name) else ""


def called(func: ast.expr, classes: Sequence[str]) -> str:
    """Return the name a call goes by; ``super().__init__`` is the base of the class one is in."""
    match func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr="__init__", value=ast.Call(func=ast.Name(id="super"))) if classes:
            return classes[-1]
        case ast.Attribute(attr=name):
            return name
    return ""


def names_of(nodes: list[ast.expr]) -> list[str]:
    """Return the last names of expressions such as bases and decorators."""
    called_ = [node.func if isinstance(node, ast.Call) else node for node in nodes]
    return [
        n.id if isinstance(n, ast.Name) else n.attr
        for n in called_
        if isinstance(n, ast.Name | ast.Attribute)
    ]


def learn(trees: dict[str, ast.Module], keywords: dict[str, Keyword]) -> Known:
    """Return the keywords with what the program's own helpers add to them."""
    known = Known(dict(keywords), {file: _own_names(tree) for file, tree in trees.items()})
    fixed = frozenset(keywords)
    before = -1
    while known.size > before:
        before = known.size
        read = [(name, file) for file, tree in trees.items() for name in _fields_read(file, tree, known)]
        for file, tree in trees.items():
            for node in tree.body:
                if isinstance(node, Function):
                    _learn_function(file, node, known, fixed)
                elif isinstance(node, ast.ClassDef):
                    _learn_class(file, node, known, fixed, read)
    return known


def _own_names(tree: ast.Module) -> set[str]:
    """What a file defines, and what it imports from the program's packages."""
    names = {node.name for node in tree.body if isinstance(node, Function | ast.ClassDef)}
    for node in nodes_in(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in PACKAGES:
            names |= {alias.asname or alias.name for alias in node.names}
    return names


def _learn_function(file: str, node: Function, known: Known, fixed: frozenset[str]) -> None:
    if node.name not in fixed:
        for at, name in enumerate(_parameters(node)):
            if name in _names_said(file, node, known):
                known.add(file if node.name.startswith("_") else None, node.name, at, name)


def _learn_class(file: str, node: ast.ClassDef, known: Known, fixed: frozenset[str], read: Reads) -> None:
    scope = file if node.name.startswith("_") else None
    if node.name in fixed:
        return
    if "dataclass" in names_of(node.decorator_list):
        fields = [
            each
            for each in node.body
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
        ]
        for at, each in enumerate(fields):
            name = each.target.id if isinstance(each.target, ast.Name) else ""
            known_there = any(name == one and node.name in known.ours[where] for one, where in read)
            if known_there and isinstance(each.annotation, ast.Name) and each.annotation.id == "str":
                known.add(scope, node.name, at, name)
    kept = _attributes_said(file, node, known)
    for method in (each for each in node.body if isinstance(each, Function)):
        said = _names_said(file, method, known) | {
            p for p, attribute in known.kept_in(method) if attribute in kept
        }
        for at, name in enumerate(_parameters(method)[1:]):
            if name in said:
                known.add(scope if method.name == "__init__" else file,
                          node.name if method.name == "__init__" else method.name, at, name)  # fmt: skip


def _parameters(node: Function) -> list[str]:
    return [arg.arg for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]


def _said(file: str, node: ast.AST, known: Known) -> Iterator[ast.expr]:
    """The expressions that stand in a msgid's place."""
    for call in known.calls_in(node):
        keyword = known.keyword(file, call)
        for arg in keyword.msgids(call) if keyword else ():
            yield from (arg.body, arg.orelse) if isinstance(arg, ast.IfExp) else (arg,)


def _names_said(file: str, node: ast.AST, known: Known) -> set[str]:
    return {arg.id for arg in _said(file, node, known) if isinstance(arg, ast.Name)}


def _attributes_said(file: str, node: ast.AST, known: Known) -> set[str]:
    """The ``x`` of every ``self.x`` in a msgid's place."""
    return {
        arg.attr for arg in _said(file, node, known) if isinstance(arg, ast.Attribute) and _is_self(arg.value)
    }


def _fields_read(file: str, tree: ast.Module, known: Known) -> set[str]:
    """The ``x`` of every ``thing.x`` in a msgid's place."""
    return {
        arg.attr
        for arg in _said(file, tree, known)
        if isinstance(arg, ast.Attribute) and not _is_self(arg.value)
    }


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def _kept(method: Function) -> Iterator[tuple[str, str]]:
    """The (parameter, attribute) pairs of ``self.attribute = parameter``."""
    for node in nodes_in(method):
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AnnAssign)
            else []
        )
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        for target in targets:
            if isinstance(value, ast.Name) and isinstance(target, ast.Attribute) and _is_self(target.value):
                yield value.id, target.attr
