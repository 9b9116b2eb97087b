"""What a build fetches by URL, and whether the file says what it must be.

A checksum or signature that the same script verifies counts, and so does a digest in `ADD --checksum` or a commit in the
URL of a repository. Packages are left to their managers, which verify them by themselves or by a lock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyctl.collectors.container_image.instructions import Instruction
from policyctl.collectors.container_image.variables import Known, filled, is_open
from policyctl.model.document import Path
from policyctl.model.facts.container_image import Download

FETCHERS = re.compile(r"\b(?:curl|wget|aria2c|axel)\b")
_FETCHES = re.compile(
    r"(?:^|[;&|(`{\n]|\b(?:then|do|else|if|elif|while|until)\s|!\s)\s*"
    r"(?:(?:sudo|exec|time|command|env|nice|xargs)\s+(?:-\S+\s+)*)*(?:\w+=\S*\s+)*(?:[\w/.-]*/)?(curl|wget|aria2c|axel)\s+"
    r"((?:\"(?:\\.|[^\"\\])*\"|'[^']*'|\$\([^()]*(?:\([^()]*\)[^()]*)*\)|\\.|[^;&|\n`'\"\\])*)"
)
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s\"'`)]+|\$\{?\w+\}?\S*")
_LOCAL = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)")
_VERIFIES = re.compile(
    r"\b(?:sha(?:1|224|256|384|512)sum|shasum|b2sum)\b[^;&|\n]*(?:\s-\w*c\b|\s--check\b)|\bgpgv?\b[^;&|\n]*\s--verify\b|\bgpgv\s|"
    r"\bcosign\s+verify|\bminisign\s+-\w*V|\bsignify\s+-\w*V|\bopenssl\s+dgst\b[^;&|\n]*\s-verify\b|\bslsa-verifier\s+verify|\bgh\s+attestation\s+verify"
)
_SHELL = r"(?:ba|da|z|k|a)?sh\b"
_INTERPRETER = (
    rf"(?:sudo\s+(?:-\S+\s+)*)?(?:env\s+)?(?:\w+=\S*\s+)*(?:[\w/.-]*/)?(?:{_SHELL}|python[\d.]*\b|perl\b|ruby\b|node\b)"
)
_PIPED = re.compile(rf"\s*\|\s*(?:{_INTERPRETER})")
_SUBSTITUTED = re.compile(
    rf"(?:\b{_SHELL}\s+-\w*c\s+[\"']?|\beval\s+[\"']?|\b{_SHELL}\s+<|\bsource\s+<|(?:^|\s)\.\s+<)[$]?\(\s*$|`\s*$"
)
_REMOTE = re.compile(r"(?:https?|ftp)://|git@|git://|ssh://")
_REPOSITORY = re.compile(r"git@|git://|ssh://|\.git(?:[#?]|$)")
_COMMIT = re.compile(r"(?:#|[?&](?:checksum|commit)=)[0-9a-f]{40}(?:[0-9a-f]{24})?(?:[:&]|$)")
_DIGEST = re.compile(r"sha(?:256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})")


def added(at: Instruction, known: Known, path: Path) -> Iterator[Download]:
    """What an ADD fetches. A source whose variable is not known may be one."""
    if at.name != "ADD":
        return
    words = at.words if at.words is not None else at.text.split()
    digest = next((filled(value, known) for flag, value in at.flags if flag == "checksum"), "")
    for word in words[:-1]:
        source = filled(word.strip("\"'"), known)
        if word.startswith("<<") or not (_REMOTE.match(source) or source.startswith("$")):
            continue
        found: Download = {"path": list(path), "how": "add", "url": source}
        if _DIGEST.fullmatch(digest) or (_REPOSITORY.search(source) and _COMMIT.search(source)):
            found["verified"] = True
        elif not (is_open(digest) or (source.startswith("$") and not _REMOTE.search(source)) or _open_commit(source)):
            found["verified"] = False
        yield found


def fetched(script: str, path: Path) -> Iterator[Download]:
    """What a script of RUN fetches from elsewhere than the build itself."""
    for found in _FETCHES.finditer(script):
        url = _address(found[2])
        if not url or _LOCAL.match(url):
            continue
        piped = _PIPED.match(script, found.end()) or _SUBSTITUTED.search(script[: found.start(1)])
        yield {
            "path": list(path),
            "how": "piped" if piped else "saved",
            "url": url,
            "verified": not piped and _VERIFIES.search(script, found.end()) is not None,
        }


def _address(arguments: str) -> str:
    """What the arguments fetch: the first URL, else the first variable, else the last word."""
    written = _ADDRESS.findall(arguments)
    urls = [one for one in written if "://" in one]
    words = [word for word in arguments.split() if word[:1] != "-"]
    return (urls or written or words or [""])[-1 if not written else 0].strip("\"'")[:300]


def _open_commit(source: str) -> bool:
    return bool(_REPOSITORY.search(source)) and "#" in source and is_open(source.partition("#")[2])
