"""Whether two names may be those of one person, where somebody would gain by seeming to be two."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ADDRESS: Final = re.compile(r"<([^<>]*@[^<>]*)>|(\S+@\S+)")
_TAG: Final = re.compile(r"\+[^@]*@")
_LOOKS_LIKE: Final = str.maketrans(
    "авекмнорстухіјѕԁԛԝһӏ" + "αβεικνορτυχγ" + "ı01",
    "abekmhopctyxijsdqwhl" + "abeikvoptuxy" + "iol",
)
"""Letters of Cyrillic and Greek, and digits, that are drawn like Latin letters. Source: Unicode Technical Standard #39, confusables."""


def is_address(name: str) -> bool:
    """Whether a name is, or holds, a mail address; "@sam" is a handle."""
    return _ADDRESS.search(name) is not None


def same_person(one: str, other: str) -> bool:
    """Whether two names are alike but for what an eye may miss.

    That is case, space, punctuation, accents, letters drawn alike, the order of words, and what stands around a mail address or
    behind a "+" in it.
    """
    first, second = _words(one), _words(other)
    return "".join(first) == "".join(second) or sorted(first) == sorted(second)


def _words(name: str) -> list[str]:
    text = unicodedata.normalize("NFKC", name).casefold()
    if found := _ADDRESS.search(text):
        text = _TAG.sub("@", found[1] or found[2])
    plain = unicodedata.normalize("NFKD", text.translate(_LOOKS_LIKE))
    visible = "".join(letter for letter in plain if unicodedata.category(letter) not in ("Cf", "Mn", "Me"))
    return re.findall(r"[^\W_]+", visible)
