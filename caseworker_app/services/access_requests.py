"""Aktindsigt: a request is written down, each thing of the case is decided on, and what is given is kept as it was.

Deciding is the worker's: who asks only changes what is suggested (:mod:`caseworker_app.services.access_hints`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from caseworker_app.domain.access_request import (
    CHILD_ASKS_FROM,
    AccessChoice,
    AccessPassage,
    AccessRequest,
    Asker,
    Choice,
    Ground,
    Removal,
    Taker,
    pages_of,
    pattern_of,
)
from caseworker_app.domain.age import age_on
from caseworker_app.domain.case import Case
from caseworker_app.domain.document import FileKind
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.services import access_hints
from caseworker_app.services.access_hints import Hint
from caseworker_app.services.access_items import Item, items_of
from caseworker_app.services.forms import Edit
from caseworker_app.services.plain_records import (
    case_known,
    change,
    known,
    make,
    not_ahead,
    take_away,
    tidied,
)
from caseworker_app.services.ports import Access, Reader, Writer
from caseworker_app.services.typed import TEXT_LENGTH, tidy

_GIVEN = ("given_on", "paper", "sha256", "pages", "given", "left_out", "passages")


class Lack(StrEnum):
    """Why a thing cannot be given yet."""

    UNDECIDED = "undecided"
    CHANGED = "changed"
    NOT_FOUND = "not_found"
    NO_PASSAGE = "no_passage"
    NO_PAGES = "no_pages"
    SECRET_ON_PAGE = "secret_on_page"  # noqa: S105 - a reason, no password


LACK_LABELS: Mapping[Lack, str] = {
    Lack.UNDECIDED: "To be decided",
    Lack.CHANGED: "Says something else since you decided",
    Lack.NOT_FOUND: "A passage to be left out stands there no more",
    Lack.NO_PASSAGE: "No passage and no page is chosen",
    Lack.NO_PAGES: "Has no pages: give it as a file of its own, or leave it out",
    Lack.SECRET_ON_PAGE: "A protected address or a CPR number stands on a page: leave out the passage or the page",
}


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One thing with what was decided. ``choice`` is what becomes of it, also when nobody had to decide."""

    item: Item
    hint: Hint
    choice: Choice
    decision: AccessChoice | None
    passages: tuple[AccessPassage, ...]
    lack: Lack | None

    @property
    def ground(self) -> Ground | None:
        """Why it is left out."""
        return None if self.decision is None else self.decision.ground

    @property
    def without(self) -> frozenset[int]:
        """The pages of a file that are left out."""
        if self.decision is None or self.item.file is None or self.choice is not Choice.PARTS:
            return frozenset()
        try:
            return pages_of(self.decision.pages, self.item.file.pages or 0)
        except ValueError:
            return frozenset()

    @property
    def as_text(self) -> bool:
        """Whether a file is shown as words, because some are taken away."""
        return self.item.file is not None and self.choice is Choice.PARTS and bool(self.passages)


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with everything of the period. ``everywhere`` are passages taken out of all things."""

    request: AccessRequest
    case: Case
    rows: tuple[ItemRow, ...]
    everywhere: tuple[AccessPassage, ...]
    young: bool

    @property
    def lacking(self) -> int:
        """How many things are still to be decided."""
        return sum(row.lack is not None for row in self.rows)


# --- The request itself --------------------------------------------------------------------------------------------


def begin(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Write a request down; return its id. Raises :class:`InvalidInput`."""
    found = case_known(writer, case)
    checked = {"received_on": writer.today, **{k: v for k, v in values.items() if v is not None}}
    blank = AccessRequest(stream=found.stream)
    _check(writer, blank, checked)
    if checked.get("asker", blank.asker) is Asker.PARENT and checked.get("person") is None:
        checked["person"] = _card_of(writer, found.stream, checked.get("name", ""))
    made = make(writer, blank, checked, "Write down a request for access")
    writer.log_access(Access.READ, "access_request", made)
    return made


def _card_of(reader: Reader, stream: Id, name: str) -> Id | None:
    """Return the card of somebody by her name, where there is just one."""
    found = [one.id for one in reader.find(Person, stream=stream) if one.name.casefold() == name.casefold()]
    return found[0] if len(found) == 1 else None


def edit(writer: Writer, request: Id, edits: Mapping[str, Edit]) -> None:
    """Change a request that is not answered yet. Raises :class:`InvalidInput`."""
    now = _open(writer, request)
    checked = {name: one.value for name, one in edits.items()}
    _check(writer, now, checked)
    change(writer, now, edits, checked, "Change a request for access")


def withdraw(writer: Writer, request: Id) -> None:
    """Take a request back that is not answered; undo brings it again."""
    _open(writer, request)
    take_away(writer, AccessRequest, request, "Take back a request for access")


