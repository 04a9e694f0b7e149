"""The source tree as data: which files are ours, what they import, how large their parts are."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("caseworker_app", "db", "ui", "resources")
NOT_OURS = {".git", ".venv", ".demo", "build", "dist", "__pycache__"}


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return every file of the project that is not ignored; without git, every file but the usual litter."""
    ask = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(ask, cwd=ROOT, capture_output=True, check=False)
    if answer.returncode == 0:
        names = answer.stdout.decode().split("\0")
        return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())
    return tuple(
        file
        for file in ROOT.rglob("*")
        if file.is_file() and not NOT_OURS & set(file.relative_to(ROOT).parts[:-1])
    )


@cache
def product_files() -> tuple[Path, ...]:
    """Return the Python files of the product and its tools: no tests, no recorded migrations."""
    chosen = []
    for file in tracked_files():
        parts = file.relative_to(ROOT).parts
        if file.suffix == ".py" and parts[0] != "tests" and "versions" not in parts:
            chosen.append(file)
    return tuple(sorted(chosen))


@cache
def tree_of(file: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


@cache
def nodes_of(file: Path) -> tuple[ast.AST, ...]:
    """Return every node of a Python file's tree: walking the trees is most of what looking at the source costs."""
    return tuple(ast.walk(tree_of(file)))


@cache
def imports_of(file: Path) -> tuple[str, ...]:
    """Return all that a file imports, wherever it stands in it; see :func:`imports`."""
    return tuple(imports(tree_of(file), package_of(file)))


def module_name(file: Path) -> str:
    """Return the dotted name of a file, such as ``ui.pages.today``."""
    parts = list(file.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def shown(file: Path) -> str:
    """Return a file's path as it stands in messages."""
    return file.relative_to(ROOT).as_posix()


def imports(tree: ast.AST, package: str = "", only_at_import: bool = False) -> Iterator[str]:
    """Yield what is imported, as dotted names; with ``only_at_import`` what runs when the module is imported.

    ``from a import b`` is ``a.b``, whether ``b`` is a module or a name in one. Relative imports are resolved
    against ``package``.
    """
    for node in _nodes(tree, only_at_import):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _nodes(tree: ast.AST, only_at_import: bool) -> Iterator[ast.AST]:
    if not only_at_import:
        yield from ast.walk(tree)
        return
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _nodes(child, only_at_import)


def package_of(file: Path) -> str:
    """Return the package relative imports of a file start from."""
    name = module_name(file)
    return name if file.name == "__init__.py" else name.rpartition(".")[0]


def cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return every group of names that reach each other (Tarjan), sorted."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for other in graph.get(name, ()):
            if other not in order:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], order[other])
        if low[name] == order[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1 or name in graph.get(name, ()):
                found.append(sorted(group))

    for name in graph:
        if name not in order:
            visit(name)
    return sorted(found)


@dataclass(frozen=True)
class Part:
    """A class or function: where it is, what it is called, its lines, and for a class its methods."""

    file: Path
    name: str
    lines: int
    methods: int | None = None


def parts_of(file: Path) -> Iterator[Part]:
    """Yield every class and function of a file with its size; decorators and docstrings count."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            methods = None
            if isinstance(node, ast.ClassDef):
                methods = sum(
                    isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) for child in node.body
                )
            yield Part(file, node.name, lines, methods)
