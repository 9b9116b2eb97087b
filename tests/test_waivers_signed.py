"""Waivers in the tree under judgement that a key from outside has signed, end to end."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran
from tests.test_waivers import Place, place, results, state, waivers_of_all

__all__ = ["place"]


@pytest.fixture
def key(place: Place, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The public key, beside the tree; the tree's waivers are signed by its private half, and this is a pipeline."""
    place.grant(*waivers_of_all(), folder=place.tree)
    signed = place.run("waiver", "sign", "waivers.yaml", "--key", str(place.trusted / "key.pem"), "--generate-key")
    assert signed.code == 0, signed.err
    monkeypatch.setenv("CI", "true")
    return place.trusted / "key.pem.pub"


def judged(place: Place, *arguments: str) -> tuple[Ran, dict[str, Any]]:
    ran = place.check("--output", "json", *arguments)
    return ran, json.loads(ran.out)


def refused(place: Place, key: Path, why: str) -> bool:
    """Whether nothing was waived, and the report says why."""
    ran, report = judged(place, "--waiver-key", str(key))
    said = any(f"waivers.yaml is a claim without effect: {why}" in note for note in report["summary"]["notes"])
    return ran.code == 1 and report["waivers"] == [] and said


def test_signed_waivers_have_effect_in_a_pipeline_and_say_by_which_key(place: Place, key: Path) -> None:
    ran, report = judged(place, "--waiver-key", str(key))

    assert ran.code == 0
    assert state(report, "W-SEC-001") == "applied"
    assert results(report)["SEC-001"]["status"] == "fail"
    assert report["waivers"][0]["source"]["trusted"] is True
    assert "waivers.yaml: signed by key.pem.pub" in report["summary"]["notes"]


def test_the_key_may_come_from_the_pipelines_environment(
    place: Place, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYCTL_WAIVER_KEY", str(key))

    assert judged(place)[0].code == 0
    assert "in_force" in place.run("waiver", "list", "--as-of", "2026-11-21").out


def test_without_the_key_a_signature_is_worth_nothing(place: Place, key: Path) -> None:
    assert judged(place)[0].code == 1


def test_a_changed_file_is_refused(place: Place, key: Path) -> None:
    file = place.tree / "waivers.yaml"
    file.write_text(file.read_text().replace("2026-12-31", "2027-01-05"))

    assert refused(place, key, "it is not what was signed")


def test_a_missing_signature_is_refused_also_on_ones_own_machine(
    place: Place, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI")
    (place.tree / "waivers.yaml.sig").unlink()

    assert refused(place, key, "there is no waivers.yaml.sig beside it")


def test_another_key_is_refused(place: Place, key: Path) -> None:
    file, other = place.tree / "waivers.yaml", place.trusted / "other.pem"
    assert place.run("waiver", "sign", str(file), "--key", str(other), "--generate-key").code == 0

    assert refused(place, key, "it is signed by another key than key.pem.pub")


def test_a_signature_under_another_name_of_the_key_is_refused(place: Place, key: Path) -> None:
    signature = place.tree / "waivers.yaml.sig"
    told = json.loads(signature.read_text())
    signature.write_text(json.dumps({**told, "signature": base64.b64encode(b"x" * 64).decode()}))

    assert refused(place, key, "it is not what was signed")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"v": 1, "key": 7, "signature": "%"}', "null", "[" * 100_000])
def test_what_is_no_signature_is_refused(place: Place, key: Path, content: str) -> None:
    (place.tree / "waivers.yaml.sig").write_text(content)

    assert refused(place, key, "waivers.yaml.sig is not a signature")


def test_a_key_in_the_tree_is_refused(place: Place, key: Path) -> None:
    (place.tree / "mine.pub").write_bytes(key.read_bytes())
    ran = place.check("--waiver-key", "mine.pub")

    assert ran.code == 2
    assert "a key for waivers lies outside the tree that is judged" in ran.err


@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_a_key_that_cannot_be_read_is_a_usage_error(place: Place, key: Path, content: bytes | None) -> None:
    key.unlink() if content is None else key.write_bytes(content)
    ran = place.check("--waiver-key", str(key))

    assert ran.code == 2
    assert "is not a public key that can be read" in ran.err


def test_a_key_and_a_trusted_configuration_contradict_each_other(place: Place, key: Path) -> None:
    place.grant({})
    ran = place.check("--waiver-key", str(key), "--trusted-config", str(place.trusted))

    assert ran.code == 2
    assert "a key for waivers goes without a trusted configuration" in ran.err


def test_a_file_that_no_check_would_take_is_not_signed(place: Place) -> None:
    file = place.tree / "waivers.yaml"
    file.write_text("policyctl: waivers\nwaivers: [{}]\n")
    ran = place.run("waiver", "sign", str(file), "--key", str(place.trusted / "k.pem"), "--generate-key")

    assert ran.code == 2
    assert not file.with_name("waivers.yaml.sig").exists()
    assert not (place.trusted / "k.pem").exists()
