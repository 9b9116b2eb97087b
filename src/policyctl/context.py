"""Who runs this, where and when: the one door to the clock and to the pipeline's environment."""

from __future__ import annotations

import itertools
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
_PIPELINE = ("CI", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID")
PIPELINE_VARIABLES = frozenset((*itertools.chain(*_RUN.values()), *_PIPELINE))
"""What tells that this is a CI system."""
_ACTOR = ("GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_REQUESTEDFOR", "USER", "LOGNAME")


@dataclass(frozen=True, slots=True)
class Context:
    """The actor, the UTC day, and what the CI system says about this run (commit, repository, run, reference).

    `pipeline`: this is a CI system, not somebody's own machine.
    """

    actor: str
    today: str
    run: Mapping[str, str] = field(default_factory=dict)
    pipeline: bool = False


def current(environment: Mapping[str, str] | None = None, now: datetime | None = None) -> Context:
    """The context of this process."""
    env = os.environ if environment is None else environment
    run = {key: value for key, names in _RUN.items() if (value := _first(env, names))}
    pipeline = bool(run) or any(env.get(name, "").lower() not in ("", "false", "0") for name in _PIPELINE)
    return Context(_first(env, _ACTOR) or "unknown", (now or datetime.now(UTC)).date().isoformat(), run, pipeline)


def _first(env: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((value for name in names if (value := env.get(name))), "")
