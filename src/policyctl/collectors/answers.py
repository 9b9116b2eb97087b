"""What is answered about a system, section by section: the part of its description that it is classified by.

    answers:
      practices:
        evidence: Examination of 12 October 2026, minutes 4   # serves each answer below that has none of its own
        a: no                                                 # the group as a whole
        f:
          emotions: yes                                       # one question of the group
          work_or_education: {answer: no, evidence: Contract with the operator, section 3, sha256: 0f3c…}

Read into one mapping by dotted name, such as practices.f.emotions; see `model.facts.system.Answer`. Which questions there are is not
known here: `policyctl system classify` names those that do not exist.
"""

from __future__ import annotations

from typing import Any, Final

from policyctl.collectors.written_values import Reader, Wrong, dotted, mapping, sha256, shown, text
from policyctl.model.document import Path
from policyctl.model.facts.system import Answer

_WORDS: Final = {True: "yes", False: "no", "yes": "yes", "no": "no", "unknown": "unknown"}
_DEEPEST: Final = 3


def read_answers(value: Any, path: Path) -> dict[str, Answer]:
    """The answers by dotted name. Raises Wrong for values that are no answers, and for evidence that stands beside nothing."""
    found: dict[str, Answer] = {}
    _read(value, path, (), found)
    return found


def _read(value: Any, path: Path, name: tuple[str, ...], found: dict[str, Answer]) -> None:
    if not isinstance(value, dict) or "answer" in value:
        if len(name) < 2:
            raise Wrong(f"{dotted(path)} is a section: a mapping of answers belongs there, not {shown(value)}", *path)
        found[".".join(name)] = _answer(value, path)
        return
    if len(name) == _DEEPEST:
        raise Wrong(f"{dotted(path)} has no answer: yes, no or unknown", *path)
    support = {key: value[key] for key in ("evidence", "sha256") if key in value}
    if support:
        if not name:
            raise Wrong("evidence belongs to a section, a group or an answer", *path, "evidence")
        found[".".join(name)] = _support(support, path)
    for key in value:
        if key not in support:
            if not isinstance(key, str) or "." in key:
                raise Wrong(f"{shown(key)} is no question's name", *path, key)
            _read(value[key], (*path, key), (*name, key), found)


def _answer(value: Any, path: Path) -> Answer:
    if isinstance(value, dict):
        read: Any = mapping(value, path, {"answer": _word, **_SUPPORT}, ("answer",), "an answer")
        _beside_evidence(read, path)
        answer: Answer = read
        return answer
    return {"answer": _word(value, path)}


def _support(value: Any, path: Path) -> Answer:
    read: Any = mapping(value, path, _SUPPORT, (), "evidence")
    _beside_evidence(read, path)
    answer: Answer = read
    return answer


def _beside_evidence(read: dict[str, Any], path: Path) -> None:
    if "sha256" in read and "evidence" not in read:
        raise Wrong("a digest without words says nothing to a reader: add evidence", *path, "sha256")


def _word(value: Any, path: Path) -> Any:
    """YAML's true and false are yes and no; nothing but these and "unknown" is an answer."""
    if isinstance(value, bool | str) and value in _WORDS:
        return _WORDS[value]
    raise Wrong(f"{dotted(path)} is none of yes, no, unknown: {shown(value)}", *path)


_SUPPORT: Final[dict[str, Reader]] = {"evidence": text, "sha256": sha256}
