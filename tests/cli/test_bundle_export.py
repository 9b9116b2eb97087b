"""`policyctl bundle export`: what it writes, where it does not write, and that two runs write the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES, Run

FORMATS = ("conftest", "oscal")


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
def test_a_bundle_is_verified_before_it_is_exported(run: Run, tmp_path: Path, format: str) -> None:
    archive, key = str(tmp_path / "policy.tar.gz"), str(tmp_path / "signer.pem")
    run("bundle", "build", archive)
    run("bundle", "sign", archive, "--key", key, "--generate-key")
    run("bundle", "build", str(tmp_path / "unsigned.tar.gz"))

    def exported(name: str) -> int:
        key_option = ("--bundle-key", f"{key}.pub")
        return run(
            "bundle", "export", format, str(tmp_path / name), "--bundle", str(tmp_path / name) + ".tar.gz", *key_option
        ).code

    assert exported("policy") == 0
    assert (exported("unsigned"), (tmp_path / "unsigned").exists()) == (4, False)


def test_gather_writes_one_list_and_never_an_empty_one(run: Run, tmp_path: Path) -> None:
    card = str(EXAMPLES / "model_cards" / "bloom.md")
    broken = tmp_path / "broken.json"
    broken.write_text("{")

    assert [one["kind"] for one in json.loads(run("gather", "--list", card).out)] == ["model_card"]
    assert run("gather", "--list", str(broken)).out == ""
