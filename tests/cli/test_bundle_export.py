"""`policyctl bundle export`: what it writes, where it does not write, and that two runs write the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policyctl.bundles.build import Bundle
from tests.bundles.conftest import own
from tests.conftest import EXAMPLES, Run

__all__ = ["own"]

FORMATS = ("conftest", "gatekeeper", "oscal")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("format", FORMATS)
def test_two_exports_are_the_same_bytes(run: Run, tmp_path: Path, format: str) -> None:
    for name in ("a", "b"):
        ran = run("bundle", "export", format, str(tmp_path / name))
        assert ran.code == 0, ran.err

    assert files(tmp_path / "a")
    assert files(tmp_path / "a") == files(tmp_path / "b")


@pytest.mark.parametrize("format", FORMATS)
def test_a_folder_that_holds_something_is_left_alone(run: Run, tmp_path: Path, format: str) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    refused = run("bundle", "export", format, str(tmp_path))

    assert (refused.code, list(files(tmp_path))) == (2, ["mine.txt"])
    assert "is not empty" in refused.err
    assert run("bundle", "export", format, str(tmp_path), "--force").code == 0
    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_in_the_folders_place_is_an_error_in_words(run: Run, tmp_path: Path, format: str) -> None:
    (tmp_path / "taken").write_text("")
    for place in (tmp_path / "taken", tmp_path / "taken" / "below"):
        ran = run("bundle", "export", format, str(place))

        assert (ran.code, "fix: " in ran.err, "Traceback" in ran.err) == (2, True, False)


@pytest.mark.parametrize("format", FORMATS)
def test_a_bundle_is_verified_before_it_is_exported(run: Run, own: Bundle, tmp_path: Path, format: str) -> None:
    for name in ("signed", "unsigned"):
        (tmp_path / f"{name}.tar.gz").write_bytes(own.archive)
    key = str(tmp_path / "signer.pem")
    run("bundle", "sign", str(tmp_path / "signed.tar.gz"), "--key", key, "--generate-key")

    def exported(name: str) -> int:
        bundle = ("--bundle", str(tmp_path / f"{name}.tar.gz"), "--bundle-key", f"{key}.pub")
        return run("bundle", "export", format, str(tmp_path / name), *bundle).code

    assert exported("signed") == 0
    assert (exported("unsigned"), (tmp_path / "unsigned").exists()) == (4, False)


def test_gather_writes_one_list_and_never_an_empty_one(run: Run, tmp_path: Path) -> None:
    card = str(EXAMPLES / "model_cards" / "bloom.md")
    broken = tmp_path / "broken.json"
    broken.write_text("{")

    assert [one["kind"] for one in json.loads(run("gather", "--list", card).out)] == ["model_card"]
    assert run("gather", "--list", str(broken)).out == ""


def test_gatekeeper_lists_what_it_leaves_out_with_the_reason(run: Run, tmp_path: Path) -> None:
    ran = run("bundle", "export", "gatekeeper", str(tmp_path / "out"))

    assert "SEC-010   it reads other objects of the run: service_accounts" in ran.out
    assert json.loads((tmp_path / "out" / "left-out.json").read_text())["SEC-009"].startswith(
        "what it reads is worked out"
    )


def test_a_profile_of_dates_is_not_exported_for_gatekeeper(run: Run, tmp_path: Path) -> None:
    ran = run("bundle", "export", "gatekeeper", str(tmp_path / "out"), "--profile", "eu-ai-act-high-risk")

    assert (ran.code, (tmp_path / "out").exists()) == (2, False)
    assert "decides by the dates of a law" in ran.err
