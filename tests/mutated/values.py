"""Breaks the values of a file: one node becomes something else, is named otherwise, stands twice, is wrapped, nested or gone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from hypothesis import strategies as st

from policyctl.model.document import Path

Change = tuple[str, Any]
"""What becomes of a node: ("set", value), ("nest", depth), ("name", key), ("twice", another value), or a word alone with None."""

_RAW: Final = re.compile(r'"@raw@(.*?)@"')
_TWICE: Final = "@twice@"
_WORDS: Final = (
    "x 7 true null 2026-02-30 0000-00-00T00:00:00Z 10Zi -1Gi 1e9999 .. / ${x} {{.X}} [ =cmd __proto__ latest".split()
)
_ODD: Final = ("", "\x1b[31m", "\u202e", "\ufeff", "\u2028", "é" * 300, "a" * 70_000, "a\nb", "\t", " ")
_NUMBERS: Final = (0, -1, 7, 0.5, 2**53 + 1, 2**63, -(2**64), 1e300, 5e-324, True, False, None)
_CONTAINERS: Final[tuple[Any, ...]] = (
    *([], {}, [None], [[]], [{}], {"": ""}, {"x": None}, {"name": {"name": "name"}}, [1, "1", True], {"0": 0}),
    *({"kind": "List", "items": [{}]}, {"key": [{"references": [7]}]}, {"references": ["a.b"]}, {"statement": [{}]}),
)
_LITERALS: Final = "NaN -Infinity 1e400 .inf 0o17 1_000 12:30:45 -0 00012 2026-11-21 *a !!binary".split()
_HOSTILE: Final[tuple[Any, ...]] = (
    *(f"@raw@{literal}@" for literal in (*_LITERALS, "", "&a [*a]", "9" * 5000)),
    *("\ud800", "\udfff\ud800", "\x00", {"\ud800": 1}, {"a\x00": 1}),
)
"""What no file can hold, or what two readers understand differently."""
_NAMES: Final = (*"x name kind apiVersion type values __proto__ << 7 true address id".split(), "", "\ud800", "a" * 300)


def changes() -> st.SearchStrategy[Change]:
    """What may become of one node: mostly something that a reader must make sense of."""
    anything = st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=5,
    )
    ours = st.sampled_from((*_WORDS, *_ODD, *_NUMBERS, *_CONTAINERS))
    return st.one_of(
        st.tuples(st.just("set"), ours),
        st.tuples(st.just("set"), ours),
        st.tuples(st.just("set"), anything),
        st.tuples(st.sampled_from(("wrap", "drop", "repeat", "text", "swap")), st.none()),
        st.tuples(st.just("name"), st.sampled_from(_NAMES)),
        st.one_of(
            st.tuples(st.just("nest"), st.sampled_from((3, 20, 150, 197, 250, 3000))),
            st.tuples(st.just("set"), st.sampled_from(_HOSTILE)),
            st.tuples(st.just("twice"), ours),
        ),
    )


def changed(node: Any, path: Path, change: Change) -> Any:
    """A copy of the values with one node changed. A path that an earlier change took away changes nothing."""
    if not isinstance(node, dict | list | tuple) or not _has(node, path[0]):
        return node
    copied: Any = dict(node) if isinstance(node, dict) else list(node)
    if len(path) > 1:
        copied[path[0]] = changed(node[path[0]], path[1:], change)
        return copied
    how, what = change
    if how == "drop":
        del copied[path[0]]
    elif how == "name" and isinstance(copied, dict):
        return {what if key == path[0] else key: value for key, value in copied.items()}
    elif how == "twice" and isinstance(copied, dict):
        copied[f"{_TWICE}{path[0]}"] = what
    else:
        copied[path[0]] = _another(how, what, copied[path[0]])
    return copied


def written(values: Any, indent: int | None) -> str:
    """One value as JSON, which is YAML too; what is no JSON stands there without quotes."""
    return _RAW.sub(lambda raw: raw[1], json.dumps(values, indent=indent)).replace(_TWICE, "")


def _another(how: str, what: Any, old: Any) -> Any:
    if how == "nest":
        return "@raw@" + "[" * what + "]" * what + "@"
    if how == "wrap":
        return [old] if isinstance(old, Mapping) else {"x": old}
    if how == "repeat":
        return [old] * 3
    if how == "text":
        return json.dumps(old)
    if how == "swap":
        return _other_container(old)
    return what


def _other_container(old: Any) -> Any:
    if isinstance(old, Mapping):
        return list(old.values())
    return {str(index): one for index, one in enumerate(old)} if isinstance(old, list) else [str(old)]


def _has(node: Mapping[Any, Any] | Sequence[Any], step: str | int) -> bool:
    return step in node if isinstance(node, Mapping) else isinstance(step, int) and step < len(node)
