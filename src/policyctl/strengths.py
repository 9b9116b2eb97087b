"""How far the controls behind a mapping can be relied on: evidence that somebody gathers, and tests that notice.

A clause with a control is served only as well as that control is: one whose documents nobody gathers decides nothing, and one whose
tests do not notice a change may say anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

from pydantic import BaseModel, Field, ValidationError

from policyctl.model.catalog import Catalog, Control
from policyctl.model.errors import UsageError
from policyctl.progress import say

State = Literal["no evidence kind", "tests not measured", "weak tests", "covered"]
STATES: Final[tuple[State, ...]] = get_args(State)
LEAST: Final = 90.0
"""The score in percent from which on tests count as strong."""
_ATTESTED: Final = "attestation"
_HINT: Final = "policyctl control mutate --output json > scores.json"


@dataclass(frozen=True, slots=True)
class Standing:
    """One control: the kinds of evidence that are gathered for it, and its mutation score in percent, None where none is known."""

    control: str
    evidence: tuple[str, ...]
    score: float | None

    @property
    def state(self) -> State:
        """The first that is true of it."""
        if not self.evidence:
            return "no evidence kind"
        if self.score is None:
            return "tests not measured"
        return "weak tests" if self.score < LEAST else "covered"

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return {"id": self.control, "state": self.state, "evidence": list(self.evidence), "score": self.score}


class _Score(BaseModel):
    id: str
    sha256: str
    score: float = Field(ge=0, le=100)


class _Scores(BaseModel):
    controls: list[_Score]


def standings(catalog: Catalog, gathered: Collection[str], scores: Mapping[str, float]) -> list[Standing]:
    """Each control, by id. `gathered`: the kinds that a registered collector reads."""
    return [
        Standing(id, _evidence(control, gathered), scores.get(id))
        for id, control in sorted(catalog["controls"].items())
    ]


def _evidence(control: Control, gathered: Collection[str]) -> tuple[str, ...]:
    kinds = tuple(kind for kind in control["kinds"] if kind in gathered)
    return (_ATTESTED,) if "statement" in control and kinds else kinds


def measured(file: Path | None, roots: Sequence[Path]) -> dict[str, float]:
    """The scores that `control mutate --output json` wrote, none where no file is given. Says which controls changed since.

    Raises UsageError for a file that holds none.
    """
    if file is None:
        return {}
    from policyctl.opening import opa_path

    scores, changed = read_scores(file, roots, opa_path())
    if changed:
        say(f"{file}: no scores of today's rules for {', '.join(changed)}: these count as not measured")
    return scores


def read_scores(file: Path, roots: Sequence[Path], opa: str) -> tuple[dict[str, float], list[str]]:
    """The scores that `control mutate --output json` wrote, and the controls that changed since and have none therefore.

    Raises UsageError for a file that is none of these.
    """
    from policyctl.mutating.sought import subjects

    try:
        told = _Scores.model_validate_json(file.read_bytes()).controls
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", hint=_HINT) from error
    except ValidationError as error:
        raise UsageError(f"{file}: holds no mutation scores", hint=_HINT) from error
    now = {subject.id: subject.sha256 for subject in subjects(roots, [], opa)}
    scores = {one.id: one.score for one in told if now.get(one.id) == one.sha256}
    return scores, sorted({one.id for one in told} - set(scores))
