"""JSON, JSON with comments, YAML and TOML."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from policyctl.collectors.configuration.parsed import Parsed, plain, split
from policyctl.collectors.json_lines import JsonLines
from policyctl.collectors.json_values import deeper_than, parse_json
from policyctl.collectors.limits import Limits
from policyctl.collectors.yaml_lines import YamlLines
from policyctl.collectors.yaml_scalars import KUBERNETES
from policyctl.collectors.yaml_values import parse_yaml
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

_DIALECT = replace(KUBERNETES, beyond=float, own_tags=True)
"""Conftest reads YAML with the library of kubectl, keeps numbers as doubles, and passes over tags such as !Ref."""

_COMMENT = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*|#[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)


def read_json(text: str, path: str) -> Parsed:
    """JSON, strictly: a key that stands twice is an error, where Conftest takes the last."""
    value = plain(parse_json(text, path, rounded=True))
    lines = JsonLines(text)
    return Parsed(split(value), lambda index: lines(0, (index,) if isinstance(value, list) else ()))


def read_jsonc(text: str, path: str) -> Parsed:
    """JSON with comments from // or # to the end of the line, or between /* and */."""
    return read_json(_COMMENT.sub(_blanked, text), path)


def read_yaml(text: str, path: str) -> Parsed:
    """Every document of a stream, empty ones too; the items of a list where it is the only document."""
    parsed = parse_yaml(text, path, _DIALECT, keep_empty=True)
    lines = YamlLines(text, _DIALECT, keep_empty=True)
    doubts = tuple(reason for _, _, reason in parsed.doubts)
    values = tuple(map(plain, parsed.values))
    if len(values) == 1 and isinstance(values[0], list):
        return Parsed(tuple(values[0]), lambda index: lines(0, (index,)), doubts)
    return Parsed(values, lambda index: lines(index, ()), doubts)


def read_toml(text: str, path: str) -> Parsed:
    """TOML 1.0. Days and times are text as Go writes them: 1979-05-27T00:00:00Z for a day, 0000-01-01T07:32:00Z for a time."""
    try:
        value = tomllib.loads(text, parse_float=_finite)
    except (tomllib.TOMLDecodeError, RecursionError, _NoNumber) as error:
        raise InputError(f"{printable(path)}: this is not TOML: {error}", hint="correct the TOML") from error
    if deeper_than(value, Limits.DEPTH):
        raise InputError(f"{printable(path)}: nested more than {Limits.DEPTH} deep", hint="nothing needs that")
    return Parsed((plain(_told(value)),))


class _NoNumber(ValueError):
    """A number that JSON cannot hold."""


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")) or number != number:
        raise _NoNumber(f"{digits} cannot be represented in JSON")
    return number


def _told(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _told(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_told(below) for below in value]
    if isinstance(value, datetime):
        return _zoned(value.isoformat())
    if isinstance(value, date):
        return f"{value.isoformat()}T00:00:00Z"
    return _zoned(f"0000-01-01T{value.isoformat()}") if isinstance(value, time) else value


def _zoned(text: str) -> str:
    """RFC 3339 as Go has it: Z for UTC and for no zone at all, fractions without zeros at their end."""
    stamp, zone = (text[:-6], text[-6:]) if re.search(r"[+-]\d\d:\d\d$", text[10:]) else (text, "Z")
    stamp = stamp.rstrip("0").rstrip(".") if "." in stamp else stamp
    return stamp + ("Z" if zone == "+00:00" else zone)


def _blanked(found: re.Match[str]) -> str:
    """Spaces in a comment's place, so that lines and columns stay."""
    return found[0] if found[0].startswith('"') else re.sub(r"[^\n]", " ", found[0])
