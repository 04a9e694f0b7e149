"""What may be wrong with a rule file, said with the file, the line and the key."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: ``key`` says where (``rules.foster.then[2].every``), ``line`` counts from 1, 0 unknown."""

    key: str
    what: Phrase
    line: int = 0

    def phrase(self, source: str) -> Phrase:
        """Say it with the file's name."""
        return Phrase(
            "{source}, line {line}: {key}: {what}",
            {"source": source, "line": self.line, "key": self.key, "what": self.what},
        )


class RulesError(UserError):
    """A rule file that cannot be used. ``faults`` are all that was found; the sentence says the first."""

    def __init__(self, *, source: str, faults: tuple[Fault, ...]) -> None:
        self.source, self.faults = source, faults
        first = faults[0]
        super().__init__(
            "The rules {source} cannot be used: {what} ({key}, line {line}).",
            "Until they are mended, the standard rules are used.",
            "Mend the text, or go back to the standard rules.",
            source=source,
            what=first.what,
            key=first.key,
            line=first.line,
        )
