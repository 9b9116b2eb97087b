"""The values of an SPDX document's tags, as JSON has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from policyctl.collectors.configuration.parsed import SPACE
from policyctl.collectors.configuration.tag_values import TagValue

_CHECKSUMS: Final = frozenset(
    "SHA1 SHA224 SHA256 SHA384 SHA512 SHA3-256 SHA3-384 SHA3-512 BLAKE2b-256 BLAKE2b-384 BLAKE2b-512 BLAKE3"
    " MD2 MD4 MD5 MD6 ADLER32".split()
)
_NOBODY = "NOASSERTION"
_ELEMENT, _DOCUMENT = "SPDXRef-", "DocumentRef-"

Value = Callable[[TagValue], Any]


def text(found: TagValue) -> str:
    """The value as it is."""
    return found.value


def name(found: TagValue) -> str:
    """The value, which must say something."""
    if not found.value:
        found.refuse("nothing behind the colon")
    return found.value


def truth(found: TagValue) -> bool:
    """`true` or `false`; Conftest takes whatever else stands there for true."""
    if found.value not in ("true", "false"):
        found.refuse("neither true nor false")
    return found.value == "true"


def element(found: TagValue) -> str:
    """The identifier of an element of this document."""
    return _element(found, found.value)


def reference(found: TagValue, value: str) -> str:
    """The identifier of an element, of this document or of another."""
    if not value.startswith(_DOCUMENT):
        return _element(found, value)
    document, colon, rest = value.partition(":")
    if not colon:
        found.refuse(f"{_DOCUMENT} without a colon behind it")
    return f"{_prefixed(found, document, _DOCUMENT)}:{_element(found, rest)}"


def actor(*types: str, nobody: bool = False) -> Value:
    """Somebody of one of the types: `Person: Jane`. With `nobody`, NOASSERTION too."""

    def read(found: TagValue) -> str:
        if nobody and found.value == _NOBODY:
            return _NOBODY
        type, name = _two(found)
        if type not in types or not name:
            found.refuse(f"not one of {', '.join(types)}, a colon and a name")
        return _NOBODY if nobody and name == _NOBODY else f"{type}: {name}"

    return read


def checksum(found: TagValue) -> dict[str, str]:
    """`SHA1: 85ed…`."""
    algorithm, value = _two(found)
    if algorithm not in _CHECKSUMS:
        found.refuse("an algorithm that SPDX does not know")
    return {"algorithm": algorithm, "checksumValue": value}


def verification_code(found: TagValue) -> dict[str, Any]:
    """`d6a7… (excludes: ./package.spdx)`. Of several files Conftest has the whole as one name."""
    code, excludes, rest = found.value.partition("(excludes:")
    if not excludes:
        return {"packageVerificationCodeValue": found.value}
    name, _, behind = rest.partition(")")
    if behind.strip(SPACE):
        found.refuse("words behind the excluded files: Conftest leaves them out, so no policy could see them")
    return {
        "packageVerificationCodeValue": code.strip(SPACE),
        "packageVerificationCodeExcludedFiles": [name.strip(SPACE)],
    }


def external_reference(found: TagValue) -> dict[str, str]:
    """`PACKAGE-MANAGER purl pkg:pypi/torch@2.9.0`."""
    words = _words(found, 3)
    return {
        "referenceCategory": words[0].replace("_", "-"),
        "referenceType": words[1],
        "referenceLocator": words[2],
    }


def external_document(found: TagValue) -> dict[str, Any]:
    """`DocumentRef-other https://example.org/other SHA1: d6a7…`, with or without the last space."""
    words = _words(found, 3, 4)
    algorithm, colon, value = (words[2], "", words[3]) if len(words) == 4 else words[2].partition(":")
    if len(words) == 4:
        colon, algorithm = algorithm[-1:], algorithm[:-1]
    if colon != ":":
        found.refuse("no colon behind the checksum's algorithm")
    return {
        "externalDocumentId": _prefixed(found, words[0], _DOCUMENT),
        "spdxDocument": words[1],
        "checksum": {"algorithm": algorithm, "checksumValue": value},
    }


def relationship(found: TagValue) -> dict[str, str]:
    """`SPDXRef-DOCUMENT DESCRIBES SPDXRef-model`."""
    first, kind, second = _words(found, 3)
    return {
        "spdxElementId": reference(found, first),
        "relationshipType": kind,
        "relatedSpdxElement": second if second in ("NONE", _NOBODY) else reference(found, second),
    }


def _element(found: TagValue, value: str) -> str:
    if ":" in value:
        found.refuse("a colon in an identifier")
    return _prefixed(found, value, _ELEMENT)


def _prefixed(found: TagValue, value: str, prefix: str) -> str:
    """The identifier with its prefix. Conftest has one that stands twice once only."""
    rest = value.removeprefix(prefix)
    if rest in (value, ""):
        found.refuse(f"no identifier that begins with {prefix}")
    return rest if rest.startswith(prefix) else prefix + rest


def _two(found: TagValue) -> tuple[str, str]:
    first, colon, second = found.value.partition(":")
    if not colon:
        found.refuse("no colon in the value")
    return first.strip(SPACE), second.strip(SPACE)


def _words(found: TagValue, *counts: int) -> list[str]:
    words = [word for part in found.value.split(" ") if (word := part.strip(SPACE))]
    if len(words) not in counts:
        found.refuse(f"{len(words)} words, not {' or '.join(map(str, counts))}")
    return words
