"""What a server's command starts: packages that a launcher fetches, an image, a program of the repository, or nobody can tell.

A launcher that is not known, an option of which nobody knows whether it takes a value, and a line for a shell give "unknown": what is
run then stands elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from policyctl.collectors.agent import options, specifications
from policyctl.collectors.agent.options import Options, Read
from policyctl.collectors.agent.specifications import Ecosystem
from policyctl.model.facts.agent import Package

Started = Literal["package", "image", "own", "remote", "unknown"]
Arguments = Sequence[str]
Place = list[str | int]

_INTERPRETERS: Final = frozenset(
    {"node", "python", "python3", "bun", "tsx", "ts-node", "ruby", "php", "bash", "sh", "zsh", "pwsh"}
)
_SCRIPT: Final = re.compile(r"\.(?:[cm]?[jt]sx?|py|rb|php|phar|sh|ps1)$")


@dataclass(frozen=True, slots=True)
class Launch:
    """How a server is started. `run` are the options of a container runtime's run, `after` the index of the program's first argument."""

    started: Started
    packages: tuple[Package, ...] = ()
    run: Read | None = None
    after: int = 0
    names: tuple[str, ...] = field(default=())


UNKNOWN: Final = Launch("unknown")


def launch(command: str, arguments: Arguments, path: Place) -> Launch:
    """What `command` with these arguments starts. `path` leads to the list of arguments."""
    return _launch(_base(command), command, arguments, path, 0)


def _base(command: str) -> str:
    name = re.split(r"[/\\]", command.strip())[-1].lower()
    return re.sub(r"\.(?:exe|cmd|bat)$", "", name)


def _launch(name: str, command: str, arguments: Arguments, path: Place, start: int) -> Launch:
    rest = arguments[start : start + 2]
    if name == "cmd" and rest and rest[0].lower() == "/c":
        return _nested(arguments, path, start + 1)
    if name == "env":
        while start < len(arguments) and re.match(r"[A-Za-z_]\w*=", arguments[start]):
            start += 1
        return _nested(arguments, path, start)
    if name in ("docker", "podman", "nerdctl"):
        return _container(arguments, path, start)
    for called, first, ways in _LAUNCHERS:
        if name in called and (not first or list(rest[:1]) in [[one] for one in first]):
            return ways(arguments, path, start + bool(first))
    if name == "uv":
        return _uv(arguments, path, start)
    if name in _INTERPRETERS:
        return _interpreted(arguments, start)
    if specifications.is_path(command) and specifications.is_own(command):
        return Launch("own")
    return UNKNOWN


def _nested(arguments: Arguments, path: Place, start: int) -> Launch:
    if start >= len(arguments):
        return UNKNOWN
    command = arguments[start]
    return _launch(_base(command), command, arguments, path, start + 1)


def _fetched(ecosystem: Ecosystem, known: Options, naming: Sequence[str]) -> Callable[[Arguments, Place, int], Launch]:
    """A launcher whose first argument is the package, unless options of these names say which it is. `--with` adds others."""

    def way(arguments: Arguments, path: Place, start: int) -> Launch:
        read = options.read(known, arguments, start=start)
        if not read.known or (any(read.values("-c", "--call")) and ecosystem == "npm"):
            return UNKNOWN
        named = list(read.values(*naming))
        after = read.rest + 1
        if not named:
            if read.rest >= len(arguments):
                return UNKNOWN
            named = [(arguments[read.rest], read.rest)]
        named += list(read.values("--with"))
        versions = list(read.values("--version"))
        texts = [
            (f"{text}@{versions[0][0]}" if versions and ecosystem == "nuget" else text, index) for text, index in named
        ]
        return _of(ecosystem, texts, path, after)

    return way


def _of(ecosystem: Ecosystem, texts: Sequence[tuple[str, int]], path: Place, after: int) -> Launch:
    """The launch of these packages; a path among them is a program of one's own, where it leads into the repository."""
    packages = []
    names = []
    for text, index in texts:
        if specifications.is_path(text):
            if not specifications.is_own(text):
                return UNKNOWN
            continue
        found = specifications.package(ecosystem, text, [*path, index])
        if found is None:
            return UNKNOWN
        packages.append(found)
        names.append(found["name"])
    return Launch("package" if packages else "own", tuple(packages), after=after, names=tuple(names))


