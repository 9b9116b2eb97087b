"""Credentials in text: told by the name that a value has and by the shape of the value, never by entropy.

Entropy finds digests, model ids and generated names (387 hits in the corpus, all sampled ones false); names and
published token formats do not.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def _names(text: str, separator: str | None = None) -> frozenset[str]:
    return frozenset(text.split(separator))


_ALONE = _names(
    "password passwd passphrase pwd pass secret token credential credentials apikey passwords secrets jwt "
    "bearer authtoken accesstoken secretkey privatekey accesskey clientsecret requirepass masterauth"
)
_PAIRS = _names(
    "api key|api keys|access key|secret key|private key|signing key|encryption key|account key|auth key|"
    "master key|service key|license key|shared key|ssh key|connection string|access tokens|api tokens|"
    "auth tokens|basic auth|auth header|session key|storage key|subscription key|client key|hmac key|"
    "cookie secret",
    "|",
)
_TRAILING = _names("dev test prod staging primary secondary old new value default b64 base64 plain text literal")
_REFERENCES = _names("existing pull tls token key password credentials cert ca cookie user username")

_NOT_VALUES = _names("true false yes no on off none null nil undefined optional required enabled disabled")
_PLACEHOLDER = re.compile(
    r"^\s*$|^\$\w+$|^<[^<>]*>$|^\[[^\]]*\]$|^%\(?\w+\)?[s%]?$|\{\{|\$[({]|^\*+$|^x{3,}$|^\.{2,}$|"
    r"(?i:^(your|insert|replace|enter)[-_ ]|[-_ ](here|goes)$|placeholder|replace[-_ ]?me|^todo$|^redacted$)"
)
_ADDRESS = re.compile(
    r"^(arn:aws[\w-]*:(secretsmanager|ssm):|@Microsoft\.KeyVault\(|projects/[\w:.-]+/secrets/[\w-]+|"
    r"https://[\w-]+\.vault\.(azure\.net|usgovcloudapi\.net|azure\.cn)/secrets/)"
)
"""Where a credential is kept, in the stores of the three clouds: an address, not the credential."""

_FILE = re.compile(
    r"^(file:/|\.{0,2}/)(etc|var|run|mnt|opt|home|tmp|root|usr|data|secrets?|vault|app|config|models?|workspace)(/|$)"
)

_SHAPES = "|".join(
    (
        r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"
        r"(?s:.*?)(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|\Z)",
        r"(?<![\w-])sk-(?=[\w-]*\d)[\w-]{16,}",
        r"(?<!\w)hf_[A-Za-z0-9]{20,}",
        r"(?<!\w)api_org_[A-Za-z0-9]{20,}",
        r"(?<!\w)gh[pousr]_[A-Za-z0-9]{30,}",
        r"(?<!\w)github_pat_\w{22,}",
        r"(?<!\w)gl(?:pat|ptt|dt|rt)-[\w-]{20,}",
        r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![A-Za-z0-9])",
        r"(?<!\w)AIza[\w-]{35}",
        r"(?<!\w)ya29\.[\w-]{20,}",
        r"(?<!\w)xox[abeoprs]-[\w-]{10,}",
        r"https://hooks\.slack\.com/services/[\w/]+",
        r"(?<!\w)eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*",
        r"(?<!\w)nvapi-[\w-]{20,}",
        r"(?<!\w)npm_[A-Za-z0-9]{36}",
        r"(?<!\w)pypi-AgE[\w-]{40,}",
        r"(?<!\w)dapi[0-9a-f]{32}",
        r"(?<!\w)gsk_[A-Za-z0-9]{32,}",
        r"(?<!\w)r8_[A-Za-z0-9]{30,}",
        r"(?<!\w)hvs\.[\w-]{24,}",
        r"(?<!\w)SG\.[\w-]{16,}\.[\w-]{16,}",
        r"(?<!\w)lsv2_(?:pt|sk)_\w{20,}",
        r"(?<!\w)pcsk_\w{20,}",
        r"(?<!\w)xai-[A-Za-z0-9]{40,}",
    )
)
"""Compiled where the hint below says that there may be one: it is the longest to compile."""

_SHAPE_HINT = re.compile(
    r"PRIVATE KEY|sk-|hf_|api_org_|gh[pousr]_|github_pat_|gl(?:pat|ptt|dt|rt)-|AKIA|ASIA|AIza|"
    r"ya29\.|xox[abeoprs]-|hooks\.slack|eyJ|nvapi-|npm_|pypi-A|dapi|gsk_|r8_|hvs\.|SG\.|lsv2_|pcsk_|xai-"
)
_URL_PASSWORD = re.compile(r"(?<=://)([^\s/:@'\"<>]*):([^\s/@'\"<>]+)(?=@)")
_BEARER = re.compile(r"(?i)(?<=\bauthorization)([\"']?\s*[:=]\s*[\"']?(?:bearer|basic|token)\s+)([\w.~+/=-]{8,})")
_NAME_HINT = re.compile(r"(?i)pass|pwd|secret|token|key|credential|jwt|bearer|connection.?string|auth")
_LINE = re.compile(
    r"(?m)^([ \t]*(?:-[ \t]+)?[\"']?)([A-Za-z_][\w.-]*)([\"']?[ \t]*:[ \t]*[\"']?)"
    r"([^\s\"',]+)(?=[\"']?,?[ \t]*(?:#.*)?$)"
)
_JSON = re.compile(r"(\")([A-Za-z_][\w.-]*)(\"\s*:\s*\")((?:[^\"\\]|\\.)+)(?=\")")
_EQUALS = re.compile(r"(?<![\w.$-])()(--?[A-Za-z][\w.-]*|[A-Za-z_][\w.-]*)([ \t]*=(?!=)[ \t]*[\"']?)([^\s\"',;&|)]+)")
_OPTION = re.compile(r"(?<![\w-])()(--[A-Za-z][\w.-]*)([ \t]+[\"']?)(?!-)([^\s\"',;&|)]+)")
_HANDED_ON = re.compile(
    r"(?<![\w.$-])(--?[A-Za-z][\w.-]*(?=[= \t])|[A-Za-z_]\w*(?==))[ \t]*=?[ \t]*[\"']?\$\{?([A-Za-z_]\w*)\}?(?![\w(])"
)
_ASSIGNED = re.compile(r"(?<![\w.$-])()([A-Za-z_]\w*)(=[\"']?)([^\s\"',;&|)]+)")
_BASE64 = re.compile(r"(?<![\w+/.-])[A-Za-z0-9+/_-]{20,}={0,2}(?![\w+/=])")
_PRINTABLE = re.compile(r"[\x20-\x7e\s]*")
_URL_SAFE = str.maketrans("-_", "+/", "=")
_SHORTEST = 12
_SHORT = 100
_CODE = re.compile(r"[(\[]|^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$")


@lru_cache(maxsize=8192)
def names_secret(name: str) -> bool:
    """Whether a variable, option, key or field of this name holds a credential: "HF_TOKEN", "--api-key",
    "clientSecret".

    Names of things about credentials are not: "TOKEN_PATH", "secretName", "max_tokens", "tokenizer", "apiKeySecretKey".
    """
    if not _NAME_HINT.search(name) or name.startswith("checksum/"):
        return False
    words = [word.lower() for word in _WORD.findall(name)]
    while len(words) > 1 and (words[-1].isdigit() or words[-1] in _TRAILING):
        words.pop()
    if not words:
        return False
    last, before = words[-1], words[:-1]
    if last == "secret" and before and before[-1] in _REFERENCES - {"cookie"}:
        return False
    if before[-1:] == ["secret"] and last == "key" and len(before) > 1 and before[-2] in _REFERENCES:
        return False
    if last == "pass" and before and before[-1] in {"by", "two", "first", "forward"}:
        return False
    return last in _ALONE or " ".join(words[-2:]) in _PAIRS


def is_placeholder(value: str) -> bool:
    """Whether the text stands for a value that is given elsewhere: "$TOKEN", "<token>", "{{ .Values.key }}",
    "YOUR_KEY", "".
    """
    return _PLACEHOLDER.search(value.strip()) is not None


def is_secret(name: str, value: str) -> bool:
    """Whether `value`, standing at something called `name`, is or holds a credential that nobody should read.

    Placeholders, switches ("true"), paths of files and addresses in a store of secrets are not, whatever their name.
    """
    return conceal(name, value) != value


def conceal(name: str, text: str) -> str:
    """`text` with every credential in it emptied; unchanged when there is none.

    All of it when `name` says that it is one; else the known token shapes, private keys, passwords in URLs, and the
    values that the text itself assigns to such a name ("--api-key X", "password: X", "TOKEN=X"). JSON is read as JSON.
    """
    return _concealed(name, text) if len(text) > _SHORT else _remembered(name, text)


def _concealed(name: str, text: str) -> str:
    if names_secret(name) and _is_value(text):
        return ""
    if text.lstrip()[:1] in ("{", "[") and (_NAME_HINT.search(text) or _SHAPE_HINT.search(text)):
        concealed = _concealed_json(name, text)
        if concealed != text:
            return concealed
    if _SHAPE_HINT.search(text):
        text = re.sub(_SHAPES, "", text)
    text = _BASE64.sub(lambda found: "" if _encodes_secret(found[0]) else found[0], text)
    if "://" in text and "@" in text:
        text = _URL_PASSWORD.sub(lambda found: found[0] if is_placeholder(found[2]) else f"{found[1]}:", text)
    if not _NAME_HINT.search(text):
        return text
    text = _BEARER.sub(lambda found: found[0] if is_placeholder(found[2]) else found[1], text)
    for form in (_LINE, _JSON, _EQUALS, _OPTION):
        text = form.sub(_emptied, text)
    return _without_handed_on(text) if "$" in text else text


_remembered = lru_cache(maxsize=8192)(_concealed)
"""Manifests of one repository say much the same: three of four short texts have been asked about before."""


def _without_handed_on(text: str) -> str:
    """A script without the values of its variables that it hands on as credentials: "X=value; export HF_TOKEN=$X"."""
    names = {found[2] for found in _HANDED_ON.finditer(text) if names_secret(found[1])}

    def emptied(found: re.Match[str]) -> str:
        kept = found[2] not in names or not _is_value(found[4]) or _CODE.search(found[4])
        return found[0] if kept else f"{found[1]}{found[2]}{found[3]}"

    return _ASSIGNED.sub(emptied, text) if names else text


def _encodes_secret(text: str) -> bool:
    """Whether a text is Base64 of printable text with a credential in it. Other words decode to what is not printable."""
    try:
        decoded = base64.b64decode(
            text.translate(_URL_SAFE) + "=" * (-len(text.rstrip("=")) % 4), validate=True
        ).decode()
    except ValueError:
        return False
    return (
        len(decoded) >= _SHORTEST
        and decoded.isascii()
        and _PRINTABLE.fullmatch(decoded) is not None
        and conceal("", decoded) != decoded
    )


def _concealed_json(name: str, text: str) -> str:
    """JSON text with the credentials in it emptied, written anew where there are some; other text as it is."""
    try:
        value = json.loads(text)
        concealed = _within(name, value)
    except (ValueError, RecursionError):
        return text
    return text if concealed == value else json.dumps(concealed)


def named(mapping: Mapping[str, Any]) -> str:
    """What the "value" in a mapping is called by the "name" or "key" beside it; empty where nothing is."""
    lower = {key.lower(): value for key, value in mapping.items()} if "value" in map(str.lower, mapping) else {}
    called = lower.get("name", lower.get("key"))
    return called if isinstance(called, str) else ""


def _within(name: str, value: Any) -> Any:
    """A JSON value with the credentials in it emptied, whatever their type."""
    if isinstance(value, str):
        return conceal(name, value)
    if isinstance(value, dict):
        called = named(value)
        return {
            key: _within(called if key.lower() == "value" and called else key, below) for key, below in value.items()
        }
    if isinstance(value, list):
        return [_within(name, below) for below in value]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return "" if number and names_secret(name) else value


def _emptied(found: re.Match[str]) -> str:
    lead, name, link, value = found.groups()
    kept = (
        not names_secret(name)
        or not _is_value(value)
        or _CODE.search(value)
        or value.lower() == name.rpartition(".")[2].lower()
    )
    return found[0] if kept else f"{lead}{name}{link}"


def _is_value(value: str) -> bool:
    value = value.strip()
    elsewhere = is_placeholder(value) or _FILE.search(value) or _ADDRESS.search(value)
    return not (elsewhere or value.lower() in _NOT_VALUES)
