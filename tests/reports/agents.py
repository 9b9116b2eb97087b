"""What build agents and services read in a log or a report, written from their documentation and, for the agents, from how their own
parsers take a line apart.

Sources: GitHub Docs, "Workflow commands"; actions/runner, ActionCommand.cs; Microsoft Learn, "Logging commands";
microsoft/azure-pipelines-agent, Command.cs and docs/design/percentEncoding.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NAME = re.compile("[A-Za-z-]+")
"""The runner carries out only commands that it knows, and these have such names."""


@dataclass(frozen=True)
class Command:
    """One command that an agent would carry out."""

    name: str
    data: str
    properties: dict[str, str] = field(default_factory=dict)


def github_commands(log: str) -> list[Command]:
    """`::name key=value,key=value::data`, first thing in a line but for white space; or the older `##[name]`, anywhere in it."""
    found = []
    for line in log.splitlines():
        head, closed, data = line.lstrip().removeprefix("::").partition("::")
        if line.lstrip().startswith("::") and closed:
            name, _, listed = head.partition(" ")
            if not NAME.fullmatch(name):
                continue
            properties = dict(pair.split("=", 1) for pair in listed.strip().split(",") if "=" in pair)
            decoded = {key: decode(value, "%0D", "%0A", "%3A", "%2C") for key, value in properties.items()}
            found.append(Command(name, decode(data, "%0D", "%0A"), decoded))
        elif "##[" in line and "]" in line.partition("##[")[2]:
            found.append(Command(line.partition("##[")[2].partition("]")[0], line.partition("]")[2]))
    return found


def azure_commands(log: str) -> list[Command]:
    """`##vso[area.action key=value;key=value;]data`, anywhere in a line; characters that are not visible may stand in between."""
    found = []
    for line in log.splitlines():
        seen = "".join(c for c in line if c.isprintable())
        head, closed, data = seen.partition("##vso[")[2].partition("]")
        if closed:
            name, _, listed = head.partition(" ")
            pairs = dict(pair.split("=", 1) for pair in listed.split(";") if "=" in pair)
            found.append(Command(name, azure_decode(data), {key: azure_decode(value) for key, value in pairs.items()}))
    return found


def decode(text: str, *codes: str) -> str:
    """GitHub's: each code for its character, and the percent sign last."""
    for code in codes:
        text = text.replace(code, chr(int(code[1:], 16)))
    return text.replace("%25", "%")


def azure_decode(text: str) -> str:
    """Azure's, whose percent sign has a code of its own."""
    for code in ("%3B", "%0D", "%0A", "%5D"):
        text = text.replace(code, chr(int(code[1:], 16)))
    return text.replace("%AZP25", "%")
