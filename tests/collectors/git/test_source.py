"""`git:` in a release record, held against real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from policyctl.collectors.git import program
from policyctl.collectors.git.source import Git
from policyctl.model.content import Beside
from policyctl.model.document import Input

HERE = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "protocol.file.allow=always")


def git(folder: Path, *arguments: str) -> str:
    ran = subprocess.run(["git", *HERE, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def commit(folder: Path, name: str) -> str:
    (folder / name).write_text(name)
    git(folder, "add", name)
    git(folder, "commit", "--quiet", "--message", name)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own settings of git count here."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with one commit, on the branch main of its remote."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "remote")
    git(tmp_path, "clone", "--quiet", (tmp_path / "remote").as_uri(), "clone")
    commit(tmp_path / "clone", "train.py")
    git(tmp_path / "clone", "push", "--quiet", "origin", "HEAD:main")
    git(tmp_path / "clone", "remote", "set-head", "origin", "main")
    return tmp_path / "clone"


def ask(folder: Path, revision: str = "", repository: str = "") -> Input:
    return Git().collect("", Beside(str(folder), "", revision, repository))


def repository(folder: Path, revision: str = "") -> dict[str, Any]:
    entry = ask(folder, revision)
    assert entry.status == "decided", entry.message
    (subject,) = entry.subjects
    assert subject.partial
    told: dict[str, Any] = subject.facts["repository"]
    return told


def test_a_commit_that_was_pushed_is_on_a_branch_of_the_remote(clone: Path) -> None:
    revision = git(clone, "rev-parse", "HEAD")
    commit(clone, "later.py")

    assert repository(clone, revision) == {
        "complete": True,
        "remotes": [],
        "head": git(clone, "rev-parse", "HEAD"),
        "branch": "main",
        "revision": revision,
        "found": True,
        "branches": ["origin/main"],
    }


def test_a_commit_that_nobody_pushed_is_on_no_branch_of_a_remote(clone: Path) -> None:
    revision = commit(clone, "own.py")

    told = repository(clone, revision)

    assert (told["found"], told["branches"]) == (True, [])


def test_references_of_pull_requests_are_no_branches(clone: Path) -> None:
    revision = commit(clone, "proposed.py")
    git(clone, "update-ref", "refs/remotes/pull/5/merge", revision)

    assert repository(clone, revision)["branches"] == []


@pytest.mark.parametrize("kind", ["absent", "blob", "tree", "tag"])
def test_what_is_no_commit_here_is_not_found(clone: Path, kind: str) -> None:
    git(clone, "tag", "--annotate", "--message=1", "v1")
    names = {"absent": "1" * 40, "blob": "HEAD:train.py", "tree": "HEAD^{tree}", "tag": "v1"}
    revision = git(clone, "rev-parse", names[kind])

    told = repository(clone, revision)

    assert (told["revision"], told["found"]) == (revision, False)
    assert "branches" not in told


@pytest.mark.parametrize("revision", ["", "main", "HEAD", "--all", "0" * 39, "A" * 40, "0" * 40 + "\n" + "1" * 40])
def test_what_is_no_full_id_is_not_looked_up(clone: Path, revision: str) -> None:
    assert {"revision", "found", "branches"}.isdisjoint(repository(clone, revision))


def test_what_is_checked_out_is_never_the_code_that_trained(clone: Path) -> None:
    (subject,) = ask(clone).subjects

    assert "code" not in subject.facts


def test_a_shallow_clone_is_not_complete(clone: Path) -> None:
    first = git(clone, "rev-parse", "HEAD")
    commit(clone, "later.py")
    git(clone, "push", "--quiet", "origin", "HEAD:main")
    git(
        clone.parent,
        "clone",
        "--quiet",
        "--depth=1",
        "--no-single-branch",
        (clone.parent / "remote").as_uri(),
        "shallow",
    )

    told = repository(clone.parent / "shallow", first)

    assert (told["complete"], told["found"]) == (False, False)


def test_a_clone_of_one_branch_is_not_complete(clone: Path) -> None:
    git(clone.parent, "clone", "--quiet", "--single-branch", (clone.parent / "remote").as_uri(), "single")

    told = repository(clone.parent / "single", git(clone, "rev-parse", "HEAD"))

    assert (told["complete"], told["branches"]) == (False, ["origin/main"])


def test_a_partial_clone_fetches_nothing_that_it_lacks(clone: Path) -> None:
    hidden = commit(clone, "hidden.py")
    git(clone, "push", "--quiet", "origin", "HEAD:refs/hidden/1")
    git(clone.parent / "remote", "config", "uploadpack.allowFilter", "true")
    git(clone.parent / "remote", "config", "uploadpack.allowAnySHA1InWant", "true")
    git(clone.parent, "clone", "--quiet", "--filter=blob:none", (clone.parent / "remote").as_uri(), "partial")
    partial = clone.parent / "partial"

    entry = ask(partial, hidden)

    # git 2.44 and later says that it lacks the commit, earlier ones that they may not fetch it.
    assert "partial" in entry.message or entry.subjects[0].facts["repository"]["found"] is False
    assert git(partial, "cat-file", "-t", hidden) == "commit", "git by itself would have fetched it"


def test_a_folder_below_a_worktree_is_of_that_repository(clone: Path) -> None:
    revision = git(clone, "rev-parse", "HEAD")
    git(clone, "worktree", "add", "--quiet", "--detach", "../tree")
    (clone.parent / "tree" / "releases").mkdir()

    told = repository(clone.parent / "tree" / "releases", revision)

    assert (told["head"], told["branches"]) == (revision, ["origin/main"])
    assert "branch" not in told, "nothing is checked out by its branch"


def test_a_submodule_is_a_repository_of_its_own(clone: Path) -> None:
    inner, outer = git(clone, "rev-parse", "HEAD"), clone.parent / "outer"
    git(clone.parent, "init", "--quiet", "outer")
    git(outer, "submodule", "--quiet", "add", (clone.parent / "remote").as_uri(), "code")
    of_outer = commit(outer, "other.py")

    assert repository(outer / "code", inner)["branches"] == ["origin/main"]
    assert repository(outer / "code", of_outer)["found"] is False
    assert repository(outer, inner)["found"] is False


def test_before_the_first_commit_there_is_no_head(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")

    assert repository(tmp_path, "1" * 40) == {"complete": True, "remotes": [], "revision": "1" * 40, "found": False}


def test_where_there_is_no_working_copy_the_source_cannot_be_read(clone: Path) -> None:
    for folder in (clone.parent, clone.parent / "remote", clone / "absent" / ".." / ".."):
        entry = ask(folder)
        assert (entry.status, entry.subjects) == ("error", ())
        assert "no working copy" in entry.message


def test_a_folder_that_is_laid_out_as_a_repository_is_not_taken_for_one(clone: Path) -> None:
    """Whoever proposes a change can put one into the tree, with branches as they please."""
    forged = clone / "forged"
    git(clone, "clone", "--quiet", "--bare", (clone.parent / "remote").as_uri(), str(forged))
    bad = commit(clone, "bad.py")
    git(clone, "push", "--quiet", str(forged), f"{bad}:refs/remotes/origin/main")

    assert repository(forged, bad)["branches"] == []
    shutil.rmtree(clone / ".git")
    (forged / ".git").mkdir()
    assert ask(forged, bad).status == "error"


def test_the_repository_is_that_of_the_record_inside_a_hook_too(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    revision = commit(clone, "own.py")
    monkeypatch.setenv("GIT_DIR", str(clone.parent / "remote"))

    assert repository(clone, revision)["found"] is True


def test_replaced_objects_do_not_count(clone: Path) -> None:
    bad = commit(clone, "bad.py")
    git(clone, "replace", "--graft", "refs/remotes/origin/main", bad)

    assert repository(clone, bad)["branches"] == []


def test_no_address_tells_a_credential(clone: Path) -> None:
    git(clone, "remote", "set-url", "origin", "https://ada:s3cret@git.example.org/wine.git")
    git(clone, "remote", "add", "backup", "ext::sh -c s3cret")

    entry = ask(clone, repository="https://bob:s3cret@git.example.com/wine")

    assert entry.subjects[0].facts["repository"]["remotes"] == ["https://git.example.org/wine.git"]
    assert "s3cret" not in str(entry.subjects[0].facts)


def test_another_repository_than_the_recorded_one_is_a_conflict(clone: Path) -> None:
    git(clone, "remote", "set-url", "origin", "git@git.example.org:a/wine.git")

    def conflicts(recorded: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = ask(clone, repository=recorded).subjects[0].facts["conflicts"]
        return found

    assert conflicts("https://git.example.org/a/wine") == conflicts("/home/ada/wine") == conflicts("") == []
    (conflict,) = conflicts("https://git.example.org/b/wine")
    assert conflict["fact"] == "code.repository"
    assert [stated["value"] for stated in conflict["stated"]] == [
        "https://git.example.org/b/wine",
        "git.example.org:a/wine.git",
    ]


def test_text_behind_the_scheme_is_an_error(clone: Path) -> None:
    assert Git().collect("main", Beside(str(clone))).status == "error"


def test_git_that_is_not_installed_is_told(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(clone.parent))

    assert "not installed" in ask(clone).message


def instead_of_git(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program `git` that does something first, or instead; REAL is the installed one."""
    real = shutil.which("git")
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\n{script.replace('REAL', str(real))}\n")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_a_repository_of_somebody_else_is_told_with_the_way_out(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instead_of_git(clone.parent / "bin", 'GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec REAL "$@"', monkeypatch)

    entry = ask(clone)

    assert "dubious ownership" in entry.message
    assert f"safe.directory {clone}" in entry.hint


