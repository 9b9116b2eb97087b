"""Who runs this, where and when: the one door to the clock and to the pipeline's environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

_RUN = {
    "commit": ("GITHUB_SHA", "CI_COMMIT_SHA", "BUILD_SOURCEVERSION", "GIT_COMMIT"),
    "repository": ("GITHUB_REPOSITORY", "CI_PROJECT_PATH", "BUILD_REPOSITORY_NAME"),
    "run": ("GITHUB_RUN_ID", "CI_JOB_ID", "BUILD_BUILDID", "BUILD_ID"),
    "reference": ("GITHUB_REF", "CI_COMMIT_REF_NAME", "BUILD_SOURCEBRANCH", "GIT_BRANCH"),
}
_ACTOR = ("GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_REQUESTEDFOR", "USER", "LOGNAME")


@dataclass(frozen=True, slots=True)
class Context:
    """The actor, the UTC day, and what the CI system says about this run (commit, repository, run, reference)."""

    actor: str
    today: str
    run: Mapping[str, str] = field(default_factory=dict)


def current(environment: Mapping[str, str] | None = None, now: datetime | None = None) -> Context:
    """The context of this process."""
    env = os.environ if environment is None else environment
    run = {key: value for key, names in _RUN.items() if (value := _first(env, names))}
    return Context(_first(env, _ACTOR) or "unknown", (now or datetime.now(UTC)).date().isoformat(), run)


def _first(env: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((value for name in names if (value := env.get(name))), "")
