"""The part of JSON Schema that ours is written in, checked by hand: the program needs no library for its own format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "null": type(None),
}
KNOWN = {
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "enum", "const", "anyOf", "required", "properties",
    "additionalProperties", "items", "uniqueItems", "pattern", "minLength", "minimum", "maximum",
}  # fmt: skip


def faults(schema: Any, value: Any, root: Any = None, at: str = "") -> Iterator[str]:
    """Yield what of ``value`` does not fit; a key of the schema that is not checked here is a fault too."""
    root = schema if root is None else root
    yield from (f"{at}: nobody checks {key}" for key in schema.keys() - KNOWN)
    if "$ref" in schema:
        yield from faults(root["$defs"][schema["$ref"].rpartition("/")[2]], value, root, at)
    if "anyOf" in schema and all(list(faults(one, value, root, at)) for one in schema["anyOf"]):
        yield f"{at}: {value!r} is none of what it may be"
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(_is(value, one) for one in types):
        yield f"{at}: {value!r} is no {types}"
        return
    if ("enum" in schema and value not in schema["enum"]) or ("const" in schema and value != schema["const"]):
        yield f"{at}: {value!r} is not allowed"
    yield from _inside(schema, value, root, at)


def _inside(schema: Any, value: Any, root: Any, at: str) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0) or not re.search(schema.get("pattern", ""), value):
            yield f"{at}: {value!r} is not written so"
    elif isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{at}: {value!r} is out of range"
    elif isinstance(value, list):
        if schema.get("uniqueItems") and len(value) != len({repr(one) for one in value}):
            yield f"{at}: something stands twice"
        for n, one in enumerate(value):
            yield from faults(schema.get("items", {}), one, root, f"{at}[{n}]")
    elif isinstance(value, dict):
        properties = schema.get("properties", {})
        yield from (f"{at}: {key} is missing" for key in schema.get("required", ()) if key not in value)
        if schema.get("additionalProperties") is False:
            yield from (f"{at}: {key} is not known" for key in value.keys() - properties.keys())
        for key, inner in properties.items():
            if key in value:
                yield from faults(inner, value[key], root, f"{at}.{key}")


def _is(value: Any, name: str) -> bool:
    return isinstance(value, _TYPES[name]) and not (name == "integer" and isinstance(value, bool))
