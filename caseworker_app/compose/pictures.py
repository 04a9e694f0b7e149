"""``demo --out DIR``: the demo as files. Screens as PNG, papers as PDF, and a manifest that is written last."""

from __future__ import annotations

import datetime as dt
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app import i18n, settings
from caseworker_app.clock import FixedClock
from caseworker_app.compose import demo_store
from caseworker_app.compose.access import Access
from caseworker_app.compose.access_pictures import print_access
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.compose.cooperation_pictures import cooperation_shots, print_cooperation
from caseworker_app.compose.family_pictures import picture_family
from caseworker_app.compose.help_pictures import help_shots, print_help
from caseworker_app.compose.investigation_pictures import print_investigation
from caseworker_app.compose.map_pictures import Fullest, fullest, print_maps
from caseworker_app.compose.measure_pictures import measure_shots, print_measures
from caseworker_app.compose.meeting_pictures import meeting_shots
from caseworker_app.compose.numbers_pictures import numbers_shots, print_numbers
from caseworker_app.compose.quality_pictures import print_quality, quality_shots
from caseworker_app.compose.sync_pictures import picture_sync
from caseworker_app.compose.task_pictures import print_tasks, task_shots
from caseworker_app.compose.trust_pictures import picture_lock, print_trust, trust_shots
from caseworker_app.compose.visit_pictures import print_visits, visit_shots
from caseworker_app.domain.case import Case
from caseworker_app.domain.family import FamilyMember
from caseworker_app.domain.genogram_view import GenogramProfile
from caseworker_app.domain.meeting import Meeting, MeetingKind, MeetingState
from caseworker_app.domain.papers import Paper, PaperJob, RecoverySheetFacts
from caseworker_app.services import (
    cases,
    genogram_papers,
    meeting_papers,
    meetings,
    office,
    papers,
    plan_papers,
    plans,
    week,
)
from caseworker_app.vault.recovery import new_code
from caseworker_app.worker.process import WorkerProcess

if TYPE_CHECKING:
    from caseworker_app.services.ports import Reader, Store
    from caseworker_app.services.sync_desk import SyncDesk
    from ui.house import Place
    from ui.pictures import Shot

TODAY = dt.date(2026, 11, 23)
"""The day of the rendered demo: a Monday, so that the pictures are the same whenever they are made."""
SIZES = {"": (1366, 768), "-large": (1920, 1080)}


@dataclass
class _Folder:
    """Where the files go, and what will stand in the manifest."""

    out: Path
    entries: list[dict[str, str]] = field(default_factory=list)

    def note(self, file: str, kind: str, title: str) -> None:
        self.entries.append({"file": file, "kind": kind, "title": title})

    def put(self, file: str, kind: str, title: str, data: bytes) -> None:
        (self.out / file).write_bytes(data)
        self.note(file, kind, title)


@dataclass(frozen=True)
class _Star:
    """Whom the pictures show: a case with a full life, its plan, its coming meeting, and one that was held."""

    case: bytes
    planned: bytes
    held: bytes
    decided: bytes | None
    plan: bytes


