"""What gathering adds to what collectors say."""

from __future__ import annotations

from pathlib import Path

from policyctl import gathering

TOKEN = "ghp_" + "PlantedGithubToken" + "aBcDeFgHiJkLmNoP"


def test_a_secret_that_stands_as_a_key_is_not_told_by_the_place_of_a_gap(tmp_path: Path) -> None:
    manifest = tmp_path / "pod.yaml"
    manifest.write_text(
        f"apiVersion: v1\nkind: Pod\nmetadata: {{name: a, labels: {{{TOKEN}: 1, other: 2}}}}\nspec: {{containers: []}}\n"
    )
    (subject,) = gathering.subjects(gathering.gather([str(manifest)]))
    places = [gap["at"] for gap in subject.gaps if "at" in gap]

    assert ["metadata", "labels", "other"] in places
    assert TOKEN not in str(subject.gaps)


VERSION = '{"model_version": {"name": "wine", "version": "1"}}'
RECORD = "policyctl: release\nid: wine-1\nsystem: s\nmodel: mlflow:wine/1\nsources: [version.json]\n"


def test_what_tells_only_a_part_of_a_model_is_judged_with_its_record_and_not_alone(tmp_path: Path) -> None:
    version, record = tmp_path / "version.json", tmp_path / "release.yaml"
    version.write_text(VERSION)
    record.write_text(RECORD)

    for named in ([tmp_path], [version, record]):
        inputs = gathering.gather([str(path) for path in named], cwd=tmp_path)

        assert {entry.path: entry.status for entry in inputs} == {"release.yaml": "decided"}
        assert [subject.facts["version"] for subject in gathering.subjects(inputs)] == ["1"]


def test_a_part_of_a_model_that_no_record_names_is_an_error_where_the_user_named_it(tmp_path: Path) -> None:
    version = tmp_path / "version.json"
    version.write_text(VERSION)
    (named,) = gathering.gather([str(version)], cwd=tmp_path)
    (met,) = gathering.gather([str(tmp_path)], cwd=tmp_path)

    assert (named.status, named.message) == (
        "error",
        "version.json: tells of a model only where a release record names it",
    )
    assert (met.status, met.subjects) == ("skipped", ())
