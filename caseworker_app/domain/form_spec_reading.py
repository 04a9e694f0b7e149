"""Reading forms from TOML: every key known, every value of its kind, every fault with its key and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from caseworker_app.domain.form_spec import FormError, FormSection, FormSpec, Option, Topic, TopicKind
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.template_parts import Fault

_Place = tuple[int, ...]
"""Which table: of a form, of a section in it, of a topic in that; empty for the file."""
_TABLES: Final = ("form", "section", "topic")
_NEEDED: Final[Mapping[str, Mapping[str, type]]] = {
    "form": {"id": str, "version": int, "name": str, "section": list},
    "section": {"id": str, "label": str, "topic": list},
    "topic": {"id": str, "label": str},
}
_POSSIBLE: Final[Mapping[str, Mapping[str, type]]] = {
    "form": {},
    "section": {"help": str},
    "topic": {"help": str, "kind": str, "options": list, "goes_to": str, "under": str},
}
_HEADER: Final = re.compile(r"\s*\[\[\s*([\w.\s]+?)\s*\]\]")
_WITH_OPTIONS: Final = frozenset({TopicKind.TAGS, TopicKind.CHOICE})


def read_forms(text: str, source: str, known: Collection[tuple[str, int]] = ()) -> tuple[FormSpec, ...]:
    """Read and check the forms of a file; ``known`` are the ids and versions of others, which it must not repeat.

    Raises :class:`FormError` with every fault found, each with key and line.
    """
    try:
        data = tomllib.loads(text)
    except (
        ValueError,
        RecursionError,
    ) as error:  # TOML, a number of thousands of digits, brackets without end
        at = re.search(r"line (\d+)", str(error))
        what = Phrase("this is not TOML: {detail}", {"detail": str(error)})
        raise FormError(source, [Fault("TOML", what, int(at[1]) if at else 1)]) from None
    reader = _Reader(text, frozenset(known))
    forms = reader.forms(data)
    if reader.faults:
        raise FormError(source, sorted(reader.faults, key=lambda fault: fault.line))
    return forms


class _Reader:
    """One reading. A fault is noted and a harmless value put in its place, so that all faults are found."""

    def __init__(self, text: str, known: frozenset[tuple[str, int]]) -> None:
        self.faults: list[Fault] = []
        self._known = known
        self._lines = text.splitlines()
        self._starts = _starts(self._lines)

    def forms(self, data: Mapping[str, Any]) -> tuple[FormSpec, ...]:
        for name in sorted(data.keys() - {"form"}):
            self._fault((), name, Phrase("this key is not known here"))
        made: list[FormSpec] = []
        for n, table in enumerate(self._tables((), data, "form")):
            form = self._form((n,), table)
            if form is None:
                continue
            if (form.id, form.version) in self._known | {(one.id, one.version) for one in made}:
                what = Phrase(
                    "version {version} of {name} is there already",
                    {"version": form.version, "name": form.id},
                )
                self._fault((n,), "version", what)
            made.append(form)
        return tuple(made)

    def _form(self, at: _Place, table: Mapping[str, Any]) -> FormSpec | None:
        if not self._shaped(at, table):
            return None
        if table["version"] < 1:
            self._fault(at, "version", Phrase("it must be 1 or more"))
        rows = self._tables(at, table, "section")
        sections = [self._section((*at, n), row) for n, row in enumerate(rows)]
        whole = [one for one in sections if one is not None]
        self._once([((*at, n), None if one is None else one.id) for n, one in enumerate(sections)])
        places = {
            (*at, n, k): topic
            for n, one in enumerate(sections)
            for k, topic in enumerate(() if one is None else one.topics)
        }
        self._once([(place, topic.id) for place, topic in places.items()])
        self._under(places)
        return FormSpec(table["id"], table["version"], table["name"], tuple(whole))

    def _section(self, at: _Place, table: Mapping[str, Any]) -> FormSection | None:
        if not self._shaped(at, table):
            return None
        rows = self._tables(at, table, "topic")
        topics = tuple(self._topic((*at, n), row) for n, row in enumerate(rows))
        return FormSection(table["id"], table["label"], topics, table.get("help", ""))

    def _topic(self, at: _Place, table: Mapping[str, Any]) -> Topic:
        """Return a topic, an empty one in the place of what is faulty, so that the others keep their numbers."""
        if not self._shaped(at, table):
            return Topic("", "")
        kind = self._kind(at, table.get("kind", TopicKind.TEXT.value))
        options = self._options(at, table.get("options", []))
        if kind in _WITH_OPTIONS and not options and (kind is TopicKind.CHOICE or "options" in table):
            self._fault(at, "options", Phrase("there must be something to choose from"))
        if kind not in _WITH_OPTIONS and options:
            self._fault(at, "options", Phrase("only tags and a choice have options"))
        words = {name: table.get(name, "") for name in ("help", "goes_to", "under")}
        return Topic(
            table["id"], table["label"], words["help"], kind, options, words["goes_to"], words["under"]
        )

    def _kind(self, at: _Place, value: str) -> TopicKind:
        if value in TopicKind.__members__.values():
            return TopicKind(value)
        names = ", ".join(kind.value for kind in TopicKind)
        self._fault(at, "kind", Phrase("it must be one of {names}", {"names": names}))
        return TopicKind.TEXT

    def _options(self, at: _Place, rows: Sequence[Any]) -> tuple[Option, ...]:
        made: list[Option] = []
        for n, row in enumerate(rows):
            if not isinstance(row, dict):
                self._fault(at, "options", Phrase("it must be a table"), row=n)
                continue
            for name in sorted(row.keys() - {"id", "label"}):
                self._fault(at, "options", Phrase("this key is not known here"), row=n, name=name)
            wrong = [(name, _misfit(row, name, str)) for name in ("id", "label")]
            for name, what in wrong:
                if what is not None:
                    self._fault(at, "options", what, row=n, name=name)
            if any(what is not None for _name, what in wrong):
                continue
            if any(one.id == row["id"] for one in made):
                what = Phrase("two are called {name}", {"name": row["id"]})
                self._fault(at, "options", what, row=n, name="id")
            made.append(Option(row["id"], row["label"]))
        return tuple(made)

    def _once(self, named: Sequence[tuple[_Place, str | None]]) -> None:
        """Note the second of two that are called the same."""
        seen: set[str] = set()
        for place, name in named:
            if name and name in seen:
                self._fault(place, "id", Phrase("two are called {name}", {"name": name}))
            seen.add(name or "")

    def _under(self, topics: Mapping[_Place, Topic]) -> None:
        """Note topics that are under one that is not there, or by way of others under themselves."""
        above = {topic.id: topic.under for topic in topics.values() if topic.id}
        for place, topic in topics.items():
            if not topic.under:
                continue
            if topic.under not in above:
                what = Phrase("there is no topic called {name}", {"name": topic.under})
                self._fault(place, "under", what)
                continue
            way, at = [topic.id], topic.under
            while at and at not in way:
                way.append(at)
                at = above.get(at, "")
            if at == topic.id:
                what = Phrase("it is under itself: {names}", {"names": " → ".join([*way, at])})
                self._fault(place, "under", what)

    def _tables(self, at: _Place, table: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
        """Return the tables of a list; none, and a fault, where it is anything else."""
        rows = table.get(name)
        if isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows):
            return rows
        if rows is None:
            self._fault(at, name, Phrase("this key is missing"))
        elif isinstance(rows, list) and not rows:
            self._fault(at, name, Phrase("it must not be empty"))
        else:
            self._fault(at, name, Phrase("it must be a table"))
        return []

    def _shaped(self, at: _Place, table: Mapping[str, Any]) -> bool:
        """Return whether a table has the keys it must have, each of its kind, and no others."""
        before = len(self.faults)
        needed, possible = _NEEDED[_TABLES[len(at) - 1]], _POSSIBLE[_TABLES[len(at) - 1]]
        for name in sorted(table.keys() - {*needed, *possible}):
            self._fault(at, name, Phrase("this key is not known here"))
        for name, kind in needed.items():
            what = None if kind is list else _misfit(table, name, kind)
            if what is not None:
                self._fault(at, name, what)
        for name, kind in possible.items():
            if name in table and not isinstance(table[name], kind):
                self._fault(at, name, Phrase("it must be a list" if kind is list else "it must be a text"))
        return len(self.faults) == before

    def _fault(self, at: _Place, part: str, what: Phrase, row: int | None = None, name: str = "") -> None:
        words = [f"{table}[{n + 1}]" for table, n in zip(_TABLES, at, strict=False)]
        key = ".".join([*words, part])
        if row is not None:
            key = f"{key}[{row + 1}]" + (f".{name}" if name else "")
        self.faults.append(Fault(key, what, self._line(at, part, row)))

    def _line(self, at: _Place, part: str, row: int | None) -> int:
        """Return the line of a key in its table, or of the row of it, counted from 1; the table's own where the key is
        not written."""
        first = self._starts.get(at, 0)
        last = min((line for line in self._starts.values() if line > first), default=len(self._lines))
        word = re.compile(rf"\s*\"?{re.escape(part)}\"?\s*=|\s*\[\[?\s*{re.escape(part)}\b")
        line = next((i for i in range(first, last) if word.match(self._lines[i])), first)
        if row is None:
            return line + 1
        rows = [i for i in range(line, last) for _ in range(self._lines[i].count("{"))]
        return (rows[row] if row < len(rows) else line) + 1


def _starts(lines: Sequence[str]) -> dict[_Place, int]:
    """Return the line (from 0) on which each form, section and topic begins."""
    starts: dict[_Place, int] = {}
    at: list[int] = []
    for number, line in enumerate(lines):
        header = _HEADER.match(line)
        words = tuple(part.strip() for part in header[1].split(".")) if header else ()
        depth = len(words)
        if not words or words != _TABLES[:depth] or len(at) < depth - 1:
            continue
        at = [*at[:depth], *([-1] if len(at) < depth else [])]
        at[-1] += 1
        starts[tuple(at)] = number
    return starts


def _misfit(table: Mapping[str, Any], name: str, kind: type) -> Phrase | None:
    """Return what is wrong with a text or a number, if anything."""
    if name not in table:
        return Phrase("this key is missing")
    value = table[name]
    if kind is int:
        fits = isinstance(value, int) and not isinstance(value, bool)
        return None if fits else Phrase("it must be a number")
    if not isinstance(value, str):
        return Phrase("it must be a text")
    return None if value.strip() else Phrase("it must not be empty")
