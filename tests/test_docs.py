"""The pages in ``docs`` speak of what is there."""

from __future__ import annotations

import re

import pytest

from tests.helpers.source import ROOT

PAGES = sorted(ROOT.glob("docs/*.md")) + sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("installer/**/*.md"))
NAMED = re.compile(
    r"`((?:caseworker_app|db|ui|resources|tests|tools|docs|installer|locks)/[\w./*-]+)(?:::(\w+))?`"
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_is_there(page):
    missing = []
    for path, test in NAMED.findall(page.read_text(encoding="utf-8")):
        found = list(ROOT.glob(path.rstrip("/")))
        if not found or (test and f"def {test}(" not in found[0].read_text(encoding="utf-8")):
            missing.append(f"{path}::{test}" if test else path)
    assert missing == []


def test_a_page_that_names_what_is_gone_is_found_out():
    assert NAMED.findall("see `docs/sync.md` and `tests/a.py::test_b`") == [
        ("docs/sync.md", ""),
        ("tests/a.py", "test_b"),
    ]
