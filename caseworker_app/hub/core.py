"""The hub without HTTP: one method for each call, wire structs in and out. The HTTP side and the simulator stand on it."""

from __future__ import annotations

from msgspec.structs import replace

from caseworker_app.hub import blobs, people, push, releasing, sign_in, streams
from caseworker_app.hub.ground import Ground
from caseworker_app.hub.identity import Provider
from caseworker_app.sync.wire import (
    BlobState,
    HeadsAnswer,
    HeadsAsked,
    HubAnswer,
    LogAnswer,
    PeopleAnswer,
    PushAnswer,
    PushAsked,
    PushResult,
    QuarantineAnswer,
    SignIn,
    SignInAnswer,
)


class HubCore:
    """Every method raises :class:`~caseworker_app.hub.ground.Refused` for what it does not do.

    Safe to call from several threads on PostgreSQL and on an SQLite file; with SQLite in memory from one.
    """

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        issuer = ground.organisation.issuer
        self._provider = (
            Provider(issuer, ground.fetch, ground.clock) if issuer and ground.fetch is not None else None
        )
        self._people = people.Mark(ground)

    def hub(self) -> HubAnswer:
        """Say which hub this is."""
        ours = self.ground.organisation
        return HubAnswer(
            ours.hub,
            ours.name,
            ours.signing,
            ours.exchange,
            ours.readable,
            self.ground.clock(),
            issuer=ours.issuer,
            client=ours.client,
        )

    def sign_in(self, asked: SignIn, address: str = "") -> SignInAnswer:
        """Let a device in; ``address`` is where it asks from, for the pace of failed tries."""
        answer = sign_in.sign_in(self.ground, self._provider, asked, address)
        self._people.forget()
        return answer

    def sign_out(self, token: str) -> None:
        """End a device's token."""
        sign_in.sign_out(self.ground, token)

    def people(self, token: str) -> PeopleAnswer:
        """Return colleagues and their devices."""
        return people.people(self.ground, token)

    def revoke_device(self, token: str, device: bytes) -> None:
        """Revoke a device of the caller's own."""
        people.revoke_own(self.ground, token, device)
        self._people.forget()

    def heads(self, token: str, asked: HeadsAsked) -> HeadsAnswer:
        """Say what is new."""
        answer = streams.heads(self.ground, token, asked)
        return replace(answer, people=self._people.now())

    def push(self, token: str, asked: PushAsked) -> PushAnswer:
        """Judge operations and keep them."""
        return push.push(self.ground, token, asked)

    def quarantine(self, token: str) -> QuarantineAnswer:
        """Return what was not taken, to a team leader."""
        return releasing.listed(self.ground, token)

    def release(self, token: str, row: bytes) -> PushResult:
        """Judge a row that was not taken anew, for a team leader."""
        return releasing.release(self.ground, token, row)

    def log(self, token: str, stream: bytes, after: int = 0, limit: int = 500, tail: int = 0) -> LogAnswer:
        """Return a page of a stream's log, and its last rows beside it."""
        return streams.log_page(self.ground, token, stream, after, limit, tail)

    def put_blob(self, token: str, stream: bytes, sha256: bytes, piece: blobs.Piece) -> BlobState:
        """Take a piece of a file. Also raises :class:`~caseworker_app.hub.blobs.Elsewhere`."""
        return blobs.put(self.ground, token, stream, sha256, piece)

    def blob_state(self, token: str, stream: bytes, sha256: bytes) -> BlobState:
        """Say how much of a file is there."""
        return blobs.state(self.ground, token, stream, sha256)

    def get_blob(
        self, token: str, stream: bytes, sha256: bytes, start: int | None = None, last: int | None = None
    ) -> tuple[int, int, bytes]:
        """Return ``(start, size, body)``."""
        return blobs.get(self.ground, token, stream, sha256, start, last)
