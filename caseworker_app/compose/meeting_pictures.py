"""The meeting in large as pictures: one that is written up and not approved yet, part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from caseworker_app.domain.meeting import Meeting, MeetingPoint, MeetingState, MinutesForm, form_of
from caseworker_app.domain.meeting_run import ScaleAnswer

if TYPE_CHECKING:
    from caseworker_app.services.ports import Reader, Store
    from ui.pictures import Shot


def _fullest(reader: Reader) -> bytes | None:
    """Return the held meeting in columns, not approved yet, at which most was said."""

    def said(meeting: Meeting) -> tuple[bool, int, bytes]:
        points = reader.count(MeetingPoint, where={"meeting": meeting.id})
        answered = reader.count(ScaleAnswer, where={"meeting": meeting.id})
        return answered > 0, points, meeting.id

    found = [
        one
        for one in reader.find(Meeting, where={"state": MeetingState.HELD})
        if form_of(one) is MinutesForm.COLUMNS and not one.minutes_signed
    ]
    return max(found, key=said).id if found else None


def meeting_shots(
    note: Callable[[str, str, str], None], store: Store, sizes: Mapping[str, tuple[int, int]]
) -> list[Shot]:
    """Return the pictures of a meeting in large, and note them."""
    from ui.house import Place
    from ui.pictures import Shot
    from ui.theme import ThemeName

    meeting = store.read(_fullest)
    if meeting is None:
        return []
    titles = ("Formålet", "Det taler vi om", "Det aftaler vi", "En opgave og opsummering")
    shots: list[Shot] = []
    for theme in (ThemeName.LIGHT, ThemeName.DARK):
        for suffix, size in sizes.items():
            for number, title in enumerate(titles, start=1):
                file = f"meeting-large-{number}{suffix}-{theme.value}.png"
                shots.append(Shot(file, Place("meeting_run", meeting, str(number)), size, theme))
                note(file, "meeting_run_screenshot", f"Mødet i stor visning: {title}")
    return shots