def render(out: Path, *, seed: int, scale: bool, say: Callable[[str], None]) -> int:
    """Render the whole demo into ``out``; return 0, or 1 when a file was not made. An older manifest is removed first."""
    out.mkdir(parents=True, exist_ok=True)
    manifest = out / "manifest.json"
    manifest.unlink(missing_ok=True)
    folder = _Folder(out)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    i18n.set_language("da")
    with tempfile.TemporaryDirectory(prefix="taetpaa-demo-") as place:
        store_folder = Path(place) / "store"
        say("Making the demo data …")
        demo_store.make(store_folder, today=TODAY, seed=seed, scale=scale)
        clock = FixedClock(dt.datetime.combine(TODAY, dt.time(8, 15), dt.UTC))
        store = demo_store.open_demo(store_folder, clock)
        worker = WorkerProcess()
        try:
            star = store.read(_star)
            say("Printing …")
            _print(folder, store, worker, star)
            say("Taking pictures …")
            _picture(folder, store, worker, star, store_folder, Path(place))
            picture_family(store, out, SIZES, folder.note)
            now = dt.datetime.combine(TODAY, dt.time(8, 15), dt.UTC)
            picture_lock(store_folder, Path(place), worker, now, folder.note, folder.out, SIZES)
            say("Syncing …")
            _picture_sync(folder, store, worker, star, store_folder, Path(place))
        finally:
            worker.close()
            store.close()
    missing = [entry["file"] for entry in folder.entries if not (out / entry["file"]).exists()]
    if missing:
        say(f"Not made: {', '.join(missing)}")
        return 1
    manifest.write_text(json.dumps(folder.entries, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    say(f"{len(folder.entries)} files in {out}")
    return 0


def _star(reader: Reader) -> _Star:
    """Choose the case with the fullest meeting among those with a plan, a coming and a held involving meeting."""

    def of(case_id: bytes, state: MeetingState, kind: MeetingKind) -> list[Meeting]:
        found = [m for m in reader.find(Meeting, where={"state": state}) if m.kind == kind]
        return [m for m in found if m.stream == case_id and m.when is not None]

    ranked = []
    for row in cases.caseload(reader).active:
        stream = row.case.stream
        coming = of(stream, MeetingState.PLANNED, MeetingKind.INVOLVING)
        held = of(stream, MeetingState.HELD, MeetingKind.INVOLVING)
        own = plans.plans_of(reader, row.case.id)
        if coming and held and own:
            people = len(cases.people_of(reader, stream))
            points = sum(len(p) for p in meetings.view(reader, held[-1].id).points.values())
            ranked.append((points, people, row.case.id, coming[0].id, held[-1].id, own[0].id))
    _points, _people, case, planned, last, plan = max(ranked)
    plain = [
        m for m in reader.find(Meeting, where={"state": MeetingState.HELD}) if m.kind == MeetingKind.NETWORK
    ]
    return _Star(case, planned, last, plain[0].id if plain else None, plan)


def _print(folder: _Folder, store: Store, worker: WorkerProcess, star: _Star) -> None:
    for number, job in enumerate(store.read(lambda r: papers.invitations(r, star.planned)), start=1):
        folder.put(f"invitation-{number}.pdf", "invitation", f"Invitation {number}", worker.make(job).data)
    for number, job in enumerate(store.read(lambda r: meeting_papers.agenda(r, star.planned))[:2]):
        words = "for the chair" if number == 0 else "for a participant"
        folder.put(f"agenda-{number + 1}.pdf", "agenda", f"Agenda {words}", worker.make(job).data)
    for meeting, stem in ((star.held, "minutes"), (star.decided, "minutes-decision")):
        if meeting is None:
            continue
        copies = store.read(partial(papers.minutes, meeting=meeting))
        for number, job in enumerate(copies[:2]):
            suffix = "file" if number == 0 else "family"
            folder.put(f"{stem}-{suffix}.pdf", "minutes", f"Referat ({suffix})", worker.make(job).data)
    house = store.read(office.house)
    facts = RecoverySheetFacts(new_code(), house.office.municipality, house.worker.name, TODAY)
    sheet = PaperJob(Paper.RECOVERY_SHEET, facts, "recovery-sheet.pdf")
    folder.put("recovery-sheet.pdf", "recovery_sheet", "Gendannelsesark", worker.make(sheet).data)
    job = store.read(lambda r: papers.calendar(r, star.planned))
    folder.put("meeting.ics", "calendar", "Netværksmøde", worker.make(job).data)
    _print_plan(folder, store, worker, star)
    _print_genogram(folder, store, worker)
    _print_week(folder, store, worker)
    print_maps(folder.put, store, worker)
    print_visits(folder.put, store, worker)
    print_tasks(folder.put, store, worker)
    print_investigation(folder.put, store, worker)
    print_cooperation(folder.put, store, worker)
    print_quality(folder.put, store, worker)
    print_measures(folder.put, store, worker)
    print_numbers(folder.put, store, worker)
    print_access(folder.put, store, worker, ShippedBooks())
    print_trust(folder.put, store, worker)
    print_help(folder.put, store, worker)


def _print_genogram(folder: _Folder, store: Store, worker: WorkerProcess) -> None:
    """Print the largest family there is: everything for the file, and the family's own copy."""

    def largest(reader: Reader) -> bytes:
        return max(
            reader.find(Case), key=lambda case: (reader.count(FamilyMember, stream=case.stream), case.id)
        ).id

    case = store.read(largest)
    for profile, title in (
        (GenogramProfile.FILE, "Genogram til sagen"),
        (GenogramProfile.FAMILY, "Genogram til familien"),
    ):
        job = store.read(partial(genogram_papers.job, case=case, profile=profile))
        folder.put(job.file_name, "genogram", title, worker.make(job).data)


def _print_plan(folder: _Folder, store: Store, worker: WorkerProcess, star: _Star) -> None:
    names = {
        Paper.PLAN: ("plan.pdf", "plan", "Barnets plan"),
        Paper.PLAN_CHILD: ("plan-child.pdf", "plan_child", "Din plan"),
    }
    for job in store.read(lambda r: plan_papers.jobs(r, star.plan)):
        file, kind, title = names[job.kind]
        folder.put(file, kind, title, worker.make(job).data)


def _print_week(folder: _Folder, store: Store, worker: WorkerProcess) -> None:
    books, monday = ShippedBooks(), week.monday_of(TODAY)
    sheet = store.read(lambda r: week.sheet(r, books.rules(r), monday))
    folder.put("weekly-sheet.pdf", "weekly_sheet", "Ugeseddel", worker.make(sheet).data)
    calendar = store.read(lambda r: week.calendar(r, books.rules(r), monday))
    folder.put("week.ics", "calendar", "Ugen som kalender", worker.make(calendar).data)


def _picture(
    folder: _Folder, store: Store, worker: WorkerProcess, star: _Star, store_folder: Path, home: Path
) -> None:
    from ui.pictures import take

    shots = _shots(folder, star, store.read(fullest))
    shots += visit_shots(folder.note, store, SIZES)
    shots += task_shots(folder.note, store, SIZES)
    shots += cooperation_shots(folder.note, store, SIZES)
    shots += quality_shots(folder.note, store, SIZES)
    shots += measure_shots(folder.note, store, SIZES)
    shots += numbers_shots(folder.note, store, SIZES)
    shots += meeting_shots(folder.note, store, SIZES)
    shots += trust_shots(folder.note, SIZES)
    shots += help_shots(folder.note, SIZES)
    ways = Access(store_folder, FixedClock(dt.datetime.combine(TODAY, dt.time(8, 15), dt.UTC)))
    take(store, ways, worker, settings.load(home / "settings"), ShippedBooks(), shots, folder.out)


def _picture_sync(
    folder: _Folder, store: Store, worker: WorkerProcess, star: _Star, store_folder: Path, home: Path
) -> None:
    from ui.pictures import take

    now = dt.datetime.combine(TODAY, dt.time(8, 15), dt.UTC)
    ways, chosen = Access(store_folder, FixedClock(now)), settings.load(home / "settings")

    def shoot(shots: list[Shot], desk: SyncDesk) -> None:
        take(store, ways, worker, chosen, ShippedBooks(), shots, folder.out, sync=desk)

    picture_sync(store, star.case, shoot, folder.note, home, now, SIZES)


def _shots(folder: _Folder, star: _Star, drawn: Fullest | None) -> list[Shot]:
    from ui.house import Place
    from ui.pictures import Shot
    from ui.theme import ThemeName

    places = (
        ("caseload", "caseload_screenshot", "Sager", Place("caseload")),
        ("case", "case_screenshot", "En sag", Place("case", star.case)),
        ("people", "case_screenshot", "Personer omkring barnet", Place("case", star.case, "people")),
        ("meeting-plan", "meeting_screenshot", "Netværksmøde: plan", Place("meeting", star.planned, "plan")),
        ("meeting-people", "meeting_screenshot", "Deltagere", Place("meeting", star.planned, "participants")),
        (
            "meeting-letters",
            "meeting_screenshot",
            "Invitationer",
            Place("meeting", star.planned, "invitations"),
        ),
        ("meeting-run", "meeting_screenshot", "Mødet", Place("meeting", star.held, "run")),
        ("meeting-minutes", "meeting_screenshot", "Referat", Place("meeting", star.held, "minutes")),
        ("meetings", "meetings_screenshot", "Møder", Place("meetings")),
        ("today", "today_screenshot", "I dag", Place("today")),
        ("follow-up", "follow_up_screenshot", "Plan og opfølgning", Place("case", star.case, "follow_up")),
        ("plan", "plan_screenshot", "Barnets plan", Place("case", star.case, "plan")),
        *_map_places(drawn),
        ("journal", "journal_screenshot", "Journalen", Place("case", star.case, "journal:entries:latest")),
        ("search", "search_screenshot", "Søg", Place("search", None, "skole")),
        ("settings", "settings_screenshot", "Opsætning", Place("settings")),
        ("rules", "settings_screenshot", "Opfølgningsregler", Place("settings", None, "rules")),
    )
    shots = []
    for theme in (ThemeName.LIGHT, ThemeName.DARK):
        for suffix, size in SIZES.items():
            for name, kind, title, place in places:
                file = f"{name}{suffix}-{theme.value}.png"
                shots.append(Shot(file, place, size, theme))
                folder.note(file, kind, title)
    return shots


def _map_places(drawn: Fullest | None) -> tuple[tuple[str, str, str, Place], ...]:
    from ui.house import Place

    if drawn is None:
        return ()
    kind = "network_map_screenshot"
    return (
        ("network-map", kind, "Netværkskort", Place("map", drawn.map)),
        ("network-map-list", kind, "Netværkskortet som liste", Place("map", drawn.map, "list")),
        ("network-maps", kind, "Barnets netværkskort", Place("case", drawn.case, "maps")),
    )
