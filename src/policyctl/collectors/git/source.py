"""`git:` among the sources of a release record: the repository that the record lies in, asked about the revision that trained the model.

Fact written: `repository`; and a conflict, where the repository that the registry recorded is another one. What is checked out now did not
train the model, so nothing here becomes `code`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from policyctl.collectors.git.addresses import public, same_repository
from policyctl.collectors.git.program import Program
from policyctl.model.content import Beside
from policyctl.model.document import Input
from policyctl.model.errors import InputError
from policyctl.model.facts.model import Conflict, Repository, Stated
from policyctl.model.gathered import Gathered, Stamp

SCHEME: Final = "git"
_COMMIT: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


class Git:
    """`git:`."""

    def collect(self, text: str, record: Beside) -> Input:
        """The repository around the record."""
        path = f"{SCHEME}:{record.shown}"
        if text:
            message = f"{SCHEME}:{text}: nothing stands behind {SCHEME}:, it is the repository that the record lies in"
            return Input(path, "error", "model", message, f"write {SCHEME}: alone")
        try:
            git = Program(record.folder)
            remotes = _remotes(git)
            repository = _repository(git, remotes, record.revision)
        except InputError as error:
            return Input(path, "error", "model", f"{path}: {error.message}", error.hint)
        gathered = Gathered({"id": path})
        gathered.add(path, Stamp(git.sha256), {"repository": repository})
        if _is_another(record.repository, repository["remotes"]):
            recorded = Stated(value=public(record.repository), source="the run")
            here = Stated(value=", ".join(repository["remotes"]), source=path)
            gathered.conflicts.append(Conflict(fact="code.repository", stated=[recorded, here]))
        return Input(path, "decided", "model", subjects=(replace(gathered.collected(path, path, None), partial=True),))


def _repository(git: Program, remotes: Mapping[str, Mapping[str, list[str]]], revision: str) -> Repository:
    shallow = git.answer("rev-parse", "--is-shallow-repository")
    addresses = {public(url) for settings in remotes.values() for url in settings.get("url", [])} - {""}
    told: Repository = {
        "complete": shallow is not None and shallow.strip() == "false" and all(map(_fetches_all, remotes.values())),
        "remotes": sorted(addresses),
    }
    if head := git.answer("rev-parse", "--quiet", "--verify", "HEAD"):
        told["head"] = head.strip()
        if branch := git.answer("symbolic-ref", "--quiet", "--short", "HEAD"):
            told["branch"] = branch.strip()
    if _COMMIT.fullmatch(revision):
        told["revision"] = revision
        kind = git.answer("cat-file", "--batch-check=%(objecttype)", stdin=f"{revision}\n")
        told["found"] = kind is not None and kind.strip() == "commit"
        if told["found"]:
            told["branches"] = _branches(git, remotes, revision)
    return told


def _remotes(git: Program) -> dict[str, dict[str, list[str]]]:
    """The settings of each remote that has an address: {"url": [...], "fetch": [...]}."""
    said = git.answer("config", "--null", "--get-regexp", r"^remote\..*\.(url|fetch)$") or ""
    remotes: dict[str, dict[str, list[str]]] = {}
    for entry in said.split("\0")[:-1]:
        key, _, value = entry.partition("\n")
        name, _, setting = key.removeprefix("remote.").rpartition(".")
        remotes.setdefault(name, {}).setdefault(setting, []).append(value)
    return {name: settings for name, settings in remotes.items() if "url" in settings}


def _branches(git: Program, remotes: Mapping[str, object], revision: str) -> list[str]:
    """The branches of the remotes that hold a commit. Other references below `refs/remotes`, such as those of pull requests, are none."""
    said = git.answer("for-each-ref", "--format=%(refname)%00%(symref)", f"--contains={revision}", "refs/remotes") or ""
    found = [line.removesuffix("\0").removeprefix("refs/remotes/") for line in said.splitlines() if line.endswith("\0")]
    return sorted(name for name in found if any(name.startswith(f"{remote}/") for remote in remotes))


def _fetches_all(settings: Mapping[str, list[str]]) -> bool:
    return any(refspec.removeprefix("+").startswith("refs/heads/*:") for refspec in settings.get("fetch", []))


def _is_another(recorded: str, remotes: list[str]) -> bool:
    """Whether the recorded repository is none of the remotes, as far as that can be told."""
    same = [same_repository(recorded, remote) for remote in remotes]
    return False in same and True not in same
