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
