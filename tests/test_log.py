"""The log: enough to find a fault, nothing about a person. Markers are planted and looked for."""

from __future__ import annotations

import contextlib
import enum
import logging
import os
import stat
import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app import log
from caseworker_app.log import WithoutPeople, Word, describe, install_excepthook, mask
from caseworker_app.vault.errors import OpenError, Reason

MARKER = "Emma Hansen, Søndergade 7"
OWN = "caseworker_app.tests"


@pytest.fixture
def written(tmp_path):
    """Start the log and return a function that reads it; everything is put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    handler = log.start_logging(tmp_path)
    yield lambda: (tmp_path / "log" / "taet-paa.log").read_text(encoding="utf-8")
    log.stop_logging(handler)
    root.handlers[:] = handlers
    root.setLevel(level)


def line(message: object, *args: object, name: str = OWN, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, __file__, 7, message, args, info, "here")
    return WithoutPeople().format(record)


def raised(error: BaseException) -> BaseException:
    with contextlib.suppress(type(error)):
        raise error
    return error


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_the_log_is_private_and_so_is_its_folder(written, tmp_path):
    logging.getLogger(OWN).info("started")
    assert stat.S_IMODE((tmp_path / "log" / "taet-paa.log").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o700


def test_a_line_says_when_how_bad_where_and_what(written):
    logging.getLogger(OWN).warning("%d of %d rows rebuilt in %.2f s", 7, 12, 0.25)
    assert written().startswith("20")
    assert " WARNING caseworker_app.tests:" in written()
    assert written().endswith(" 7 of 12 rows rebuilt in 0.25 s\n")


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        (7, "7"),
        (None, "None"),
        (True, "True"),
        (2.5, "2.5"),
        (Word("caseload"), "caseload"),
        (timedelta(seconds=90), "0:01:30"),
        (Reason.WRONG_PASSPHRASE, "Reason.WRONG_PASSPHRASE"),
        (bytes.fromhex("1a2b3c4d" * 4), "#1a2b3c4d"),
        (OSError(28, MARKER), "OSError (errno 28)"),
        (KeyError, "KeyError"),
    ],
)
def test_numbers_ids_and_the_programs_own_words_are_written(argument, said):
    assert line("value %s", argument).endswith(f" value {said}")


class Person(str):
    """Text that is no word of the program."""


class Role(enum.Enum):
    """Its values could be anything; its names are ours."""

    MOTHER = MARKER


@pytest.mark.parametrize(
    "argument",
    [MARKER, Person(MARKER), [MARKER], (MARKER,), {MARKER}, {MARKER: MARKER}, MARKER.encode(), Path("/home") / MARKER,
     date(2012, 3, 4), datetime(2012, 3, 4, tzinfo=UTC), ValueError(MARKER), OSError(2, "x", MARKER), Role.MOTHER, object(),
     UnicodeDecodeError("utf-8", b"x", 0, 1, MARKER)],
    ids=lambda argument: type(argument).__name__,
)  # fmt: skip
def test_nothing_a_user_can_have_typed_is_written(argument):
    lines = [line("value %s", argument), line("value %r", argument), line("%(a)s", {"a": argument})]
    if not isinstance(argument, str):  # a message that is text is the programmer's own
        lines.append(line(argument))
    assert all("Emma" not in said and "2012" not in said for said in lines)


@pytest.mark.parametrize("args", [("text",), (1, 2, 3), ({"a": 1},)])
def test_arguments_that_do_not_fit_leave_the_message_as_it_was_written(args):
    assert line("%d of %d", *args).endswith(" %d of %d")


def test_an_error_is_written_without_its_text():
    try:
        try:
            int(MARKER)
        except ValueError as error:
            raise RuntimeError(MARKER) from error
    except RuntimeError as error:
        error.add_note(MARKER)
        said = line("saving failed", error=error)
    assert "Emma" not in said
    assert "  RuntimeError\n    tests.test_log:" in said
    assert "  because of ValueError\n    tests.test_log:" in said
    assert "test_an_error_is_written_without_its_text" in said


def test_an_errors_reason_and_number_are_written():
    assert describe(OpenError(Reason.CODE_TYPO, groups=(3,))) == [
        "  caseworker_app.vault.errors.OpenError (code_typo)"
    ]
    assert describe(OSError(28, MARKER, MARKER)) == ["  OSError (errno 28)"]


def test_the_source_lines_and_the_machines_folders_are_not_written():
    said = "\n".join(describe(raised(ValueError("x"))))
    assert "raise error" not in said
    assert os.sep not in said


def test_groups_loops_and_endless_chains_of_errors_come_to_an_end():
    group = ExceptionGroup(MARKER, [ValueError(MARKER), TypeError(MARKER)])
    assert describe(raised(group))[-2:] == ["  with ValueError", "  with TypeError"]
    one, two = ValueError("1"), TypeError("2")
    one.__cause__, two.__cause__ = two, one
    assert describe(one) == ["  ValueError", "  because of TypeError"]
    last: BaseException = ValueError("0")
    for _ in range(5000):
        last, before = ValueError("n"), last
        last.__cause__ = before
    assert len(describe(last)) < 20


def test_a_deep_recursion_is_written_short():
    def deeper():
        deeper()

    try:
        deeper()
    except RecursionError as error:
        said = describe(error)
    assert len(said) < 60
    assert any("more" in part for part in said)


@pytest.mark.parametrize(
    "number",
    ["010170-1234", "0101701234", "010170 1234", "01 01 70 - 1234", "01.01.70-1234", "010170–1234", "010170‑1234",
     "610170-1234", "610170 1AB2", "610170-1AB2", "6101701ab2", "01/01/70-1234", "۰۱۰۱۷۰-۱۲۳۴", "101701234",
     "010170\n1234", "0 1 0 1 7 0 1 2 3 4"],
)  # fmt: skip
def test_what_looks_like_a_person_number_is_masked_wherever_it_stands(number):
    for text in (
        number,
        f"cpr={number};",
        f"a{number}b" if number[-1] != "2" else f"({number})",
        f"‹{number}›",
    ):
        masked = mask(text)
        assert "1234" not in masked.replace(" ", "")
        assert "1AB2" not in masked.upper()
        assert "‹number›" in masked
    assert "1234" not in line(f"found {number}")


@given(st.integers(0, 9_999_999_999), st.text(), st.text())
def test_no_ten_digits_survive_anywhere(number, before, after):
    digits = f"{number:010d}"
    for spelled in (digits, f"{digits[:6]}-{digits[6:]}", f"{digits[:6]} {digits[6:]}"):
        assert spelled not in mask(before + spelled + after)
        assert spelled not in line(before + spelled + after, name=OWN)


def test_ordinary_numbers_stay():
    text = "7 of 12 rows, 1366x768, 25.11.0, 20261121"
    assert mask(text) == text


def test_a_person_number_as_a_number_is_masked_too():
    assert "1017012" not in line("value %s", 101701234)
    assert "0170123" not in line("value %d", 3101701234)


def test_a_line_break_in_a_message_does_not_make_a_line_of_its_own():
    assert line("one\ntwo\r\nthree").count("\n") == 0


def test_an_endless_message_is_cut():
    assert len(line("a" * 1_000_000)) < 3000


def test_of_other_peoples_libraries_only_where_they_spoke_is_written(written):
    logging.getLogger("pypdf").warning("cannot show %s", MARKER)
    logging.getLogger("PIL.image").info("never written")
    logging.getLogger().error(MARKER)
    assert "Emma" not in written()
    assert "WARNING pypdf:" in written()
    assert "(said by test_log.test_of_other_peoples_libraries" in written()
    assert "never written" not in written()


def test_markers_planted_in_every_way_do_not_reach_the_file(written):
    logger = logging.getLogger(OWN)
    logger.info("opened %s", MARKER)
    logger.info("opened %(who)s", {"who": MARKER})
    logger.error("failed", extra={"who": MARKER}, stack_info=True)
    try:
        raise ValueError(MARKER)
    except ValueError as error:
        logger.exception("failed")
        logger.error(error)
        logger.exception("failed %s", error)
    assert "Emma" not in written()
    assert "Søndergade" not in written()
    assert written().count("ValueError") >= 3


def test_the_log_turns_over_and_keeps_five_old_files(tmp_path, written):
    (handler,) = (one for one in logging.getLogger().handlers if isinstance(one, log._PrivateFile))
    handler.maxBytes = 2000
    for number in range(200):
        logging.getLogger(OWN).info("line %d", number)
    files = sorted((tmp_path / "log").iterdir())
    assert len(files) == 1 + log.KEPT_FILES
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert all(file.stat().st_size <= 2000 for file in files)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_costs_the_line_and_prints_nothing(tmp_path, capfd):
    handler = log._PrivateFile("/dev/full", encoding="utf-8")
    handler.setFormatter(WithoutPeople())
    handler.handle(logging.LogRecord(OWN, logging.ERROR, __file__, 7, MARKER, (), None))
    with contextlib.suppress(OSError):
        handler.close()
    assert capfd.readouterr() == ("", "")


def test_a_place_where_no_log_can_be_is_an_error_before_anything_is_changed(tmp_path):
    (tmp_path / "log").write_text("in the way")
    handlers = logging.getLogger().handlers[:]
    with pytest.raises(OSError, match="log"):
        log.start_logging(tmp_path)
    assert logging.getLogger().handlers == handlers


@pytest.fixture
def hooks():
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    seen: list[BaseException] = []
    undo = install_excepthook(seen.append)
    yield seen
    undo()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_an_error_nobody_caught_is_logged_without_its_text_and_handed_on(written, hooks, capfd):
    error = raised(ValueError(MARKER))
    sys.excepthook(ValueError, error, error.__traceback__)
    assert hooks == [error]
    assert "CRITICAL caseworker_app.log" in written()
    assert "uncaught in the program\n  ValueError" in written()
    assert "Emma" not in written()
    assert capfd.readouterr() == ("", "")


def test_an_error_in_a_thread_is_logged_and_handed_on(written, hooks, capfd):
    def work():
        raise ValueError(MARKER)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert [type(error) for error in hooks] == [ValueError]
    assert "uncaught in a thread" in written()
    assert "Emma" not in written()
    assert capfd.readouterr() == ("", "")


def test_a_thread_that_ends_itself_is_no_error(written, hooks):
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    assert hooks == []


def test_an_error_in_a_finaliser_is_logged_and_handed_on(written, hooks, capfd):
    class Late:
        def __del__(self):
            raise ValueError(MARKER)

    late = Late()
    del late
    assert [type(error) for error in hooks] == [ValueError]
    assert "uncaught in a finaliser" in written()
    assert capfd.readouterr() == ("", "")


def test_a_report_that_fails_is_logged_and_does_no_more_harm(written):
    def fail(_error):
        raise OSError(28, MARKER)

    undo = install_excepthook(fail)
    error = raised(ValueError(MARKER))
    sys.excepthook(ValueError, error, error.__traceback__)
    undo()
    assert "the report itself failed\n  OSError (errno 28)" in written()
    assert "Emma" not in written()


PROGRAM = """
import sys
from pathlib import Path
from caseworker_app import log
log.start_logging(Path(sys.argv[1]))
log.install_excepthook(lambda error: None)
raise RuntimeError("Emma Hansen 010170-1234")
"""


def test_a_program_that_dies_prints_and_logs_nothing_personal(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert ran.stdout + ran.stderr == ""
    text = (tmp_path / "log" / "taet-paa.log").read_text(encoding="utf-8")
    assert "RuntimeError" in text
    assert "Emma" not in text
    assert "1234" not in text
