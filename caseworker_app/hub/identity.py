"""The municipality's identity provider: checking an OpenID Connect ``id_token`` against the provider's published keys.

Only what an id_token needs of the standards: a signed token (RFC 7515) under RS256 or ES256 by a key of the provider's JWKS
(RFC 7517), and the claims of OpenID Connect Core 3.1.3.7. The code exchange with PKCE is the laptop's side.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import threading
from collections.abc import Mapping
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from caseworker_app.hub.ground import Clock, Fetch, Organisation

_SKEW_S = 120
_KEEP_MS = 3600 * 1000
_AGAIN_MS = 60 * 1000
_MOST_TOKEN = 32 * 1024
_LEAST_RSA_BITS = 2048
_P256_BYTES = 32
Key = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


class BadToken(Exception):
    """The token is not one of this provider, for this hub and these keys, at this time."""


class ProviderAway(Exception):
    """The provider's keys cannot be had now."""


class Provider:
    """The keys of one provider, fetched when first needed and again each hour or when a token names an unknown one."""

    def __init__(self, issuer: str, fetch: Fetch, clock: Clock) -> None:
        self._issuer = issuer
        self._fetch = fetch
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._fetched_ms: int | None = None
        self._lock = threading.Lock()

    def key(self, name: str) -> Key:
        """Return the key of that name. Raises :class:`BadToken`, :class:`ProviderAway`."""
        with self._lock:
            age = None if self._fetched_ms is None else self._clock() - self._fetched_ms
            if age is None or age > _KEEP_MS or (name not in self._keys and age > _AGAIN_MS):
                self._keys = self._load()
                self._fetched_ms = self._clock()
            if name not in self._keys:
                raise BadToken
            return self._keys[name]

    def _load(self) -> dict[str, Key]:
        try:
            about = msgspec.json.decode(
                self._fetch(self._issuer.rstrip("/") + "/.well-known/openid-configuration")
            )
            if about["issuer"] != self._issuer or not str(about["jwks_uri"]).startswith("https://"):
                raise ProviderAway
            listed = msgspec.json.decode(self._fetch(about["jwks_uri"]))["keys"]
            return {str(one.get("kid", "")): key for one in listed if (key := read_key(one)) is not None}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ProviderAway from error


def read_key(jwk: Mapping[str, Any]) -> Key | None:
    """Return the signing key of a JWK, ``None`` for kinds and sizes that are not taken."""
    if jwk.get("use", "sig") != "sig":
        return None
    try:
        if jwk.get("kty") == "RSA":
            key = rsa.RSAPublicNumbers(_number(jwk["e"]), _number(jwk["n"])).public_key()
            return key if key.key_size >= _LEAST_RSA_BITS else None
        if jwk.get("kty") == "EC" and jwk.get("crv") == "P-256":
            numbers = ec.EllipticCurvePublicNumbers(_number(jwk["x"]), _number(jwk["y"]), ec.SECP256R1())
            return numbers.public_key()
    except (BadToken, KeyError, ValueError):
        return None
    return None


def subject(token: str, organisation: Organisation, provider: Provider, nonce: str, now_ms: int) -> str:
    """Return the claim that names the user. Raises :class:`BadToken`, :class:`ProviderAway`."""
    parts = token.split(".")
    if len(token) > _MOST_TOKEN or len(parts) != 3 or not token.isascii():
        raise BadToken
    head, claims = _mapping(parts[0]), _mapping(parts[1])
    name = head.get("kid", "")
    if not isinstance(name, str) or "crit" in head:
        raise BadToken
    _check_signature(provider.key(name), head.get("alg"), f"{parts[0]}.{parts[1]}".encode(), _bytes(parts[2]))
    _check_claims(claims, organisation, nonce, now_ms // 1000)
    found = claims.get(organisation.claim)
    if not isinstance(found, str) or not found:
        raise BadToken
    return found


def _check_signature(key: Key, alg: object, signed: bytes, signature: bytes) -> None:
    """The algorithm is the key's, never the token's choice."""
    try:
        if isinstance(key, rsa.RSAPublicKey) and alg == "RS256":
            key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
            return
        if (
            isinstance(key, ec.EllipticCurvePublicKey)
            and alg == "ES256"
            and len(signature) == 2 * _P256_BYTES
        ):
            r, s = (int.from_bytes(half) for half in (signature[:_P256_BYTES], signature[_P256_BYTES:]))
            key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
            return
    except InvalidSignature:
        raise BadToken from None
    raise BadToken


def _check_claims(claims: Mapping[str, Any], organisation: Organisation, nonce: str, now_s: int) -> None:
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    expires, issued = claims.get("exp"), claims.get("iat")
    said = claims.get("nonce")
    good = (
        claims.get("iss") == organisation.issuer != ""
        and isinstance(audiences, list)
        and organisation.client in audiences
        and (len(audiences) == 1 or claims.get("azp") == organisation.client)
        and claims.get("azp", organisation.client) == organisation.client
        and _is_time(expires, now_s - _SKEW_S, None)
        and _is_time(issued, None, now_s + _SKEW_S)
        and _is_time(claims.get("nbf", 0), None, now_s + _SKEW_S)
        and isinstance(said, str)
        and hmac.compare_digest(said.encode("utf-8", "replace"), nonce.encode())
    )
    if not good:
        raise BadToken


def _is_time(value: object, after: int | None, before: int | None) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return (after is None or value > after) and (before is None or value <= before)


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise BadToken from None


def _number(text: object) -> int:
    if not isinstance(text, str):
        raise BadToken
    return int.from_bytes(_bytes(text))


def _mapping(part: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(_bytes(part))
    except (ValueError, RecursionError):
        raise BadToken from None
    if not isinstance(found, dict):
        raise BadToken
    return found
