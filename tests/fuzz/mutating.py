"""Changing good bytes into bad ones, by dice that can be thrown again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

_TOKENS: Final = (
    b"\x00", b"\xff" * 8, b"\x7f\xff\xff\xff", b"\x80", b"\n", b"\r\n", b'"', b"'", b"\\", b"../../../etc/passwd",
    b"..\\..\\x", b"-1", b"0", b"1e309", b"9" * 400, b"NaN", b"[" * 3000, b"{" * 3000, b"&lol;", b"<!ENTITY a 'a'>",
    b"%s%n", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3", b"\xdd\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff", b"2026-02-30",
    b"24 H", b"= ", b"[[", b"]]", b"\"\"\"", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-1.7", b"\xd0\xcf\x11\xe0",
)  # fmt: skip
_LARGEST: Final = 400_000


class Dice:
    """Throws mutations; the same seed throws the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def mutated(self, seeds: Sequence[bytes]) -> bytes:
        """Return one of the seeds, changed in one to eight places."""
        data = bytearray(self._random.choice(seeds))
        for _turn in range(self._random.choice((1, 1, 2, 3, 8))):
            self._change(data, seeds)
        return bytes(data[:_LARGEST])

    def _change(self, data: bytearray, seeds: Sequence[bytes]) -> None:
        dice = self._random
        at = dice.randrange(len(data) + 1)
        length = min(dice.choice((1, 1, 2, 4, 16, 200)), max(len(data) - at, 0))
        match dice.randrange(8):
            case 0 if data:
                data[min(at, len(data) - 1)] ^= 1 << dice.randrange(8)
            case 1 if data:
                data[min(at, len(data) - 1)] = dice.randrange(256)
            case 2:
                del data[at : at + length]
            case 3:
                del data[at:]
            case 4:
                data[at:at] = dice.choice(_TOKENS)
            case 5:
                data[at : at + length] = dice.choice(_TOKENS)
            case 6:
                data[at:at] = data[at : at + length] * dice.choice((1, 2, 50))
            case _:
                other = dice.choice(seeds)
                begin = dice.randrange(len(other) + 1)
                data[at : at + length] = other[begin : begin + dice.choice((4, 64, 4000))]
