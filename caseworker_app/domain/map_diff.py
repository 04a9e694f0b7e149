"""Two netværkskort compared: versions of one (:mod:`.map_changes`, in words :mod:`.map_sentences`), or two voices."""

from __future__ import annotations

from caseworker_app.domain.map_changes import (
    Cell,
    Change,
    Drawn,
    GroupChange,
    KeptMap,
    LineChange,
    MapDiff,
    PersonChange,
    diff,
    kept,
)
from caseworker_app.domain.map_sentences import sentences
from caseworker_app.domain.map_voices import Beside, LineBeside, VoiceComparison, compare_voices

__all__ = [
    "Beside",
    "Cell",
    "Change",
    "Drawn",
    "GroupChange",
    "KeptMap",
    "LineBeside",
    "LineChange",
    "MapDiff",
    "PersonChange",
    "VoiceComparison",
    "compare_voices",
    "diff",
    "kept",
    "sentences",
]
