"""The shapes of the YAML files that people write: control entries, mappings, profiles. Everything not named here is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from policyctl.catalog.wording import sentence
from policyctl.model.catalog import Basis
from policyctl.model.decision import Enforcement, Severity
from policyctl.model.document import Kind
from policyctl.model.errors import ContentError

CONTROL_ID = r"^[A-Z]{2,5}-[0-9]{3}$"
Text = Field(min_length=3)


class Strict(BaseModel):
    """A mapping with these keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ParameterFile(Strict):
    """A control's parameter, with the value it has where a profile says nothing."""

    type: Literal["integer", "number", "string", "list", "number_by_class"]
    description: str = Text
    default: Any


class ControlFile(Strict):
    """`controls_catalog/<family>/<control>.yaml`. One with a `statement` is attested; its rules read `input.attested.<family>.<name>`."""

    id: str = Field(pattern=CONTROL_ID)
    title: str = Text
    objective: str = Text
    rationale: str = Text
    severity: Severity
    kinds: list[Kind] = Field(min_length=1)
    parameters: dict[str, ParameterFile] = {}
    remediation: str = Text
    evidence: str = Text
    statement: str | None = Field(default=None, min_length=3)


class EdgeFile(Strict):
    """One control under a clause. `only`: facts that a document must have for the clause to be about it: {subject_type: model}.

    `shows_class`: a finding shows that the system is of the clause's class, which then binds it whatever classes are stated.
    """

    control: str = Field(pattern=CONTROL_ID)
    covers: Literal["full", "part", "supports"]
    because: str = Text
    only: dict[str, str] = {}
    shows_class: bool = False


class MappingFile(Strict):
    """`mappings/<framework>.yaml`: clause -> controls.

    `out_of_scope`: clauses for which there is nothing to look at, with the reason. `complete`: no clause may be without one or the other.
    """

    framework: str
    complete: bool = False
    clauses: dict[str, list[EdgeFile]]
    out_of_scope: dict[str, Annotated[str, Field(min_length=20)]] = {}


class SelectFile(Strict):
    """Which controls a profile selects: all of these conditions together; families, controls and basis where they are given."""

    families: list[str] | None = None
    framework: str | None = None
    controls: list[str] | None = None
    basis: Basis | None = None
    exclude: list[str] = []


class EnforcementFile(Strict):
    """What a failure does: by control, else by severity, else the default."""

    default: Enforcement = "deny"
    severity: dict[Severity, Enforcement] = {}
    controls: dict[str, Enforcement] = {}


class WaiversFile(Strict):
    """How many days a waiver may last at most, both ends counted: by severity, else `longest_days`. 0: there are none."""

    longest_days: int = Field(default=90, ge=0)
    severity: dict[Severity, Annotated[int, Field(ge=0)]] = {}


class ProfileFile(Strict):
    """`controls_catalog/profiles/<id>.yaml`, and an organisation's own. What it leaves out comes from `extends`."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Text
    description: str = Text
    extends: str | None = None
    framework: str | None = None
    select: SelectFile | None = None
    enforcement: EnforcementFile | None = None
    undetermined: list[Severity] | None = None
    require_verified_engine: bool | None = None
    update_not_worse: Literal["deny", "warn"] | None = None
    waivers: WaiversFile | None = None
    parameters: dict[str, dict[str, Any]] = {}


M = TypeVar("M", bound=BaseModel)


class _Loader(yaml.CSafeLoader):
    """Refuses a key given twice: the last one would win without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            raise yaml.constructor.ConstructorError(None, None, f"{twice!r} is given twice", node.start_mark)
        return super().construct_mapping(node, deep)

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> Any:
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError as error:
            wrong = f"{node.value} is no day: {error}"
            raise yaml.constructor.ConstructorError(None, None, wrong, node.start_mark) from error


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_timestamp)


def read_yaml(path: Path) -> Any:
    """The YAML of one content file. Raises ContentError with file and line."""
    try:
        loader = _Loader(path.read_bytes())
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
    except (yaml.YAMLError, OSError, ValueError) as error:
        raise ContentError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error


def read_file(path: Path, shape: type[M]) -> M:
    """One content file in its shape. Raises ContentError that names the file and each key that is wrong."""
    return shaped(path, read_yaml(path), shape)


def shaped(path: Path, raw: Any, shape: type[M]) -> M:
    """What was read of a content file, in its shape. Raises ContentError as `read_file` does."""
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        wrong = "; ".join(dict.fromkeys(sentence(one) for one in error.errors()))
        raise ContentError(f"{path}: {wrong}", hint="see the files beside it for the keys") from error
