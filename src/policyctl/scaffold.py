"""The files that a project begins with: its configuration, its system, a place for waivers, a job for its pipeline."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from policyctl.library import own_root
from policyctl.model.errors import UsageError

PIPELINES = {
    "github": (".github/workflows/policyctl.yml", "github.yml"),
    "gitlab": (".gitlab/policyctl.yml", "gitlab.yml"),
    "azure": ("azure-pipelines-policyctl.yml", "azure-pipelines.yml"),
    "jenkins": ("Jenkinsfile.policyctl", "Jenkinsfile"),
}
"""By pipeline: where its job goes, and the file of `deploy/ci` that it is."""

_CONFIGURATION = """\
# What policyctl judges this tree by. On a developer's machine this file serves; a pipeline takes its configuration from elsewhere
# (--trusted-config, POLICYCTL_TRUSTED_CONFIG), so that a change cannot choose the rules that it is judged by.
profile: {profile}
systems: [system.yaml]
waivers: [waivers.yaml]
"""

_SYSTEM = """\
# The AI system that this tree belongs to. State what is established: what is left out is assumed on the strict side.
policyctl: system
id: {system}
# owner: Retail Risk
# purpose: Ranks applications for a clerk, who decides.
# roles: [provider, deployer]
# classes: [{{id: high_risk, route: annex_iii, basis: "Annex III, point 5(b)"}}]
# put_into_service: 2027-12-15
"""

_WAIVERS = """\
# What somebody has accepted for a time, and why. A finding that is waived stays on record as failed.
policyctl: waivers
waivers: []
#  - id: W-001
#    control: SEC-001
#    system: {system}
#    resource: aws_sagemaker_endpoint_configuration.this
#    owner: Retail Risk
#    reason: The key service moves to another account.
#    compensating_control: The bucket can be reached from one subnet only.
#    ticket: RISK-1234
#    requester: sam.lee@example.org
#    approver: kim.roy@example.org # somebody else
#    first_day: 2026-11-01
#    last_day: 2027-01-15 # inclusive
"""


def first_files(profile: str, system: str, pipeline: str | None) -> dict[str, str]:
    """The text of each file, by its path below the project's folder. `pipeline` is a key of PIPELINES; None for no job."""
    files = {
        "policyctl.yaml": _CONFIGURATION.format(profile=profile),
        "system.yaml": _SYSTEM.format(system=system),
        "waivers.yaml": _WAIVERS.format(system=system),
    }
    if pipeline:
        path, job = PIPELINES[pipeline]
        files[path] = (own_root() / "deploy" / "ci" / job).read_text()
    return files


def require_id(id: str) -> str:
    """The id itself. Raises UsageError for one that no system can have."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,127}", id):
        return id
    raise UsageError(f"{id!r} is no id of a system", hint="letters, digits, '.', '_', '/' and '-'")


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Writes all of them, or none where one is there already. Raises UsageError then, and where one cannot be written."""
    require_absent(folder, files)
    for path, text in files.items():
        try:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{folder / path}: cannot be written: {error.strerror}") from error


def require_absent(folder: Path, paths: Iterable[str]) -> None:
    """Raises UsageError where one of these files is there already."""
    if there := [path for path in paths if os.path.lexists(folder / path)]:
        raise UsageError(
            f"{', '.join(there)}: there already, and nothing was written", hint="move it away, or edit it by hand"
        )
