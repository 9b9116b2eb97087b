"""Facts of an agent's configuration: the tool servers (MCP) that it starts or calls, and what it may do without asking a person."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import TypedDict


class Package(TypedDict):
    """A package or image that a launcher fetches and runs. `version` is as written, `path` where in the file it stands.

    `pin`: "exact" (one version of a registry), "digest", "commit", "tag" (an image's, which can move), "moving" (a range, a branch or
    a word such as latest), "none", or "unknown" (a variable stands in it).
    """

    ecosystem: Literal["npm", "pypi", "oci", "jsr", "go", "nuget", "git", "url"]
    name: str
    version: NotRequired[str]
    pin: Literal["exact", "digest", "commit", "tag", "moving", "none", "unknown"]
    path: list[str | int]


class Address(TypedDict):
    """A URL at which a server is reached, or that it is handed. `host` is absent, and `scheme` "unknown", where a variable stands there.

    `loopback`: the host is this machine, by its name or number.
    """

    path: list[str | int]
    scheme: Literal["https", "http", "wss", "ws", "unknown"]
    host: NotRequired[str]
    loopback: bool


class Value(TypedDict):
    """A value that is handed over: an environment variable, a header, an argument, a URL, the default of an input, or of another
    setting. Never its text.

    `holds`: "credential" (one stands there literally), "reference" (to a variable or an input), "other", or "unknown" (what stands
    there is not written as such values are).
    """

    path: list[str | int]
    place: Literal["env", "header", "argument", "url", "input", "setting"]
    name: str
    holds: Literal["credential", "reference", "other", "unknown"]


class Grant(TypedDict):
    """A part of the machine that is given away: a directory, a container runtime's socket, or a switch that lifts isolation.

    `extent`: "all" (the root, or the whole machine), "home" (everybody's or somebody's), "part", or "unknown".
    """

    path: list[str | int]
    what: Literal["directory", "socket", "privileged", "namespace"]
    target: str
    extent: Literal["all", "home", "part", "unknown"]


class Tool(TypedDict):
    """A tool by the name that stands there, which may be a pattern; `words` are those in it, in lower case: sendMail is send, mail."""

    name: str
    words: list[str]
    path: list[str | int]


class McpServer(TypedDict):
    """One server. `path` is where it stands; `enabled` is false where the file itself switches it off.

    `started`: by a launcher from a "package" or an "image", as a program of the repository ("own"), not at all ("remote"), or
    "unknown": installed beforehand, a shell's line, or what no reader knows. `packages` are those that the launcher fetches.
    `unasked` are tools that run without asking, `trusted` says that all do; `offered` those that the agent is offered, where that is said.
    `confined`: what says in the file which part of the machine it may touch: the "roots" of a file system server, the options of a
    "container", or nothing ("no"): then it may do what its user may.
    """

    id: str
    path: list[str | int]
    enabled: bool
    transport: Literal["stdio", "http", "sse", "ws", "unknown"]
    started: Literal["package", "image", "own", "remote", "unknown"]
    command: NotRequired[str]
    packages: list[Package]
    addresses: list[Address]
    values: list[Value]
    confined: Literal["roots", "container", "no"]
    grants: list[Grant]
    unasked: list[Tool]
    trusted: bool
    offered: list[Tool]


class Rule(TypedDict):
    """A permission rule. `about`: a "shell" command, a tool of an "mcp" server, another "tool", "any", or "unknown" (not understood).

    `prefix` is what a shell command must begin with, and `open` whether more may follow; both are for shell commands only. `server` and
    `words` are for tools of a server; `whole` when the rule is about all of them.
    """

    path: list[str | int]
    effect: Literal["allow", "ask", "deny"]
    text: str
    about: Literal["shell", "mcp", "tool", "any", "unknown"]
    prefix: NotRequired[str]
    open: NotRequired[bool]
    server: NotRequired[str]
    whole: NotRequired[bool]
    words: NotRequired[list[str]]


class Mode(TypedDict):
    """How calls are approved that no rule is about, by the client's word for it; "default" where nothing is said.

    `asks`: "each" (before each call), "edits" (all but edits of files), "never" (a person is not asked), or "unknown".
    """

    path: list[str | int]
    name: str
    asks: Literal["each", "edits", "never", "unknown"]


class Approval(TypedDict):
    """What the agent may do without asking. `every_server`: servers that a repository brings along are started unasked."""

    path: list[str | int]
    mode: Mode
    rules: list[Rule]
    every_server: bool
    directories: list[Grant]


class Recorder(TypedDict):
    """Something that is told of tool calls: a hook or the telemetry. `on` is its event.

    `covers`: "all" tools, "some", or "unknown" where it is written as no such thing is.
    """

    path: list[str | int]
    by: Literal["hook", "telemetry"]
    on: str
    covers: Literal["all", "some", "unknown"]


class Trail(TypedDict):
    """Who is told of tool calls. `off`: the file switches hooks off."""

    path: list[str | int]
    off: bool
    recorders: list[Recorder]


class AgentFacts(TypedDict):
    """`input.facts` of a document of kind agent. `id` is the file's path.

    `approval` is absent in a file that only lists servers ("mcp"); `trail` too in "vscode" and "cursor", which have no place for it.
    `values` are those of the file itself: the agent's own environment, and inputs.
    """

    id: str
    format: Literal["mcp", "claude_code", "gemini_cli", "vscode", "cursor"]
    servers: list[McpServer]
    values: list[Value]
    approval: NotRequired[Approval]
    trail: NotRequired[Trail]
