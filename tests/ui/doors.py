"""Ways in for tests of the window that need none."""

from __future__ import annotations

from caseworker_app.services.opening import Ground


class NoDoors:
    """Nothing is there, and nothing can be opened."""

    def ground(self):
        return Ground.NONE

    def problem(self):
        return None

    def wait_seconds(self):
        return 0
