"""The facts of each service of a compose file. Source: the compose specification.

Variables have their defaults; one without is not known, whatever an .env file beside it may say.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.collectors.container_image.host import read_host_access, read_ports
from policyctl.collectors.container_image.limits import read_resources
from policyctl.collectors.container_image.masking import Variable, concealed, concealed_labels
from policyctl.collectors.container_image.programs import Reader
from policyctl.collectors.container_image.subject import (
    BUILT,
    EVERYTHING,
    STARTED,
    Subject,
    env_var,
    new_container,
    nothing,
)
from policyctl.collectors.container_image.variables import interpolated, is_open
from policyctl.collectors.kubernetes.fields import Node, dotted
from policyctl.collectors.kubernetes.images import parse_image
from policyctl.collectors.kubernetes.masking import mask
from policyctl.collectors.kubernetes.pinning import model_source
from policyctl.model.content import Content
from policyctl.model.document import Path
from policyctl.model.facts.container_image import ImageContainer
from policyctl.model.facts.kubernetes import ModelSource
from policyctl.model.secrets import is_secret

_SHARED = ("volumes", "configs", "secrets", "models")
"""What a file defines beside its services, which they take by name."""

_NAMES = ("secrets", "configs", "ssh")
"""Fields that name credentials and hold none."""

_TOLD = ("environment", "command", "entrypoint", "labels")
"""Fields whose credentials are looked for with all that a container is told."""


def read_services(content: Content, document: int, value: Mapping[str, Any]) -> Iterator[Subject]:
    """The services of one document, in their order.

    Raises InputError when the document is too large or too deep.
    """
    shared = {key: _filled(held) for key in _SHARED if isinstance(held := value.get(key), dict)}
    for name, written in value["services"].items():
        path: Path = ("services", name)
        subject = nothing(f"{content.path}/{name}", "compose", name)
        if not isinstance(written, dict):
            subject.fields.wrong(path, written, "a mapping", EVERYTHING)
            written = {}
        _service(subject, _filled(written), path, shared)
        yield subject


def _filled(node: Any) -> Any:
    if isinstance(node, str):
        return interpolated(node)
    if isinstance(node, dict):
        return {key: _filled(value) for key, value in node.items()}
    return [_filled(value) for value in node] if isinstance(node, list) else node


def _service(subject: Subject, node: Node, path: Path, shared: Mapping[str, Node]) -> None:
    fields = subject.fields
    reader = Reader(fields, dotted)
    variables = list(_variables(subject, node, path))
    arguments = [*_command(subject, node, "entrypoint", path), *_command(subject, node, "command", path)]
    texts = concealed(variables, [text for _, text in arguments], [])
    container = new_container(subject.name, path, subject.name, "service")
    container["arguments"] = texts.arguments
    container["env"] = [
        env_var(name, value, at, secret=("env", index) in texts.secrets)
        for index, ((name, _, at), value) in enumerate(zip(variables, texts.env, strict=True))
    ]
    _image(subject, node, path, container)
    _user(subject, node, path, container)
    _doubts(subject, node, path)
    read_resources(subject, node, path, container)
    read_ports(subject, node, path)
    read_host_access(subject, node, path, shared.get("volumes", {}))
    _logging(subject, node, path)
    _labels(subject, node, path)
    index = subject.add(container)
    for (kind, at), name in texts.secrets.items():
        subject.told_secret(index, kind, at, name, (*variables[at][2], "value") if kind == "env" else arguments[at][0])
    _other_secrets(subject, node, path, shared)
    reader.models(_models(subject, node, path, shared.get("models", {})))
    paths = [at for at, _ in arguments]
    reader.container(container, index, list(zip(paths, texts.arguments, strict=True)), [])
    subject.finish(reader)


def _image(subject: Subject, node: Node, path: Path, container: ImageContainer) -> None:
    written = subject.fields.text(node, "image", path, ("containers", *STARTED))
    image = parse_image(written) if written and not is_open(written) else None
    if image:
        container["image"] = container["base"] = image
    if node.get("build") is not None:
        container["image_source"] = "build"
    elif image:
        container["image_source"] = "file"
    elif written and not is_open(written):
        container["image_source"] = "missing"
        subject.fields.gap(
            f"{dotted((*path, 'image'))} is not an image reference: {written[:120]!r}", STARTED, at=(*path, "image")
        )
    elif written:
        subject.fields.gap(
            f"{dotted((*path, 'image'))} comes from a variable: {written[:120]!r}",
            STARTED,
            "unresolved",
            (*path, "image"),
        )
    container["base_source"] = container["image_source"]


def _user(subject: Subject, node: Node, path: Path, container: ImageContainer) -> None:
    written = node.get("user")
    if isinstance(written, int) and not isinstance(written, bool):
        written = str(written)
    if isinstance(written, str) and written:
        container["user"] = written
        container["user_source"] = "elsewhere" if is_open(written) else "file"
    elif written is not None:
        subject.fields.wrong((*path, "user"), written, "text", ("containers",))


def _doubts(subject: Subject, node: Node, path: Path) -> None:
    """What of a service stands in other files."""
    fields = subject.fields
    if node.get("extends") is not None:
        fields.gap(
            f"{dotted(path)} extends another service, which is not read here",
            EVERYTHING,
            "unresolved",
            (*path, "extends"),
        )
    elif all(node.get(key) is None for key in ("image", "build")):
        fields.gap(
            f"{dotted(path)} names no image: it is part of a service of another file", EVERYTHING, "unresolved", path
        )
    build = node.get("build")
    if isinstance(build, dict) and build.get("dockerfile_inline") is not None:
        fields.gap(
            f"{dotted((*path, 'build'))} holds a Dockerfile, which is not read here",
            BUILT,
            "unresolved",
            (*path, "build"),
        )
    if node.get("volumes_from"):
        at = (*path, "volumes_from")
        fields.gap(f"{dotted(at)} mounts what others mount", ("host_access",), "unresolved", at)
    if node.get("env_file"):
        fields.gap(
            f"{dotted((*path, 'env_file'))} takes variables from a file that is not read here",
            ("unsafe_loading", "models"),
            "unresolved",
            (*path, "env_file"),
        )


def _variables(subject: Subject, node: Node, path: Path) -> Iterator[Variable]:
    """The variables of `environment`, a mapping or a list; one without a value is the host's."""
    value, at = node.get("environment"), (*path, "environment")
    if isinstance(value, dict):
        for name, text in value.items():
            if isinstance(text, (dict, list)):
                subject.fields.wrong((*at, name), text, "text", ("containers", *STARTED))
            else:
                yield name, _text(text), (*at, name)
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            if isinstance(entry, str):
                name, equals, text = entry.partition("=")
                yield name, text if equals else None, (*at, index)
            else:
                subject.fields.wrong((*at, index), entry, "text", ("containers", *STARTED))
    elif value is not None:
        subject.fields.wrong(at, value, "a mapping or a list", ("containers", *STARTED))


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) or value is None else str(value)


