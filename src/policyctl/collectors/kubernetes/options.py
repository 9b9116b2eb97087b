"""Options on command lines: in `command` and `args`, in the shell scripts inside them, and in variables such as
VLLM_ADDITIONAL_ARGS.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policyctl.collectors.kubernetes.shell import Values, pieces
from policyctl.model.document import Path
from policyctl.model.facts.kubernetes import EnvVar, Program

_BLANK = re.compile(r"\s")
_CARRIER = re.compile(
    r"(?i)(?!java|jvm|jdk|node_|maven|gradle|catalina)(?:.*_)?(args|arguments|opts|options|flags|params|cmd|command)$"
)
_REFERENCE = re.compile(r"(?<!\$)\$\(([A-Za-z_.][\w.-]*)\)")
_MENTIONED = re.compile(r"\$[({]?([A-Za-z_]\w*)")
_UNKNOWN = re.compile(r"\$[({A-Za-z_]|\{\{")
_STRUCTURE = re.compile(r"\s*\{(?!\{)|--?[\w.-]+=\s*[{\[](?!\{)")
_QUOTED_OPTION = re.compile(r"['\"\\]*-[^=]*['\"\\]")
_RUNS = re.compile(r"-[A-Za-z]*[ce]|--eval")
_INTERPRETERS = re.compile(r"(?:.*/)?(?:python[\d.]*|node|perl|ruby)")
_SHELLS = re.compile(r"(?:.*/)?(?:ba|da|a|z|k)?sh")
_GIVEN = re.compile(
    r"LWS_\w+|PET_\w+|KUBERNETES_SERVICE_(?:HOST|PORT)|JOB_COMPLETION_INDEX|HOSTNAME|HOME|PWD|MASTER_ADDR|MASTER_PORT|"
    r"(?:LOCAL_|NODE_)?(?:RANK|WORLD_SIZE)"
)
"""Variables that Kubernetes, the shell and the operators of distributed workloads set to one word."""
_ABBREVIATED = ("revision", "model-revision", "tokenizer-revision", "code-revision")
_DEEPEST_REFERENCE = 4
_LONGEST = 262_144


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a command line and where it stands; `first` where a new command begins.

    `unresolved` where a part of it comes from elsewhere, `several` where that part may be more than one word. `choice`
    where it is one of several that a script may use, or where its place among the others is not known.
    """

    text: str
    path: Path
    first: bool = False
    unresolved: bool = False
    several: bool = False
    choice: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """An option with its value.

    `name` is lower case, without dashes in front, "-" for "_"; `value` is None for a mere switch.

    `path` is where the option stands, `at` where its value does; `choice` as in `Word`.
    """

    name: str
    written: str
    value: str | None
    path: Path
    at: Path
    choice: bool = False


def words(container: Program, arguments: Sequence[tuple[Path, str]]) -> list[Word]:
    """The words of a container's command line, scripts taken apart, then those of its argument-carrying variables.

    Variables are filled in, by Kubernetes' rules and in scripts by the shell's.
    """
    variables = {variable["name"]: variable for variable in container["env"]}
    known = {name: values for name, variable in variables.items() if (values := _values(variable, variables))}
    for _, text in arguments:
        given = (name for name in _MENTIONED.findall(text) if _GIVEN.fullmatch(name) and name not in variables)
        known.update((name, (f"${{{name}}}",)) for name in given)
    found: list[Word] = []
    for index, (path, text) in enumerate(arguments):
        found.extend(_argument(arguments[:index], path, _filled(text, variables), known, variables))
    mentioned = {name for _, text in arguments for name in _MENTIONED.findall(text)}
    for name, variable in variables.items():
        if not _CARRIER.fullmatch(name) or name in mentioned:
            continue
        if value := variable.get("value"):
            carried = _script(_filled(value, variables), (*variable["path"], "value"), known, {})
            found.extend(replace(word, choice=True) for word in carried)
        elif variable["source"] in {"config_map", "secret", "field"}:
            found.append(Word(f"$({name})", tuple(variable["path"]), first=True, unresolved=True, several=True))
    return found


def split(text: str, path: Path) -> list[Word]:
    """The words of a shell script, commands kept apart, quotes taken off."""
    return _script(text, path, {}, {})


def options(line: Iterable[Word]) -> Iterator[Option]:
    """The options among words: "--a=b", "--a b", "-a b" and switches."""
    waiting: Word | None = None
    for word in line:
        if waiting is not None:
            if not word.first and not _is_option(word.text):
                yield _option(waiting, waiting.text, word.text, word.path)
                waiting = None
                continue
            yield _option(waiting, waiting.text, None, waiting.path)
            waiting = None
        if _is_option(word.text):
            name, equals, value = word.text.partition("=")
            if equals:
                yield _option(word, name, value, word.path)
            else:
                waiting = word
    if waiting is not None:
        yield _option(waiting, waiting.text, None, waiting.path)


