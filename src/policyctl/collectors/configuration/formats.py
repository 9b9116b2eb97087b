"""Which of Conftest's formats a file is in: told by its name, as Conftest tells it, or named with --parser."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Final

from policyctl.collectors.configuration.assignments import read_dotenv, read_properties
from policyctl.collectors.configuration.cyclonedx.reading import read_cyclonedx
from policyctl.collectors.configuration.dockerfile import read_dockerfile
from policyctl.collectors.configuration.hcl import read_hcl
from policyctl.collectors.configuration.ini import read_ini
from policyctl.collectors.configuration.notations import (
    read_json,
    read_jsonc,
    read_toml,
    read_yaml,
)
from policyctl.collectors.configuration.parsed import Parsed
from policyctl.collectors.configuration.spdx import read_spdx
from policyctl.collectors.configuration.xml import read_xml

READERS: Final[Mapping[str, Callable[[str, str], Parsed]]] = {
    "json": read_json,
    "jsonc": read_jsonc,
    "yaml": read_yaml,
    "toml": read_toml,
    "ini": read_ini,
    "hcl2": read_hcl,
    "dockerfile": read_dockerfile,
    "dotenv": read_dotenv,
    "xml": read_xml,
    "properties": read_properties,
    "cyclonedx": read_cyclonedx,
    "spdx": read_spdx,
}
"""The formats that are read, by Conftest's names for them."""

UNREAD: Final = frozenset("cue edn groovy hcl1 hocon jsonnet nginx textproto vcl codeowners ignore".split())
"""The others."""

PASSED_OVER: Final = frozenset(("codeowners", "ignore"))
"""Of these, the lists for other tools that every repository has: in a folder they are no error."""

_SUFFIXES: Final = {
    **{name: name for name in (*READERS, *UNREAD)},
    "yml": "yaml",
    "hcl": "hcl2",
    "tf": "hcl2",
    "tfvars": "hcl2",
    "env": "dotenv",
    "gitignore": "ignore",
    "dockerignore": "ignore",
    "textpb": "textproto",
}
_NAMES: Final = {"dockerfile": "dockerfile", ".env": "dotenv", "jenkinsfile": "groovy"}
_WHOLE: Final = {"nginx.conf": "nginx", "codeowners": "codeowners"}


def format_of(path: str) -> str:
    """Conftest's name of a file's format; empty where it has none. Standard input is YAML, which JSON is too."""
    if path == "-":
        return "yaml"
    name = os.path.basename(path).lower()
    if name in _WHOLE:
        return _WHOLE[name]
    for begin, format in _NAMES.items():
        if name == begin or name.startswith(f"{begin}."):
            return format
    return _SUFFIXES.get(name.rpartition(".")[2], "") if "." in name else ""
