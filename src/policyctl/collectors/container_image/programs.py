"""What the commands of a Dockerfile or a service start: the models they name, the switches that are on, what is not seen.

Command lines are read as those of Kubernetes containers are. The scripts of RUN are looked through for models and
switches too, and for programs of Python that load a model by an argument in their own text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from policyctl.collectors.kubernetes.fields import Fields
from policyctl.collectors.kubernetes.intelligence import (
    names_ai,
    names_server_program,
    program_reasons,
    runs_model,
    serves,
)
from policyctl.collectors.kubernetes.loading import unsafe_loading
from policyctl.collectors.kubernetes.models import container_models, line_models
from policyctl.collectors.kubernetes.options import Word, commands, words
from policyctl.collectors.kubernetes.pinning import model_source
from policyctl.collectors.kubernetes.unresolved import unresolved, unseen_scripts
from policyctl.collectors.kubernetes.vocabulary import names
from policyctl.model.document import Path
from policyctl.model.facts.container_image import ImageContainer
from policyctl.model.facts.kubernetes import EnvVar, ModelSource, UnsafeLoading

_LOADS = re.compile(
    r"(?:from_pretrained|snapshot_download|hf_hub_download|SentenceTransformer|CrossEncoder|load_model|pipeline)"
    r"\s*\(((?:[^()]|\([^()]*\))*)\)"
)
_FIRST = re.compile(
    r"\s*(?:(?:repo_id|model|model_name|name|model_name_or_path|pretrained_model_name_or_path)\s*=\s*)?(['\"])(.*?)\1"
)
_NAMED = re.compile(r"(?:repo_id|model|model_name|model_name_or_path)\s*=\s*(['\"])(.*?)\1")
_REVISION = re.compile(r"revision\s*=\s*(['\"])(.*?)\1")
_PYTHON = re.compile(r"(?:.*/)?python[\d.]*")
_INSTALLERS = names("pip pip3 uv conda mamba micromamba poetry pipenv")
_INSTALLS = names("install add sync")
_NOT_ITS_TEXT = names("-m -c -")


@dataclass(frozen=True, slots=True)
class Script:
    """A script that a build runs: its text, the variables that it sees, and where it stands."""

    text: str
    path: Path
    env: list[EnvVar]


@dataclass(slots=True)
class Programs:
    """What all containers of a subject start, together."""

    models: list[ModelSource] = field(default_factory=list)
    unsafe: list[UnsafeLoading] = field(default_factory=list)
    reasons: set[str] = field(default_factory=set)
    serving: bool = False


class Reader:
    """Reads container after container. `called` says a place in words, for gaps."""

    def __init__(self, fields: Fields, called: Callable[[Path], str]) -> None:
        self._fields = fields
        self._called = called
        self.found = Programs()
        self._doubts: list[tuple[str, tuple[str, ...], Path]] = []

    def container(
        self, container: ImageContainer, index: int, arguments: Sequence[tuple[Path, str]], scripts: Sequence[Script]
    ) -> None:
        """One container: what it starts, and the scripts that build it."""
        found = self.found
        line = words(container, arguments)
        stands_on: ImageContainer = {**container, "image": container["base"]} if "base" in container else container
        self._add(container_models(container, line, runs_model=runs_model(stands_on)))
        found.unsafe.extend(unsafe_loading(container, index, line, arguments))
        for reason in unresolved(line, self._called):
            self._doubt(reason, ("unsafe_loading", "models"), arguments[0][0] if arguments else ())
        found.reasons.update(program_reasons(stands_on))
        started = list(_started(line))
        found.reasons.update(f"command {name}" for name in started if names_ai(name))
        if container["role"] in {"final", "service"}:
            found.serving = found.serving or serves(stands_on) or any(map(names_server_program, started))
        for script in scripts:
            self._script(container, index, script)

    def models(self, models: Iterator[ModelSource]) -> None:
        """Models that are named beside the containers."""
        self._add(models)

    def finish(self) -> None:
        """Record the gaps, where the subject is one of AI."""
        if not (self.found.reasons or self.found.models):
            return
        for reason, hides, at in self._doubts:
            self._fields.gap(reason, hides, "unresolved", at)
        for model in self.found.models:
            if model["pinned"] == "unknown":
                at = tuple(model["path"])
                self._fields.gap(
                    f"{self._called(at)} names its model by {model['uri'][:80]!r}", ("models",), "unresolved", at
                )

    def _script(self, container: ImageContainer, index: int, script: Script) -> None:
        arguments = [(script.path, "/bin/sh"), (script.path, "-c"), (script.path, script.text)]
        program: ImageContainer = {**container, "env": script.env, "arguments": [script.text]}
        bare: ImageContainer = {**program, "env": []}
        line = words(program, arguments)[2:]
        self._add(line_models(line))
        self._add(self._loaded(script))
        self.found.unsafe.extend(unsafe_loading(bare, index, line, arguments))
        for word in unseen_scripts(line):
            self._doubt(
                f"{self._called(script.path)} runs a script that is not read here: {word.text[:80]!r}",
                ("models",),
                script.path,
            )
        for command in commands(line):
            program_name = command[0].text
            follows = next(
                (word.text for word in command[1:] if word.text in _NOT_ITS_TEXT or word.text[:1] != "-"), ""
            )
            if _PYTHON.fullmatch(program_name) and follows and follows not in _NOT_ITS_TEXT:
                self._doubt(
                    f"{self._called(script.path)} runs a program that is not read here: {follows[:80]!r}",
                    ("models",),
                    script.path,
                )
            if program_name.rpartition("/")[2] in _INSTALLERS and any(word.text in _INSTALLS for word in command[1:4]):
                packages = [
                    re.split(r"[=<>\[!~@;]", word.text)[0] for word in command[1:] if word.text[:1] not in {"-", "."}
                ]
                self.found.reasons.update(f"package {name}" for name in packages if names_ai(name.lower()))

    def _loaded(self, script: Script) -> Iterator[ModelSource]:
        """The models that the text of a program loads; one whose name is not in the text is not known."""
        for call in _LOADS.finditer(script.text):
            name = _NAMED.search(call[1]) or _FIRST.match(call[1])
            revision = _REVISION.search(call[1])
            uri = name[2] if name else f"${{{call[1].strip()[:60] or 'model'}}}"
            yield model_source(uri, script.path, revision=revision[2] if revision else None)

    def _add(self, models: Sequence[ModelSource] | Iterator[ModelSource]) -> None:
        known = [(model["uri"], model["path"][:2]) for model in self.found.models]
        for model in models:
            if (model["uri"], model["path"][:2]) not in known:
                self.found.models.append(model)

    def _doubt(self, reason: str, hides: tuple[str, ...], at: Path) -> None:
        if (reason, hides, at) not in self._doubts:
            self._doubts.append((reason, hides, at))


def _started(line: list[Word]) -> Iterator[str]:
    """The programs and modules that a command line starts."""
    for command in commands(line):
        yield command[0].text
        for option, word in pairwise(command):
            if option.text == "-m":
                yield word.text
