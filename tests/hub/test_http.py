"""The HTTP side: nothing that is sent makes it fail, and nothing of it is written down."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import msgspec
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings

from caseworker_app.hub import openapi
from caseworker_app.sync.wire import PushAsked
from tests.hub.hubs import House, Laptop
from tests.hub.web import Web

CALLS = [
    (method.upper(), path)
    for path, methods in openapi.description("Nordby")["paths"].items()
    for method in methods
]
BODIES = [
    b"", b"{", b"[]", b"null", b'{"streams": 7}', b'{"operations": [{"header": "%%%"}]}', b"\xff\xfe", b"\x00" * 50,
    b'{"streams": {"' + b"0" * 32 + b'": {"seq": 99999999999999999999}}}',
    b'{"streams": {"' + b"0" * 32 + b'": {"seq": -1}}}', b'{"streams": {"\\ud800": {}}}', b"[" * 200_000,
    b'{"device":"","author":"","signing":"","exchange":"","name":"\\u0000","proof":"","code":"x"}',
]  # fmt: skip
ODD = ["0" * 31, "g" * 32, "A" * 32, "..", "%00" * 16, "é" * 16, "0" * 4000]


@pytest.fixture
def anna(house: House) -> Laptop:
    made = house.laptop("anna")
    made.stream, opening = made.begin()  # type: ignore[attr-defined]
    made.push(opening)
    return made


@pytest.fixture
def web(house: House) -> Iterator[Web]:
    with Web(house.core) as found:
        yield found


def test_what_is_malformed_is_refused_in_words_for_the_program(web: Web, anna: Laptop) -> None:
    mine = {"Authorization": f"Bearer {anna.token}"}
    for method, path in CALLS:
        if "{" in path:
            paths = [
                path.replace("{stream}", odd)
                .replace("{sha256}", odd)
                .replace("{device}", odd)
                .replace("{row}", odd)
                for odd in ODD
            ]
        else:
            paths = [path]
        for place in paths:
            for body in BODIES if method in ("POST", "PUT") else (b"",):
                answer = web.request(method, place, content=body, headers=mine)
                assert answer.status_code < 500, (method, place, body[:40])
                if answer.status_code >= 400 and method != "HEAD":
                    assert set(answer.json()) == {"error"}, (method, place)
        mine["Authorization"] = f"Bearer {anna.token}"


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer é", "Bearer " + "x" * 5000, "Bearer a b", "bearer\tx"],
)
def test_a_strange_authorization_is_nobody(web: Web, anna: Laptop, header: str) -> None:
    answer = web.request("GET", "/v1/people", headers={"Authorization": header.encode()})  # type: ignore[dict-item]
    assert (answer.status_code, answer.json()) == (401, {"error": "signed_out"})


def test_unknown_ways_and_methods_are_refused_alike(web: Web) -> None:
    assert web.request("GET", "/").json() == {"error": "not_found"}
    assert web.request("DELETE", "/v1/hub").json() == {"error": "no_such_method"}


def test_a_body_above_the_limit_is_refused_before_it_is_read(web: Web, anna: Laptop) -> None:
    mine = {"Authorization": f"Bearer {anna.token}"}
    for path, size in (("/v1/operations", 9 << 20), ("/v1/sign-in", 300 << 10)):
        assert web.request("POST", path, content=b"x" * size, headers=mine).status_code == 413
    many = msgspec.json.encode(PushAsked(tuple(anna.note(anna.stream) for _ in range(101))))  # type: ignore[attr-defined]
    assert web.request("POST", "/v1/operations", content=many, headers=mine).json() == {"error": "too_many"}
    large = tuple(anna.note(anna.stream, "x" * 400_000) for _ in range(3))  # type: ignore[attr-defined]
    answer = web.request(
        "POST", "/v1/operations", content=msgspec.json.encode(PushAsked(large)), headers=mine
    )
    assert answer.json() == {"error": "too_large"}


def test_a_fault_of_our_own_is_an_answer_and_the_log_holds_nothing_that_was_sent(
    web: Web, anna: Laptop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, expect_log
) -> None:
    from caseworker_app.hub import push
    from caseworker_app.log import WithoutPeople

    def broken(*_args: object) -> None:
        raise KeyError("Karen 010170-1234")

    expect_log("a call failed")
    monkeypatch.setattr(push, "_keep", broken)
    mine = {"Authorization": f"Bearer {anna.token}"}
    note = msgspec.json.encode(PushAsked((anna.note(anna.stream, "Karen"),)))  # type: ignore[attr-defined]
    with caplog.at_level(logging.DEBUG):
        answer = web.request("POST", "/v1/operations", content=note, headers=mine)
    assert (answer.status_code, answer.json()) == (500, {"error": "internal"})
    written = "\n".join(WithoutPeople().format(record) for record in caplog.records)
    assert "KeyError" in written
    for secret in ("Karen", "010170", anna.token, anna.stream.hex()):  # type: ignore[attr-defined]
        assert secret not in written


def test_a_database_that_is_away_is_said_to_be_busy(web: Web, anna: Laptop, monkeypatch, expect_log) -> None:
    from sqlalchemy.exc import OperationalError

    from caseworker_app.hub import people

    def away(*_args: object) -> None:
        raise OperationalError("SELECT", {}, OSError("gone"))

    expect_log("the database is away or busy")
    monkeypatch.setattr(people, "reader_of", away)
    answer = web.request("GET", "/v1/people", headers={"Authorization": f"Bearer {anna.token}"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")


def test_nothing_is_cached_on_the_way(web: Web, anna: Laptop) -> None:
    answer = web.request("GET", "/v1/people", headers={"Authorization": f"Bearer {anna.token}"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_description_names_every_way_there_is(web: Web) -> None:
    said = web.request("GET", "/v1/openapi.json").json()
    told = {(path, method.upper()) for path, methods in said["paths"].items() for method in methods}
    there = {
        (route.path, method)
        for route in web.app.routes
        for method in route.methods  # type: ignore[attr-defined]
        if not (method == "HEAD" and "blobs" not in route.path)  # type: ignore[attr-defined]
    }
    assert told == there
    assert web.request("GET", "/v1/health").json() == {"well": True}


@pytest.mark.slow
@pytest.mark.parametrize("way", CALLS, ids=lambda way: " ".join(way))
def test_no_input_that_can_be_thought_of_makes_the_hub_fail(
    web: Web, house: House, anna: Laptop, way: tuple[str, str]
) -> None:
    schema = schemathesis.openapi.from_dict(openapi.description("Nordby"))
    operation = schema[way[1]][way[0]]
    mine = {"Authorization": f"Bearer {anna.token}"}

    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def attack(case) -> None:
        sent = case.as_transport_kwargs(base_url="https://hub.invalid")
        request = requests.Request(
            **{name: sent[name] for name in ("method", "url", "params", "json", "data") if name in sent},
            headers=dict(sent.get("headers") or {}) | mine,
        )
        ready = request.prepare()
        body = ready.body if isinstance(ready.body, bytes) else (ready.body or "").encode()
        path = ready.url.removeprefix("https://hub.invalid")
        kept = {name: value for name, value in ready.headers.items() if name.lower() != "content-length"}
        answer = web.request(way[0], path, content=body, headers=kept)
        assert answer.status_code < 500
        if answer.status_code >= 400 and way[0] != "HEAD":
            assert set(answer.json()) in ({"error"}, {"size", "have", "done"})

    attack()
