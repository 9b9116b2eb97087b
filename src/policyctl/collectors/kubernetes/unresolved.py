"""What of a command line cannot be told from the manifest: words that may be any options, files of settings, scripts.

A variable behind an option is taken for its value, so that "--port $(PORT)" says nothing bad; in a script without
quotes it may be several words, and then it is not. Source: the settings files of vLLM, SGLang, TensorRT-LLM, Dynamo and
TensorFlow Serving, which may hold any option, or the names of the models.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from policyctl.collectors.kubernetes.fields import dotted
from policyctl.collectors.kubernetes.options import Word, options
from policyctl.collectors.kubernetes.vocabulary import names
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import Container

_ASIDE = names(
    "echo printf mkdir rmdir cd ls cat sleep test [ [[ set unset touch cp mv rm chmod chown ln wget curl git apt apt-get "
    "apk yum pip pip3 kubectl grep sed awk cut tr head tail tee sort wc date hostname ulimit sysctl trap exit return "
    "break continue wait kill true false : if then else elif fi while until for do done case esac in nvidia-smi df du "
    "unzip tar gsutil gcloud aws az s5cmd rclone rsync find stat pwd uname whoami id read shift tput nc dig nslookup "
    "getent ip ping export local declare readonly typeset"
)
_LEADS = names("then else elif do ! { if while until time nohup sudo exec")
_SWITCH = re.compile(r"--?(?:no|enable|disable|skip|use|trust|allow|enforce|return|with|without|log)[-_]")
_ELEMENT = re.compile(r"\w+\[.*\]=")
_SHELLS = names("sh bash dash ash zsh ksh")
_VERBS = names("serve run pull download -m -c exec")
_SETTINGS = names("config config-file extra-llm-api-options extra-engine-args model-config-file args-file")


def unresolved(line: list[Word], called: Callable[[Path], str] = dotted) -> Iterator[str]:
    """Why the options of a command line are not all known, in words, one reason a place; nothing where they are.

    `called` says a place in words.
    """
    found: dict[str, list[str]] = {}
    for command in _commands(line):
        for before, word in zip([None, *command], command, strict=False):
            if word.unresolved and (word.several or not _is_value(before, word)):
                found.setdefault(called(word.path), []).append(word.text[:80])
        if script := _unseen_script(command):
            yield f"{called(script.path)} runs a script that is not read here: {script.text[:80]!r}"
    for place, texts in found.items():
        more = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
        yield f"{place} takes arguments from elsewhere: {texts[0]!r}{more}"
    for option in options(line):
        if option.name in _SETTINGS and option.value:
            yield f"{called(option.path)} takes settings from a file: {option.value[:80]!r}"


def unseen_scripts(line: list[Word]) -> Iterator[Word]:
    """The words of a command line that stand for shell scripts of which nobody sees the text."""
    for command in _commands(line):
        if script := _unseen_script(command):
            yield script


def reads_unseen_variables(container: Container) -> Iterator[str]:
    """Why variables of a container are not all known, in words: those of servers are options under other names."""
    for held, kind in ((container["env_from_config_maps"], "ConfigMap"), (container["env_from_secrets"], "Secret")):
        if held:
            yield f"{dotted(tuple(container['path']))}.envFrom takes variables from a {kind}"


def _commands(line: list[Word]) -> Iterator[list[Word]]:
    """The commands of a line, without those that run no server."""
    command: list[Word] = []
    for word in line:
        if word.first:
            yield from _unless_aside(command)
            command = []
        command.append(word)
    yield from _unless_aside(command)


def _unless_aside(command: list[Word]) -> Iterator[list[Word]]:
    start = next((index for index, word in enumerate(command) if word.text not in _LEADS), len(command))
    program = command[start].text if start < len(command) else "true"
    if program.rpartition("/")[2] not in _ASIDE and not _ELEMENT.match(program):
        yield command[start:]


def _unseen_script(command: list[Word]) -> Word | None:
    """The word that stands for commands of which nobody sees the text: a file of a shell, or what is piped into one."""
    program, follows = command[0], command[1] if len(command) > 1 else None
    name = program.text.rpartition("/")[2]
    if name in {".", "source"}:
        return follows if follows and not follows.text.endswith("/activate") else None
    if name in _SHELLS:
        reads = follows is None or not follows.text.startswith("-")
        return follows or program if reads else None
    return program if name.endswith((".sh", ".bash")) else None


def _is_value(before: Word | None, word: Word) -> bool:
    if word.text.startswith("-"):
        return "=" in re.split(r"\$|\{\{", word.text)[0]
    if before is None:
        return False
    option = before.text.startswith("-") and "=" not in before.text and not _SWITCH.match(before.text)
    return before.text in _VERBS or option