def _command(subject: Subject, node: Node, key: str, path: Path) -> Iterator[tuple[Path, str]]:
    """The words of `command` or `entrypoint`; a text is parted as a shell parts words, and no shell runs it."""
    value, at = node.get(key), (*path, key)
    if isinstance(value, str):
        try:
            yield from ((at, word) for word in shlex.split(value))
        except ValueError:
            subject.fields.gap(f"{dotted(at)} has a quote that does not end", STARTED, at=at)
            yield at, value
    elif isinstance(value, list):
        for index, word in enumerate(value):
            if isinstance(word, (str, int, float)) and not isinstance(word, bool):
                yield (*at, index), str(word)
            else:
                subject.fields.wrong((*at, index), word, "text", STARTED)
    elif value is not None:
        subject.fields.wrong(at, value, "text or a list", STARTED)


def _logging(subject: Subject, node: Node, path: Path) -> None:
    settings = subject.fields.mapping(node, "logging", path, ("log_driver",))
    driver = subject.fields.text(settings, "driver", (*path, "logging"), ("log_driver",)) or ""
    if is_open(driver):
        subject.fields.gap(
            f"{dotted((*path, 'logging', 'driver'))} comes from a variable",
            ("log_driver",),
            "unresolved",
            (*path, "logging"),
        )
    subject.log_driver = driver


def _labels(subject: Subject, node: Node, path: Path) -> None:
    value, given = node.get("labels"), dict[str, str]()
    places: dict[str, Path] = {}
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        name, _, text = str(entry).partition("=") if isinstance(key, int) else (str(key), "", _text(entry) or "")
        given[name], places[name] = text, (*path, "labels", key)
    if value is not None and not isinstance(value, (dict, list)):
        subject.fields.wrong((*path, "labels"), value, "a mapping or a list", ("labels", "ai_workload", "ai_reasons"))
    labels, secret = concealed_labels(given)
    subject.labels.update(labels)
    for name in secret:
        subject.secret(places[name], "field", name)


def _models(subject: Subject, node: Node, path: Path, defined: Node) -> Iterator[ModelSource]:
    """The models that a service takes by name, which the engine pulls from a registry."""
    for name in _taken(node.get("models")):
        at: Path = ("models", name, "model")
        model = defined.get(name)
        written = model.get("model") if isinstance(model, dict) else None
        if isinstance(written, str) and written:
            yield model_source(written if is_open(written) else f"oci://{written}", at)
        else:
            subject.fields.gap(
                f"{dotted(path)} takes the model {name!r}, which the file does not define", ("models",), at=path
            )


def _taken(value: Any) -> list[str]:
    """The names in a list of names or of mappings with a source, or in the keys of a mapping."""
    entries = value if isinstance(value, (list, dict)) else ()
    named = (entry.get("source") if isinstance(entry, dict) else entry for entry in entries)
    return [name for name in named if isinstance(name, str)]


def _other_secrets(subject: Subject, node: Node, path: Path, shared: Mapping[str, Node]) -> None:
    """The credentials in all other fields, and in the files that the compose file holds for the service."""
    for key in ("configs", "secrets"):
        for name in _taken(node.get(key)):
            entry = shared.get(key, {}).get(name)
            content = entry.get("content") if isinstance(entry, dict) else None
            if isinstance(content, str) and is_secret(name, content):
                subject.secret((key, name, "content"), "field", name)
    build = node.get("build")
    held = {key: value for key, value in node.items() if key not in {*_TOLD, *_NAMES}}
    if isinstance(build, dict):
        held["build"] = {key: value for key, value in build.items() if key not in _NAMES}
    masked = mask(held)
    for at, name in masked.emptied.items():
        subject.secret((*path, *at), "argument" if at[0] == "healthcheck" else "field", name)
