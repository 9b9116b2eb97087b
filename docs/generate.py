"""Writes what the documents show from the program itself: the references of commands, controls and facts, the output under each
`$ command`, the list of decisions.

    python docs/generate.py            writes
    python docs/generate.py --check    names what would be written anew, exit code 1 if there is anything

The commands of one document run in order, by bash, in a fresh copy of examples/ with a home of its own. A fence with `title="FILE"`
is a file that is put there first. Days, times, digests and ids differ in every run and are not compared.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import libraries
import references

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
REFERENCE = ROOT / "docs" / "cli.md"
CONTROLS = ROOT / "docs" / "controls.md"
FACTS = ROOT / "docs" / "facts.md"
LIBRARIES = ROOT / "docs" / "rego-libraries.md"
INDEX = ROOT / "docs" / "index.md"
WIDTH = "80"

_HEAD = """\
# Command reference

What each command's `--help` says. Written by `make docs`; a test compares it with the program.
"""
_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_NEXT = "\x1e"
_FAILED = re.compile(r"^(Traceback.*|.*internal error.*|.*command not found.*)$", re.MULTILINE)
_VOLATILE = (
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "ID"),
    (re.compile(r"\b\d{4}-\d\d-\d\d(T[\d:.]+)?Z?\b"), "TIME"),
    (re.compile(r"\b\d+(\.\d+)? (s|ms|bytes)\b|(?<=\"duration_ms\": )[\d.]+"), "NUMBER"),
    (re.compile(r"\b[0-9a-f]{12,64}\b"), "DIGEST"),
    (re.compile(r"[0-9A-Za-z+/]{40,}=*"), "BASE64"),
    (re.compile(r"OPA \d+\.\d+\.\d+"), "OPA"),
    (re.compile(r"\s+"), " "),
)


def reference() -> str:
    """docs/cli.md: a section for each command, in the order in which the program lists them."""
    sections = [
        f"## {' '.join(words)}\n\n```text\n{_help(words)}```\n"
        for words in _commands(("policyctl",), _help(("policyctl",)))
    ]
    return "\n".join([_HEAD, *sections])


def index(text: str) -> str:
    """docs/index.md with a link to each decision, under its title, at the end."""
    found = sorted(
        (path.read_text().partition("\n")[0].lstrip("# "), path.name) for path in (ROOT / "docs/decisions").glob("*.md")
    )
    before, _, _ = text.partition("\n- [")
    return before + "".join(f"\n- [{title}](decisions/{name})" for title, name in found) + "\n"


def refreshed(text: str, home: Path) -> str:
    """A document with the output of its console blocks as it is now; a block that says the same is left alone."""
    blocks = _CONSOLE.findall(text)
    commands = [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    if not commands:
        return text
    outputs = iter(_outputs(commands, dict(_FILE.findall(text)), home))

    def anew(match: re.Match[str]) -> str:
        shown = [line for line in match[1].splitlines() if line.startswith("$ ")]
        block = "".join(f"{line}\n{next(outputs)}" for line in shown)
        return match[0] if comparable(block) == comparable(match[1]) else f"```console\n{block}```"

    return _CONSOLE.sub(anew, text)


def comparable(text: str) -> str:
    """A text without what differs in every run."""
    for pattern, word in _VOLATILE:
        text = pattern.sub(word, text)
    return text.strip()


def _commands(words: tuple[str, ...], told: str) -> Iterator[tuple[str, ...]]:
    yield words
    _, _, listed = told.partition("\nCommands:\n")
    for name in re.findall(r"^  ([a-z-]+)  ", listed, re.MULTILINE):
        below = (*words, name)
        yield from _commands(below, _help(below))


def _help(words: tuple[str, ...]) -> str:
    command = [str(Path(sys.executable).parent / words[0]), *words[1:], "--help"]
    return subprocess.run(
        command, env={**os.environ, "COLUMNS": WIDTH}, capture_output=True, text=True, check=True
    ).stdout


def _outputs(commands: list[str], files: dict[str, str], home: Path) -> list[str]:
    folder = home / "examples"
    shutil.copytree(ROOT / "examples", folder)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    script = "exec 2>&1\n" + "".join(f"printf '{_NEXT}'\n{command}\n" for command in commands)
    cache = os.environ.get("POLICYCTL_CACHE") or Path(
        os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "policyctl"
    )
    environment = {
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "HOME": str(home),
        "USER": "alex",
        "LANG": "C.UTF-8",
        "POLICYCTL_CACHE": str(cache),
    }
    run = subprocess.run(
        [shutil.which("bash") or "/bin/bash", "-c", script],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        check=False,
    )
    outputs = run.stdout.decode().replace(str(home), "~").split(_NEXT)[1:]
    for command, output in zip(commands, outputs, strict=True):
        if failed := _FAILED.search(output):
            raise SystemExit(f"{command}: {failed[0]}")
    return [output if output.endswith("\n") or not output else f"{output}\n" for output in outputs]


def main(arguments: list[str]) -> int:
    """The program."""
    written = {
        REFERENCE: reference(),
        CONTROLS: references.controls(),
        FACTS: references.facts(),
        LIBRARIES: libraries.libraries(),
    }
    found = {path: path.read_text() for path in {*DOCUMENTS, *written} if path.is_file()}
    for path, text in sorted(found.items()):
        if path in written:
            continue
        with tempfile.TemporaryDirectory() as home:
            written[path] = refreshed(text, Path(home).resolve())
    written[INDEX] = index(found[INDEX])
    stale = [path for path, text in written.items() if found.get(path, "") != text]
    for path in stale:
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
        if "--check" not in arguments:
            path.write_text(written[path])
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
