"""`policyctl init`: a project's first files."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from policyctl.cli.output import emit
from policyctl.model.errors import UsageError

EXAMPLE = "Example: policyctl init --profile eu-ai-act-high-risk --system credit-scoring --ci github"

_NO_JOB = "none"


def init(
    profile: Annotated[str | None, typer.Option("--profile", "-p", help="The profile to judge by.")] = None,
    system: Annotated[str | None, typer.Option("--system", help="The id of the AI system that this tree is.")] = None,
    ci: Annotated[str | None, typer.Option("--ci", help="github, gitlab, azure, jenkins or none.")] = None,
) -> None:
    """Write policyctl.yaml, system.yaml, waivers.yaml and a pipeline's job into this folder. Nothing is overwritten.

    On a terminal it asks for what no option says; elsewhere the profile is baseline, the system has the folder's name, and there is
    no job.
    """
    from policyctl import catalog_access
    from policyctl.scaffold import PIPELINES, first_files, require_id, write

    here = Path.cwd()
    chosen = profile or _asked("Profile", "baseline")
    catalog_access.catalog_and_profile({"profile": chosen})
    id = system or _asked("Id of the AI system", re.sub(r"[^A-Za-z0-9._-]+", "-", here.name).strip("-._") or "system")
    require_id(id)
    job = ci or _asked(f"Pipeline ({', '.join(PIPELINES)}, {_NO_JOB})", _NO_JOB)
    if job not in (*PIPELINES, _NO_JOB):
        raise UsageError(f"no pipeline {job!r}", hint=f"one of {', '.join(PIPELINES)}, {_NO_JOB}")
    files = first_files(chosen, id, None if job == _NO_JOB else job)
    write(here, files)
    for path in files:
        emit(f"written: {path}")
    emit("next: policyctl doctor, then policyctl check")


def _asked(question: str, default: str) -> str:
    if not sys.stdin.isatty():
        return default
    answer: str = typer.prompt(question, default=default)
    return answer