def _open(reader: Reader, request: Id) -> AccessRequest:
    found = known(reader, AccessRequest, request)
    if found.given_on is not None:
        raise InvalidInput(
            "given_on",
            "This request is answered; what was given stays as it is.",
            "Write down a new request.",
        )
    return found


def _check(reader: Reader, now: AccessRequest, values: dict[str, Any]) -> None:
    if values.keys() & set(_GIVEN):
        raise InvalidInput("given_on", "What was given is written by giving it.")
    tidied(values, ("name",), ("wish", "law"))
    not_ahead(reader, values, ("received_on", "authority_on", "since"))
    after = replace(now, **values)
    if after.asker is Asker.PARENT and after.person is None and not after.name:
        raise InvalidInput("name", "Write who asks.")
    if after.asker is Asker.REPRESENTATIVE:
        if not after.name:
            raise InvalidInput("name", "Write who asks.")
        if after.authority_on is None:
            raise InvalidInput("authority_on", "Write when you saw the authority to represent.")
    if after.since is not None and after.until is not None and after.until < after.since:
        raise InvalidInput("until", "The period ends before it begins.")
    if after.received_on is None:
        raise InvalidInput("received_on", "Write the day the request came.")


def requests_of(reader: Reader, case: Id) -> tuple[AccessRequest, ...]:
    """Return the requests of a case: those that are not answered first, then the latest first."""
    found = reader.find(AccessRequest, stream=case_known(reader, case).stream)
    return tuple(
        sorted(
            found, key=lambda one: (one.given_on is not None, -(one.received_on or dt.date.min).toordinal())
        )
    )


def party(reader: Reader, request: AccessRequest, case: Case) -> str:
    """Return what who asks is called."""
    if request.name:
        return request.name
    card = None if request.person is None else reader.get(Person, request.person)
    return card.name if card is not None else (case.child_name or case.unborn_of)


# --- What becomes of each thing ------------------------------------------------------------------------------------


def decide(
    writer: Writer,
    request: Id,
    item: str,
    choice: Choice,
    ground: Ground | None = None,
    note: str = "",
    pages: str = "",
) -> None:
    """Decide on one thing. Raises :class:`InvalidInput` when a ground, a passage's page or an explanation is missing."""
    now = _open(writer, request)
    found = _item(writer, now, item)
    clean = tidy("note", note, TEXT_LENGTH)
    listed = tidy("pages", pages, 200)
    if choice is Choice.LEAVE_OUT and ground is None:
        raise InvalidInput("ground", "Choose why it is left out.")
    if ground is Ground.OTHER and not clean:
        raise InvalidInput("note", "Write what the ground is.")
    if choice is Choice.APART and found.file is None:
        raise InvalidInput("choice", "Only an attached file can be given as a file of its own.")
    if listed:
        _check_pages(found, listed)
    writer.act("Decide on access to one thing")
    there = writer.find(AccessChoice, where={"request": request})
    old = next((one for one in there if one.item == item), None)
    fresh = AccessChoice(
        id=writer.new_id() if old is None else old.id, stream=now.stream, request=request, item=item, choice=choice,
        ground=ground, note=clean, pages=listed, digest=found.digest,
    )  # fmt: skip
    if old is None:
        writer.create(fresh)
        return
    for name in ("choice", "ground", "note", "pages", "digest"):
        if getattr(old, name) != getattr(fresh, name):
            writer.set(AccessChoice, old.id, name, getattr(fresh, name), parents=None)


def _check_pages(found: Item, listed: str) -> None:
    if found.file is None or found.file.kind is not FileKind.PDF:
        raise InvalidInput("pages", "Pages are left out of an attached PDF only.")
    most = found.file.pages or 0
    try:
        left = pages_of(listed, most)
    except ValueError:
        raise InvalidInput("pages", "Write pages as 2, 5-7; it has {most}.", most=most) from None
    if len(left) == most:
        raise InvalidInput("pages", "That is every page; leave the thing out whole instead.")


def take_out(
    writer: Writer, request: Id, item: str, words: str, ground: Ground, *, everywhere: bool = False
) -> int:
    """Take words out of one thing, or of all; return how many passages that were. Each line chosen is one passage.

    Raises :class:`InvalidInput` when no line holds two characters or more, or one of them does not stand there.
    """
    now = _open(writer, request)
    found = _item(writer, now, item)
    passages = spoken(found, words)
    if not passages:
        raise InvalidInput("words", "Choose at least two characters that stand in the text.")
    writer.act("Take words out of what is given")
    mine = "" if everywhere else item
    there = [one for one in writer.find(AccessPassage, where={"request": request}) if one.item == mine]
    known_words = {old.words.casefold() for old in there}
    fresh = [one for one in passages if one.casefold() not in known_words]
    for one in fresh:
        writer.create(
            AccessPassage(
                id=writer.new_id(), stream=now.stream, request=request, item=mine, words=one, ground=ground
            )
        )
    return len(fresh)


