"""Configurations of agents: the tool servers (MCP) that a client starts or calls, and what an agent may do unasked.

Facts written: `policyctl.model.facts.agent`. A file is one subject; its servers are resources. Read are lists of servers
(`.mcp.json`, `mcp.json` of VS Code and Cursor, `claude_desktop_config.json`, those of Cline, Roo Code and Copilot) and settings of
Claude Code, Gemini CLI, Cursor's command line and VS Code. Configurations in YAML and TOML are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policyctl.collectors.agent.recognition import format_of
from policyctl.model.content import Content
from policyctl.model.document import Collected, Input, Kind, Location, Path
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

if TYPE_CHECKING:
    from policyctl.model.facts.agent import AgentFacts


class AgentCollector:
    """Reads configurations of agents."""

    kind: Kind = "agent"

    def recognises(self, content: Content) -> bool:
        """Told by a list of servers, or as settings by the place and the words of their program."""
        return format_of(content) is not None

    def collect(self, contents: Sequence[Content]) -> Iterator[Input]:
        """One configuration a content; skipped where it lists no server and is no settings, an error where it is broken."""
        for content in contents:
            try:
                yield self._input(content)
            except InputError as error:
                yield Input(content.path, "error", self.kind, error.message, error.hint)

    def _input(self, content: Content) -> Input:
        format = format_of(content)
        if format is None:
            raise InputError(
                f"{printable(content.path)}: not an agent's configuration",
                hint="understood are lists of MCP servers as JSON, and settings of Claude Code, Gemini CLI, Cursor and VS Code",
            )
        # What reads them is imported when there are some.
        from policyctl.collectors.agent.reading import read_facts

        facts = read_facts(content, format)
        if format == "mcp" and not facts["servers"]:
            message = f"{printable(content.path)}: this configuration lists no server"
            return Input(
                content.path, "skipped", self.kind, message, "there is nothing in it to decide about: leave it out"
            )
        return Input(content.path, "decided", self.kind, subjects=(self._collected(content, facts),))

    def _collected(self, content: Content, facts: AgentFacts) -> Collected:
        def locate(_resource: str, path: Path) -> Location:
            return Location(content.path, content.line_of(0, path) or 1)

        return Collected(
            kind=self.kind,
            subject={"id": content.path, "path": content.path},
            facts=facts,
            sources=({"path": content.path, "sha256": content.sha256},),
            locate=locate,
        )