def _deno(arguments: Arguments, path: Place, start: int) -> Launch:
    index = next((i for i in range(start, len(arguments)) if not arguments[i].startswith("-")), None)
    if index is None or any(one in ("-c", "--config", "--import-map", "--cert") for one in arguments[start:index]):
        return UNKNOWN
    text = arguments[index]
    for scheme in ("npm", "jsr"):
        if text.startswith(f"{scheme}:"):
            bare = text.removeprefix(f"{scheme}:").lstrip("/")
            return _of("npm" if scheme == "npm" else "jsr", [(bare, index)], path, index + 1)
    if text.startswith(("https://", "http://")):
        return _of("npm", [(text, index)], path, index + 1)
    return Launch("own", after=index + 1) if specifications.is_own(text) and _SCRIPT.search(text) else UNKNOWN


def _go(arguments: Arguments, path: Place, start: int) -> Launch:
    read = options.read(options.GO, arguments, start=start)
    if not read.known or read.rest >= len(arguments):
        return UNKNOWN
    text = arguments[read.rest]
    if "@" not in text:
        # Without a version go.mod says which it is, as for the packages of one's own.
        return (
            Launch("own", after=read.rest + 1)
            if specifications.is_own(text) and not any(read.values("-C"))
            else UNKNOWN
        )
    return _of("go", [(text, read.rest)], path, read.rest + 1)


def _uv(arguments: Arguments, path: Place, start: int) -> Launch:
    """`uv run`: a program of a project, whose lock file says what it needs; and what `--with` adds."""
    outer = options.read(options.UV, arguments, start=start)
    if not outer.known or list(arguments[outer.rest : outer.rest + 1]) != ["run"]:
        if outer.known and list(arguments[outer.rest : outer.rest + 2]) == ["tool", "run"]:
            return _UVX(arguments, path, outer.rest + 2)
        return UNKNOWN
    inner = options.read(options.UV, arguments, start=outer.rest + 1)
    folders = [value for read in (outer, inner) for value, _ in read.values("--directory", "--project")]
    if not inner.known or not all(map(specifications.is_own, folders)) or inner.rest >= len(arguments):
        return UNKNOWN
    return _of("pypi", list(inner.values("--with")), path, inner.rest + 1)


def _interpreted(arguments: Arguments, start: int) -> Launch:
    """A script that an interpreter is given. With options before it, something else may be run."""
    if start >= len(arguments) or arguments[start].startswith("-"):
        return UNKNOWN
    script = arguments[start]
    return Launch("own", after=start + 1) if _SCRIPT.search(script) and specifications.is_own(script) else UNKNOWN


def _dotnet(arguments: Arguments, _path: Place, start: int) -> Launch:
    """`dotnet run --project FOLDER`: a program of the repository."""
    given = list(arguments[start:])
    folder = given[given.index("--project") + 1 : given.index("--project") + 2] if "--project" in given else ["."]
    return Launch("own", after=len(arguments)) if folder and specifications.is_own(folder[0]) else UNKNOWN


def _container(arguments: Arguments, path: Place, start: int) -> Launch:
    if list(arguments[start : start + 2]) == ["container", "run"]:
        start += 1
    if list(arguments[start : start + 1]) != ["run"]:
        return Launch("unknown", run=Read((), start, known=False))
    read = options.read(options.RUN, arguments, clusters=True, start=start + 1)
    if not read.known or read.rest >= len(arguments):
        return Launch("unknown", run=read)
    found = specifications.image(arguments[read.rest], [*path, read.rest])
    if found is None:
        return Launch("unknown", run=read)
    return Launch("image", (found,), run=read, after=read.rest + 1, names=(found["name"],))


_NPX: Final = _fetched("npm", options.NPX, ("-p", "--package"))
_UVX: Final = _fetched("pypi", options.UV, ("--from",))
_DNX: Final = _fetched("nuget", options.DNX, ())
_LAUNCHERS: Final[Sequence[tuple[tuple[str, ...], tuple[str, ...], Callable[[Arguments, Place, int], Launch]]]] = (
    (("npx", "bunx", "pnpx"), (), _NPX),
    (("npm",), ("exec", "x"), _NPX),
    (("bun",), ("x",), _NPX),
    (("pnpm", "yarn"), ("dlx",), _NPX),
    (("uvx",), (), _UVX),
    (("pipx",), ("run",), _fetched("pypi", options.PIPX, ("--spec",))),
    (("deno",), ("run",), _deno),
    (("go",), ("run",), _go),
    (("dnx",), (), _DNX),
    (("dotnet",), ("run",), _dotnet),
)
"""A launcher's names, the words that must come first, and how its arguments are read."""
