"""The shapes of the files in `mappings/frameworks/`. A date or a role that is not understood would keep a clause from ever binding."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from policyctl.catalog.files import Strict
from policyctl.model.document import Role

_ROUTES = {"annex_i_systems", "annex_iii_systems"}


def _day(value: Any) -> Any:
    """YAML reads a day without quotes as one."""
    if type(value) is date:
        return value.isoformat()
    try:
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise ValueError("must be a day such as 2027-03-01")


def _days(value: Any) -> Any:
    """One day, or one for each route on which a system is of high risk."""
    if not isinstance(value, dict):
        return _day(value)
    if set(value) != _ROUTES:
        raise ValueError(f"must have the keys {', '.join(sorted(_ROUTES))}, and no others")
    return {route: _day(day) for route, day in value.items()}


Day = Annotated[str, BeforeValidator(_day)]
Days = Annotated[str | dict[str, str], BeforeValidator(_days)]
Text = Annotated[str, StringConstraints(min_length=1)]


class DatesFile(Strict):
    """When a group of provisions applies, as the law first had it and as it has it now; `reading`: as far as somebody reads it so."""

    provisions: Text
    original: Days | None
    current: Days
    basis: Text
    note: Text | None = None
    reading: bool = False
    effective_for_high_risk: Days | None = None
    legacy_before: Day | None = None
    legacy_systems: Day | None = None
    legacy_models: Day | None = None

    @model_validator(mode="after")
    def _whole(self) -> DatesFile:
        if self.reading and self.effective_for_high_risk is None:
            raise ValueError("reading needs effective_for_high_risk")
        if self.legacy_before and not (self.legacy_systems or self.legacy_models):
            raise ValueError("legacy_before needs legacy_systems or legacy_models")
        return self


class ProvisionFile(Strict):
    """One provision. `binds`: whom, nobody where it is empty; `applies`: a key of `application_dates`."""

    id: Text
    article_title: Text
    summary: Text
    binds: list[Role]
    risk_class: Literal[
        "any", "prohibited", "high_risk", "annex_iii_not_high_risk", "transparency", "gpai", "gpai_systemic"
    ]
    applies: Text
    text_status: Text | None = None


class AnnexFile(BaseModel):
    """An annex, with lists of points. They bind through a provision, or nobody."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)

    title: Text
    binds_through: Text | None = None


class HeaderFile(BaseModel):
    """What a framework is. Further keys say where it comes from."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    title: Text
    eli: Text | None = None
    doi: Text | None = None


class TransitionFile(BaseModel):
    """Systems that public authorities use are bound from this day in any case."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)

    public_authorities: Day


class LawFile(Strict):
    """A framework with dates. What stands in the last keys is for people."""

    framework: HeaderFile
    application_dates: dict[str, DatesFile]
    provisions: list[ProvisionFile] = Field(min_length=1)
    annexes: dict[str, AnnexFile] = Field(default_factory=dict)
    high_risk_transition: TransitionFile | None = None
    timeline: Any = None
    incident_reporting_limits: Any = None
    digital_omnibus: Any = None
    commission_guidance: Any = None
    counts: Any = None
    deleted_provisions: Any = None

    @model_validator(mode="after")
    def _dated(self) -> LawFile:
        for provision in self.provisions:
            if provision.applies not in self.application_dates:
                known = ", ".join(self.application_dates)
                raise ValueError(
                    f"{provision.id} applies {provision.applies!r}, which application_dates has not: one of {known}"
                )
        ids = [provision.id for provision in self.provisions]
        if twice := next((id for id in ids if ids.count(id) > 1), None):
            raise ValueError(f"{twice} stands in provisions twice")
        return self


class PracticeFile(Strict):
    """A framework without dates: clauses, one inside the other."""

    framework: HeaderFile
    functions: list[Any] = Field(default_factory=list)
    clauses: list[Any] = Field(default_factory=list)
    annex_a: list[Any] = Field(default_factory=list)
    counts: Any = None
