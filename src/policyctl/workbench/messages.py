"""Whether what a control says to people can be understood and acted on: words of theirs, and the value that was found.

What is told here is told of examples, where message, document and value stand side by side. A rule about the texts in the Rego would
have to guess what stands in their place in the end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from policyctl.model.decision import Finding

_LEAST_WORDS: Final = 3
_OURS: Final = re.compile(r"\b(?:input|data\.policyctl)\.\w+|\b(?:rego|undetermined|undefined)\b", re.IGNORECASE)
_NAME: Final = re.compile(r"\b\w*_\w+\b")
_LIST_WORD: Final = re.compile(r"[A-Za-z_]*")
"""A word of a list, such as Enabled: it can be told in other words, and mostly is."""
_LONGEST: Final = 120


def faults(finding: Finding, document: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the message of one finding in this document, each as the end of a sentence.

    A name with an underscore is jargon where it is neither in the document, nor a parameter's value, nor on the finding's path: then it
    is a name of ours. A value is asked for where the path leads to a number, or to a short text without blanks that is no single word: a
    switch, a sentence or a whole policy is better told in other words, and a name stands beside the message anyway.
    """
    message = finding["message"]
    if len(message.split()) < _LEAST_WORDS or "\n" in message:
        yield "is not one sentence"
    if message.lower().split() == re.split(r"[\s_]+", finding["code"].lower()):
        yield "is its code, and says no more"
    known = _words_known(finding, document)
    if ours := sorted({word for word in (*_OURS.findall(message), *_NAME.findall(message)) if word not in known}):
        yield f"has words of ours, not of whoever reads it: {', '.join(ours)}"
    for value in sorted({_written(one) for one in _values(finding, document)}):
        if not re.search(rf"(?<![\w.]){re.escape(value)}(?![\w])", message):
            yield f"does not tell what was found: {value}"


def _words_known(finding: Finding, document: Mapping[str, Any]) -> str:
    """All that a reader knows: what stands in the judged file, what the profile says, where the finding is."""
    parameters = document["profile"]["parameters"]
    known = [document["facts"], document["attested"], parameters, finding["path"]]
    return json.dumps(known, ensure_ascii=False).replace("-", "_")


def _values(finding: Finding, document: Mapping[str, Any]) -> Iterator[str | int | float]:
    """What stands at the finding's path: below the facts, or below the resource that it is about."""
    listed = document["facts"].get("resources") or {}
    about = [one for resources in listed.values() for one in resources if one.get("address") == finding["resource"]]
    for start in (document["facts"], *about):
        value = _at(start, finding["path"])
        if finding["path"][-1:] != ["name"] and _is_asked_for(value):
            yield value


def _at(node: Any, path: list[str | int]) -> Any:
    for step in path:
        members = dict(enumerate(node)) if isinstance(node, list) else node
        node = members.get(step) if isinstance(members, Mapping) else None
    return node


def _is_asked_for(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST and not re.search(r"\s", value) and not _LIST_WORD.fullmatch(value)
    return isinstance(value, int | float) and not isinstance(value, bool) and value != 0


def _written(value: str | int | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"