def test_git_that_does_not_come_to_an_end_is_told(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instead_of_git(clone.parent / "bin", "exec sleep 60", monkeypatch)
    monkeypatch.setattr(program, "PATIENCE", 0.2)

    assert "took more than" in ask(clone).message


def test_git_that_cannot_be_run_is_told(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instead_of_git(clone.parent / "bin", "", monkeypatch)
    (clone.parent / "bin" / "git").write_bytes(b"\x7fELF")

    assert "cannot be run" in ask(clone).message


@pytest.mark.parametrize("broken", ["HEAD", "config", "objects"])
def test_a_broken_repository_is_told(clone: Path, broken: str) -> None:
    revision = git(clone, "rev-parse", "HEAD")
    if broken == "objects":
        shutil.rmtree(clone / ".git" / "objects")
    else:
        (clone / ".git" / broken).write_text("[broken")

    entry = ask(clone, revision)

    assert (entry.status, bool(entry.hint)) == ("error", True)


def test_nothing_that_the_repository_names_is_run(clone: Path) -> None:
    marks = clone.parent / "marks"
    marks.mkdir()

    def leaves(mark: str) -> str:
        return f"touch {marks / mark}; false"

    hooks = clone.parent / "hooks"
    hooks.mkdir()
    for hook in ("reference-transaction", "post-index-change", "fsmonitor-watchman"):
        (hooks / hook).write_text(f"#!/bin/sh\n{leaves('hook')}\n")
        (hooks / hook).chmod(0o755)
    settings = {
        "core.fsmonitor": leaves("fsmonitor"),
        "core.hooksPath": str(hooks),
        "core.pager": leaves("pager"),
        "core.sshCommand": leaves("ssh"),
        "core.gitProxy": leaves("proxy"),
        "filter.evil.clean": leaves("filter"),
        "filter.evil.process": leaves("filter"),
        "diff.external": leaves("diff"),
        "gpg.program": leaves("gpg"),
        "credential.helper": f"!{leaves('credential')}",
        "protocol.ext.allow": "always",
        "protocol.allow": "always",
        "remote.origin.uploadpack": leaves("uploadpack"),
        "remote.origin.promisor": "true",
        "remote.evil.url": f"ext::sh -c {leaves('ext').replace(' ', '% ')}",
        "remote.evil.promisor": "true",
        "extensions.partialClone": "origin",
        **{f"alias.{name}": f"!{leaves('alias')}" for name in ("rev-parse", "config", "cat-file", "for-each-ref")},
    }
    for name, value in settings.items():
        git(clone, "config", name, value)
    git(clone, "config", "core.repositoryFormatVersion", "1")
    (clone / ".gitattributes").write_text("* filter=evil diff=evil\n")
    (clone / "train.py").write_text("train.rb")  # of the same length, so that git looks into it

    for revision in ("1" * 40, git(clone, "rev-parse", "HEAD")):
        ask(clone, revision)

    assert list(marks.iterdir()) == []
    for command in (("status",), ("cat-file", "-t", "1" * 40)):
        subprocess.run(["git", *command], cwd=clone, capture_output=True, check=False, timeout=60)
    assert {"fsmonitor", "filter", "uploadpack", "ext"} <= {mark.name for mark in marks.iterdir()}, "the traps work"