def listed(line: Iterable[Word], called: frozenset[str]) -> Iterator[tuple[str, str, Path]]:
    """The values of options that take several words: the option's name, each value, and where it stands."""
    name = ""
    for word in line:
        if word.first or _is_option(word.text):
            name = ""
        if _is_option(word.text):
            option = _option(word, *word.text.partition("=")[::2], word.path)
            name = option.name if option.name in called else ""
            if name and option.value:
                yield name, option.value, word.path
        elif name:
            yield name, word.text, word.path


def effective(given: Iterable[Option]) -> dict[str, list[Option]]:
    """The options that may have effect, by name: the last of each, as argparse has it, and all that are a choice."""
    found: dict[str, list[Option]] = {}
    for option in given:
        name = next((whole for whole in _ABBREVIATED if _abbreviates(option.name, whole)), option.name)
        kept = found.get(name, []) if option.choice else [one for one in found.get(name, []) if one.choice]
        found[name] = [*kept, option]
    return found


def _abbreviates(name: str, whole: str) -> bool:
    return whole.startswith(name) and len(name) >= len(whole) - len("ision")


def commands(line: Iterable[Word]) -> list[list[Word]]:
    """The commands of a line. Words that begin with an option belong to every command: they are added by the program that starts it."""
    parts: list[list[Word]] = []
    for word in line:
        if word.first or not parts:
            parts.append([])
        parts[-1].append(word)
    added = [word for part in parts if _is_option(part[0].text) for word in part]
    own = [[*part, *(replace(word, first=False) for word in added)] for part in parts if not _is_option(part[0].text)]
    return own or ([added] if added else [])


def _values(variable: EnvVar, variables: Mapping[str, EnvVar]) -> tuple[str, ...]:
    """What a script sees in a variable of its container; empty where that may be anything.

    What Kubernetes or a Secret gives is taken for one word, as credentials, names and addresses are.
    """
    match variable["source"]:
        case "empty":
            return ("",)
        case "literal" | "reference" if value := variable.get("value"):
            return (_filled(value, variables),)
        case "secret" | "field":
            return (f"$({variable['name']})",)
        case _:
            return ()


def _filled(text: str, variables: Mapping[str, EnvVar]) -> str:
    """A text with "$(NAME)" as Kubernetes fills it in; what is not known stays."""

    def given(found: re.Match[str]) -> str:
        variable = variables.get(found[1])
        if variable is None and _GIVEN.fullmatch(found[1]):
            return f"${{{found[1]}}}"
        if variable is None or variable["source"] not in {"literal", "reference", "empty"}:
            return found[0]
        return variable.get("value", "" if variable["source"] == "empty" else found[0])

    for _ in range(_DEEPEST_REFERENCE):
        filled = _REFERENCE.sub(given, text)
        if filled == text or len(filled) > _LONGEST:
            break
        text = filled
    return text.replace("$$(", "$(")


def _argument(
    before: Sequence[tuple[Path, str]], path: Path, text: str, known: Values, variables: Mapping[str, EnvVar]
) -> Iterator[Word]:
    previous = before[-1][1] if before else ""
    programs = [earlier for _, earlier in before]
    runs = path[-1] in {"script", "source"} or _RUNS.fullmatch(previous) is not None
    code = runs and any(_INTERPRETERS.fullmatch(program) for program in programs)
    shell = runs and not code and (len(programs) < 2 or any(_SHELLS.fullmatch(program) for program in programs))
    spaced = _BLANK.search(text.strip()) is not None and not _STRUCTURE.match(text)
    if not (shell or spaced or _QUOTED_OPTION.match(text)):
        yield Word(text.strip(), path, not before, _UNKNOWN.search(text) is not None)
        return
    value = not runs and previous.startswith("--") and len(previous) > 2 and "=" not in previous
    for word in _script(text, path, known, variables):
        yield replace(word, unresolved=False, several=False) if code or value else word


def _script(text: str, path: Path, known: Values, variables: Mapping[str, EnvVar]) -> list[Word]:
    found: list[Word] = []
    for piece in pieces(text, known):
        variable = variables.get(piece.variable) if piece.text[:1] == "-" and not piece.choice else None
        at = (*variable["path"], "value") if variable else path
        unresolved = piece.unresolved or _UNKNOWN.match(piece.text) is not None
        found.append(Word(piece.text, at, piece.first, unresolved, piece.several, piece.choice))
    return found


def _is_option(text: str) -> bool:
    return len(text) > 1 and text[0] == "-" and not text[1].isdigit()


def _option(word: Word, written: str, value: str | None, at: Path) -> Option:
    name = written.lstrip("-").replace("_", "-").lower()
    return Option(name, written, None if value is None else _unquoted(value), word.path, at, word.choice)


def _unquoted(text: str) -> str:
    return text.replace('"', "").replace("'", "") if text[:1] in "'\"" or text[-1:] in "'\"" else text