def put_back(writer: Writer, passage: Id) -> None:
    """Give a passage after all."""
    found = known(writer, AccessPassage, passage)
    _open(writer, found.request or b"")
    take_away(writer, AccessPassage, passage, "Give a passage after all")


def spoken(item: Item, chosen: str) -> tuple[str, ...]:
    """Return the passages in a stretch of a thing's text as it is shown: line by line, without the fields' labels."""
    labels = sorted({f"{label}: " for one in item.passages for label, _words in one.lines if label}, key=len)
    whole = _all_words(item)
    found = []
    for line in chosen.replace("\u2029", "\n").splitlines():
        words = line.strip()
        for label in reversed(labels):
            if words.startswith(label.strip()):
                words = words[len(label.strip()) :].strip()
                break
        pattern = pattern_of(words)
        if pattern is not None and pattern.search(whole):
            found.append(words)
    return tuple(dict.fromkeys(found))


def _all_words(item: Item) -> str:
    said = [item.title, *(words for one in item.passages for _label, words in one.lines)]
    return "\n".join(said if item.file is None else [*said, item.file.text])


def _item(reader: Reader, request: AccessRequest, key: str) -> Item:
    case = _case(reader, request)
    for one in items_of(reader, case):
        if one.key == key:
            return one
    raise KeyError("no such thing in the case")


def _case(reader: Reader, request: AccessRequest) -> Case:
    return next(iter(reader.find(Case, stream=request.stream, cancelled=True)))


def view(reader: Reader, request: Id) -> RequestView:
    """Return a request with everything of its period and what becomes of it. Raises ``KeyError``."""
    now = known(reader, AccessRequest, request)
    case = _case(reader, now)
    people = reader.find(Person, stream=now.stream)
    others = access_hints.others(case, now, people)
    decisions = {one.item: one for one in reader.find(AccessChoice, where={"request": request})}
    passages = reader.find(AccessPassage, where={"request": request})
    everywhere = tuple(one for one in passages if not one.item)
    always = access_hints.automatic(case, now, people)
    always += [Removal(one.words, one.ground) for one in everywhere]
    checks = _Checks(always, access_hints.allowed_numbers(case, now, people))
    rows = []
    for item in items_of(reader, case):
        if item.key == f"access_request:{request.hex()}" or not _within(item, now):
            continue
        mine = tuple(one for one in passages if one.item == item.key)
        rows.append(_row(item, access_hints.hint(item, now, others), decisions.get(item.key), mine, checks))
    age = None if case.born is None or case.born > reader.today else age_on(case.born, reader.today)
    young = now.asker is Asker.CHILD and age is not None and age < CHILD_ASKS_FROM
    return RequestView(now, case, tuple(rows), everywhere, young)


@dataclass(frozen=True, slots=True)
class _Checks:
    removals: list[Removal]
    allowed: frozenset[str]

    def strikes(self, text: str) -> bool:
        """Whether something that is always taken away stands in a text."""
        taker = Taker(self.removals, self.allowed, tuple(Ground))
        taker.clean(text)
        return bool(taker.taken)


def _within(item: Item, request: AccessRequest) -> bool:
    if item.day is None:
        return True
    return (request.since is None or item.day >= request.since) and (
        request.until is None or item.day <= request.until
    )


def _row(
    item: Item,
    hint: Hint,
    decision: AccessChoice | None,
    passages: tuple[AccessPassage, ...],
    checks: _Checks,
) -> ItemRow:
    choice = Choice.INCLUDE if decision is None else decision.choice
    if choice is Choice.INCLUDE and passages:
        choice = Choice.PARTS
    row = ItemRow(item, hint, choice, decision, passages, None)
    return replace(row, lack=_lack(row, checks))


def _lack(row: ItemRow, checks: _Checks) -> Lack | None:
    item, decision = row.item, row.decision
    if decision is None and row.hint.must and not row.passages:
        return Lack.UNDECIDED
    if row.choice is Choice.LEAVE_OUT:
        return None
    if decision is not None and decision.digest != item.digest:
        return Lack.CHANGED
    words = _all_words(item)
    if any((found := pattern_of(one.words)) is None or not found.search(words) for one in row.passages):
        return Lack.NOT_FOUND
    if row.choice is Choice.PARTS and not row.passages and not row.without:
        return Lack.NO_PASSAGE
    if item.file is None or row.choice is Choice.APART or row.as_text:
        return None
    if not item.as_pages:
        return Lack.NO_PAGES if item.file.kind is not FileKind.TEXT else None
    if row.choice is Choice.INCLUDE and checks.strikes(item.file.text):
        return Lack.SECRET_ON_PAGE
    return None
