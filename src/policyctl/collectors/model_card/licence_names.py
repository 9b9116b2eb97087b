"""Which licences a piece of prose names, and whether it limits what they allow.

Sources: SPDX licence list (identifiers), Creative Commons (names and addresses of its licences), GNU (names of its licences).
"""

from __future__ import annotations

import re
from typing import Final

from policyctl.collectors.model_card.licences import spdx_of

_CC_PARTS: Final = (
    ("BY", r"by|attribution"),
    ("NC", r"nc|non-?[ ]?commercial"),
    ("SA", r"sa|share-?[ ]?alike"),
    ("ND", r"nd|no-?[ ]?deriv(?:ative)?s?"),
)
_ANY_PART: Final = "|".join(pattern for _, pattern in _CC_PARTS)
_CC: Final = re.compile(
    r"(?:\b(?:cc|creative[ -]commons)[ -]*|creativecommons\.org/licenses/)"
    rf"(?P<parts>(?:(?:{_ANY_PART})\b[ -]*)+)(?:(?:international|unported|generic|public|licen[sc]e|version|v)\b[ ,.-]*|[/(])*"
    r"(?P<version>\d\.\d)?",
    re.IGNORECASE,
)
_CC_ZERO: Final = re.compile(
    r"\bcc[ -]?(?:0|zero)\b(?:[ -]*1\.0)?|creativecommons\.org/publicdomain/zero/1\.0", re.IGNORECASE
)
_GNU: Final = re.compile(
    r"\b(?P<short>[al]?)gpl(?P<joined>v?)|\bgnu[ ]+(?P<long>affero[ ]+|lesser[ ]+)?general[ ]+public[ ]+licen[sc]e",
    re.IGNORECASE,
)
_GNU_VERSION: Final = re.compile(
    r"[ ,(-]{0,4}(?:version|v)?[ .]{0,4}(?P<major>[123])(?:\.(?P<minor>\d))?(?:\+|-only|-or-later)?", re.IGNORECASE
)
_BSD: Final = re.compile(
    r"\bbsd[ -]*(?P<after>[0-4])[ -]*clause\b|\b(?P<before>[0-4])[ -]*clause[ -]*bsd\b|\bbsd\b", re.IGNORECASE
)
_FIXED: Final = (
    (
        "Apache-2.0",
        re.compile(
            r"\bapache(?:[ -]software)?(?:[ -]licen[sc]e)?[ ,(-]{0,4}(?:version|v)?[ .]{0,4}2(?:\.0)?(?![\d.]\d)"
            r"|\bapache\.org/licenses/license-2\.0",
            re.IGNORECASE,
        ),
    ),
    ("Apache", re.compile(r"\bapache[ -]licen[sc]e", re.IGNORECASE)),
    ("MIT", re.compile(r"(?<![\w-])MIT(?![\w-])|\bmit[ -]licen[sc]ed?\b|(?i:licenses/mit\b)")),
    ("Llama", re.compile(r"\bmeta-llama/|\bllama[ -]?\d?(?:\.\d)?[ ]community[ ]licen[sc]e", re.IGNORECASE)),
    ("RAIL", re.compile(r"\b(?:Open)?RAIL(?:\+\+)?(?:-[MSDA]+)?\b|\bopenrail\b")),
)
_TOKEN: Final = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+]*(?:-[\w.+]+)+|\b(?:0BSD|ISC|ODbL|PDDL|Unlicense|WTFPL|Zlib)\b"
)
_LIMIT: Final = re.compile(
    r"\bnon-?[ ]?commercial|\b(?:not?|prohibit\w*|forbid\w*|without|except)\b[^.]{0,40}\bcommercial"
    r"|\bcommercial\w*[^.]{0,40}\b(?:not|prohibited|forbidden|restricted|requires?|separate|permission|contact)\b"
    r"|\b(?:research|academic|educational|evaluation|personal)\b[^.]{0,25}\bonly\b"
    r"|\bonly\b[^.]{0,30}\b(?:research|academic|educational|evaluation|personal)\b"
    r"|\bproprietary\b|\ball rights reserved\b|\bcustom (?:\w+ )?licen[sc]e|\bno licen[sc]e\b|\bnot (?:open|free|licensed)\b"
    r"|\bsubject to (?:additional|further)\b",
    re.IGNORECASE,
)


def names_in(text: str) -> list[str]:
    """The licences that `text` names, sorted: SPDX identifiers, or what of one is told ("GPL", "CC-BY-NC", "BSD").

    A family of licences that SPDX does not list has its own word: "Llama", "RAIL".
    """
    found: set[str] = set()
    rest = text
    for pattern, read in ((_CC, _creative_commons), (_BSD, _bsd)):
        found |= {read(match) for match in pattern.finditer(rest)}
        rest = pattern.sub(" ", rest)
    if _CC_ZERO.search(rest):
        found.add("CC0-1.0")
        rest = _CC_ZERO.sub(" ", rest)
    found |= {_gnu(match, rest) for match in _GNU.finditer(rest)}
    for name, pattern in _FIXED:
        if pattern.search(rest):
            found.add(name)
            rest = pattern.sub(" ", rest)
    tokens = (match[0].rstrip(".") for match in _TOKEN.finditer(rest))
    found |= {spdx for token in tokens if (spdx := spdx_of(token)) and not _GNU.match(token)}
    return sorted(found)


def limits_use(text: str) -> bool:
    """Whether `text` takes back what a free licence gives: non-commercial, for research only, all rights reserved."""
    return _LIMIT.search(text) is not None


def _creative_commons(match: re.Match[str]) -> str:
    parts = [code for code, pattern in _CC_PARTS if re.search(rf"\b(?:{pattern})\b", match["parts"], re.IGNORECASE)]
    return "-".join(["CC", *parts, *([match["version"]] if match["version"] else [])])


def _bsd(match: re.Match[str]) -> str:
    clauses = match["after"] or match["before"]
    return f"BSD-{clauses}-Clause" if clauses else "BSD"


def _gnu(match: re.Match[str], text: str) -> str:
    name = f"{(match['short'] or (match['long'] or '')[:1]).upper()}GPL"
    version = _GNU_VERSION.match(text, match.end())
    return f"{name}-{version['major']}.{version['minor'] or '0'}" if version else name
