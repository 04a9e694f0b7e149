"""Signing in: one-time codes, the provider's tokens, proofs, the pace of failures."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace as changed
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from msgspec.structs import replace
from sqlalchemy import select

from caseworker_app.hub import admin, codes, tables
from caseworker_app.hub.database import reading
from caseworker_app.hub.ground import Refused
from caseworker_app.sync.wire import card_bytes, nonce_of
from caseworker_app.vault.signing import verify
from tests.hub.hubs import House, Laptop, make_house

ISSUER, CLIENT = "https://login.example.invalid/nordby", "taet-paa"


def refusal(call: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.status, caught.value.code


def newcomer(house: House, login: str = "anna") -> tuple[Laptop, str]:
    house.user(login)
    return Laptop(house), admin.code_for(house.ground, login)


def test_a_code_lets_one_laptop_in_and_the_organisation_vouches_for_its_card(house: House) -> None:
    anna, code = newcomer(house)
    answer = anna.sign_in(code)
    ours = house.ground.organisation
    verify(ours.signing, card_bytes(answer.card), answer.card.vouched)
    assert (answer.card.device, answer.card.signing) == (anna.device, anna.sealer.public_key)
    assert code.endswith(codes.fingerprint(ours.signing))
    other = Laptop(house)
    assert refusal(lambda: other.sign_in(code)) == (401, "not_let_in")


def test_the_same_laptop_may_use_its_code_again_when_the_answer_was_lost(house: House) -> None:
    anna, code = newcomer(house)
    first = anna.sign_in(code)
    second = anna.sign_in(code.lower().replace("-", " "))
    assert (second.card, second.token == first.token) == (first.card, False)
    assert refusal(lambda: house.core.people(first.token)) == (401, "signed_out")


def test_a_code_without_its_fingerprint_or_with_look_alike_letters_is_understood(house: House) -> None:
    anna, code = newcomer(house)
    anna.sign_in("-".join(code.split("-")[:-1]).replace("0", "O").replace("1", "l"))


def test_a_code_runs_out(house: House) -> None:
    anna, code = newcomer(house)
    house.clock.ms += house.ground.limits.code_ms
    assert refusal(lambda: anna.sign_in(code)) == (401, "not_let_in")


def test_only_hashes_of_codes_and_tokens_are_kept(house: House) -> None:
    anna, code = newcomer(house)
    token = anna.sign_in(code).token
    secrets = [part.encode() for part in (token, codes.bare(code), code)]
    with reading(house.ground.engine) as connection:
        kept = [
            value if isinstance(value, bytes) else str(value).encode()
            for table in tables.metadata.sorted_tables
            for row in connection.execute(select(table))
            for value in row
        ]
    assert not [secret for secret in secrets if any(secret in value for value in kept)]


@pytest.mark.parametrize("field", ["device", "author", "signing", "exchange", "code", "proof"])
def test_a_proof_holds_for_what_it_was_made_for(house: House, field: str) -> None:
    anna, code = newcomer(house)
    asked = anna.asks(code)
    other = Laptop(house).asks(admin.code_for(house.ground, "anna"))
    moved = replace(asked, **{field: getattr(other, field)})
    assert refusal(lambda: house.core.sign_in(moved, "192.0.2.9")) == (401, "not_let_in")


def test_a_known_laptop_with_other_keys_is_refused(house: House) -> None:
    anna, code = newcomer(house)
    anna.sign_in(code)
    for one in ("device", "author"):
        stranger = Laptop(house)
        setattr(stranger, one, getattr(anna, one))
        again = admin.code_for(house.ground, "anna")
        assert refusal(lambda: stranger.sign_in(again)) == (409, "other_keys")  # noqa: B023
    house.user("bo")
    theirs = admin.code_for(house.ground, "bo")
    assert refusal(lambda: anna.sign_in(theirs)) == (409, "other_keys")


def test_a_revoked_laptop_or_user_does_not_come_back_by_a_new_code(house: House) -> None:
    anna, bo = house.laptop("anna"), house.laptop("bo")
    again = admin.code_for(house.ground, "anna")
    admin.revoke_device(house.ground, anna.device)
    assert refusal(lambda: anna.sign_in(again)) == (403, "revoked")
    theirs = admin.code_for(house.ground, "bo")
    admin.revoke_user(house.ground, "bo")
    assert refusal(lambda: bo.sign_in(theirs)) == (403, "revoked")


def test_after_ten_failures_an_address_waits_and_others_do_not(house: House) -> None:
    anna, code = newcomer(house)
    for _ in range(house.ground.limits.failures):
        assert refusal(lambda: anna.sign_in("WRONG", address="192.0.2.7")) == (401, "not_let_in")
    with pytest.raises(Refused) as caught:
        anna.sign_in(code, address="192.0.2.7")
    assert (caught.value.status, caught.value.again_s) == (429, 900)
    anna.sign_in(code, address="192.0.2.8")
    house.clock.ms += house.ground.limits.failures_ms
    anna.sign_in(code, address="192.0.2.7")


def test_failures_from_everywhere_together_are_slowed_too(engine) -> None:
    house = make_house(engine)
    house.core.ground = changed(house.ground, limits=changed(house.ground.limits, all_failures=3))
    anna, code = newcomer(house)
    for number in range(3):
        assert refusal(lambda: anna.sign_in("WRONG", address=f"192.0.2.{number}"))[0] == 401  # noqa: B023
    assert refusal(lambda: anna.sign_in(code, address="192.0.2.99")) == (429, "slow_down")


def test_a_hub_without_its_signing_key_lets_nobody_in_and_serves_the_rest(house: House) -> None:
    anna, (_bo, code) = house.laptop("anna"), newcomer(house, "bo")
    house.core.ground = changed(house.ground, signing_key=None)
    assert refusal(lambda: Laptop(house).sign_in(code)) == (503, "no_signing_key")
    assert house.core.people(anna.token).people


# --- The identity provider -----------------------------------------------------------------------------------


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value: int, size: int | None = None) -> str:
    return b64(value.to_bytes(size or (value.bit_length() + 7) // 8))


class Login:
    """An identity provider with one key of each kind; ``house`` believes it."""

    def __init__(self, engine: Any) -> None:
        self.rsa = rsa.generate_private_key(65537, 2048)
        self.ec = ec.generate_private_key(ec.SECP256R1())
        self.asked: list[str] = []
        self.away = False
        self.house = make_house(engine, fetch=self.fetch, by=admin.Provided(ISSUER, CLIENT, "upn"))
        self.house.user("anna")
        self.laptop = Laptop(self.house)

    def fetch(self, address: str) -> bytes:
        self.asked.append(address)
        if self.away:
            raise OSError
        if address.endswith("/.well-known/openid-configuration"):
            return msgspec.json.encode({"issuer": ISSUER, "jwks_uri": ISSUER + "/keys"})
        of_rsa, of_ec = self.rsa.public_key().public_numbers(), self.ec.public_key().public_numbers()
        keys = [
            {"kty": "RSA", "kid": "r", "use": "sig", "n": number(of_rsa.n), "e": number(of_rsa.e)},
            {"kty": "EC", "kid": "e", "crv": "P-256", "x": number(of_ec.x, 32), "y": number(of_ec.y, 32)},
            {"kty": "oct", "kid": "o", "k": b64(b"secret")},
        ]
        return msgspec.json.encode({"keys": keys})

    def token(self, kind: str = "r", head: dict[str, Any] | None = None, **claims: Any) -> str:
        now = self.house.clock() // 1000
        nonce = nonce_of(self.laptop.sealer.public_key, self.laptop.exchange.public)
        said = {"iss": ISSUER, "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": nonce, "upn": "anna"}
        said = {name: value for name, value in (said | claims).items() if value is not None}
        alg = {"r": "RS256", "e": "ES256"}[kind]
        head = {"alg": alg, "kid": kind} | (head or {})
        signed = f"{b64(msgspec.json.encode(head))}.{b64(msgspec.json.encode(said))}"
        if kind == "r":
            signature = self.rsa.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        else:
            r, s = decode_dss_signature(self.ec.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
            signature = r.to_bytes(32) + s.to_bytes(32)
        return f"{signed}.{b64(signature)}"

    def tries(self, token: str, address: str = "192.0.2.1") -> tuple[int, str] | None:
        try:
            self.laptop.sign_in(id_token=token, address=address)
        except Refused as refused:
            return refused.status, refused.code
        return None


@pytest.fixture
def login(engine) -> Login:
    return Login(engine)


@pytest.mark.parametrize("kind", ["r", "e"])
def test_the_providers_token_lets_its_user_in(login: Login, kind: str) -> None:
    assert login.tries(login.token(kind)) is None
    assert login.tries(login.token(kind, aud=[CLIENT])) is None
    assert login.tries(login.token(kind, aud=[CLIENT, "other"], azp=CLIENT)) is None
    assert len(login.asked) == 2


def test_every_claim_that_is_not_for_us_now_is_refused(login: Login) -> None:
    now = login.house.clock() // 1000
    wrong: list[dict[str, Any]] = [
        {"iss": ISSUER + "/other"}, {"iss": None}, {"aud": "other"}, {"aud": None}, {"aud": [CLIENT, "other"]},
        {"azp": "other"}, {"exp": now - 121}, {"exp": None}, {"exp": "soon"}, {"exp": True}, {"iat": now + 500},
        {"iat": None}, {"nbf": now + 500}, {"nonce": "0" * 64}, {"nonce": None}, {"nonce": 7}, {"upn": "stranger"},
        {"upn": None}, {"upn": 7},
    ]  # fmt: skip
    for place, claims in enumerate(wrong):
        assert login.tries(login.token(**claims), f"192.0.2.{place}") == (401, "not_let_in"), claims


def test_a_token_is_signed_by_the_provider_with_the_algorithm_of_its_key(login: Login) -> None:
    good = login.token()
    body = good.rsplit(".", 1)[0]
    wrong = [
        f"{body}.", f"{body}.AAAA", body, "", "a.b.c", "....", f"{body}.%%%", good + "x",
        login.token(head={"alg": "none"}), login.token(head={"alg": "HS256"}), login.token(head={"alg": "ES256"}),
        login.token(head={"kid": "e"}), login.token(head={"kid": "o"}), login.token(head={"kid": ["r"]}),
        login.token(head={"crit": ["x"]}), login.token("e", head={"alg": "RS256"}), "é.é.é",
        f"{b64(b'[1]')}.{b64(b'[1]')}.AAAA", f"{b64(b'[' * 9000)}.x.AAAA",
    ]  # fmt: skip
    for place, token in enumerate(wrong):
        status = login.tries(token, f"192.0.2.{place}")
        assert status in ((401, "not_let_in"), (400, "malformed")), token


def test_a_token_for_another_laptops_keys_is_refused(login: Login) -> None:
    token = login.token()
    login.laptop = Laptop(login.house)
    assert login.tries(token) == (401, "not_let_in")


def test_the_providers_keys_are_asked_for_again_when_a_new_one_is_named_but_not_at_every_try(
    login: Login,
) -> None:
    login.tries(login.token())
    login.rsa = rsa.generate_private_key(65537, 2048)
    for _ in range(3):
        assert login.tries(login.token(head={"kid": "new"})) == (401, "not_let_in")
    assert len(login.asked) == 2
    login.house.clock.ms += 61_000
    login.tries(login.token(head={"kid": "new"}))
    assert len(login.asked) == 4
    assert login.tries(login.token()) is None


def test_a_provider_that_is_away_is_said_and_does_not_count_as_a_failure(login: Login) -> None:
    login.away = True
    for _ in range(12):
        assert login.tries(login.token()) == (503, "provider_away")
    login.away = False
    assert login.tries(login.token()) is None


def test_without_a_provider_no_token_lets_anybody_in(house: House) -> None:
    anna, _code = newcomer(house)
    assert refusal(lambda: anna.sign_in(id_token="a.b.c")) == (401, "not_let_in")
