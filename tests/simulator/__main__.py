"""``python3 start.py simulate --histories 10000 [--first SEED]``: for the night. The last line says how many held."""

from __future__ import annotations

import argparse
import logging
import sys
from time import perf_counter

from tests.simulator.history import made, shrunk, told
from tests.simulator.running import ground


def main(arguments: list[str] | None = None) -> int:
    """Run histories; shrink and show those that fail. Return 1 when one did."""
    parser = argparse.ArgumentParser(prog="start.py simulate")
    parser.add_argument("--histories", type=int, default=300)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first history")
    given = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    passed = failed = 0
    began = perf_counter()
    with ground() as place:
        for seed in range(given.first, given.first + given.histories):
            history = made(seed)
            fault = place.fault(history)
            if not fault:
                passed += 1
                continue
            failed += 1
            small = shrunk(history, lambda one: bool(place.fault(one)))
            print(
                f"seed {seed}, {history.laptops} laptops:\n{told(small.steps)}\n{place.fault(small) or fault}"
            )
    print(f"{(perf_counter() - began) / max(1, given.histories) * 1000:.0f} ms a history")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
