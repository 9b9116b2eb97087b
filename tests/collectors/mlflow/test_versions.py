"""What is read of a real MLflow server."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from policyctl.collectors.mlflow import MlflowRegistry
from policyctl.model.content import Surroundings
from policyctl.model.document import Collected, Input
from tests.mlflow_server import Tracking

pytestmark = pytest.mark.servers

CARD = b"---\nlicense: mit\n---\n# Sorter\n\n## Intended use\n\nSorts wines by cultivar.\n"
FILES = {
    "MLmodel": b"""flavors: {python_function: {loader_module: mlflow.sklearn}}
signature:
  inputs: '[{"type": "double", "name": "alcohol", "required": true}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
""",
    "model.skops": b"weights",
    "deep/er/a b.txt": b"more",
}
COMMIT = "54406578ae42b4c37aef6ff38eaf47578eccdea5"


def collected(tracking: Tracking, text: str) -> list[Input]:
    return list(MlflowRegistry().collect(text, Surroundings(tracking.environment)))


def one(tracking: Tracking, text: str) -> Collected:
    (entry,) = collected(tracking, text)
    assert entry.status == "decided", entry.message
    return entry.subjects[0]


def registered(tracking: Tracking, name: str, files: dict[str, bytes] = FILES, **tags: str) -> dict[str, Any]:
    """A model with one version, registered from a logged model; gives the logged model."""
    run = tracking.run(tags)
    info = tracking.logged_model(run["run_id"], files)
    tracking.model(name)
    tracking.version(name, f"models:/{info['model_id']}", run["run_id"])
    return info


def test_the_files_of_a_version_have_the_digests_that_sha256sum_gives(tracking: Tracking) -> None:
    info = registered(tracking, "digests")
    folder = tracking.artefacts / info["artifact_uri"].removeprefix("mlflow-artifacts:/")

    facts = one(tracking, "digests/1").facts["artefact"]

    listing = "find -type f -printf '%P\\n' | LC_ALL=C sort | xargs -d '\\n' sha256sum"
    summed = subprocess.run(listing, shell=True, cwd=folder, check=True, capture_output=True).stdout
    assert "".join(f"{file['sha256']}  {file['path']}\n" for file in facts["files"]).encode() == summed
    assert [file["size"] for file in facts["files"]] == [len(FILES["MLmodel"]), 4, 7]
    assert facts["sha256"] == hashlib.sha256(summed).hexdigest()


def test_the_run_the_code_and_the_signature_are_told(tracking: Tracking) -> None:
    tags = {"mlflow.source.git.commit": COMMIT, "mlflow.source.git.dirty": "true", "mlflow.source.name": "train.py"}
    info = registered(tracking, "told", **tags)

    facts = one(tracking, "told/1").facts

    assert facts["registry"] == "mlflow"
    assert (facts["name"], facts["version"], facts["status"]) == ("told", "1", "ready")
    run = facts["run"]
    assert (run["id"], run["status"], run["deleted"], run["user"]) == (info["source_run_id"], "finished", False, "ada")
    assert facts["code"] == {"revision": COMMIT, "dirty": True, "entry": "train.py"}
    assert facts["signature"] == {"inputs": [{"type": "double", "name": "alcohol"}], "outputs": [{"type": "int64"}]}


def test_the_requirements_are_told_and_where_they_stand(tracking: Tracking) -> None:
    registered(tracking, "requiring", {**FILES, "requirements.txt": b"skops==0.13\nmlflow\n"})

    version = one(tracking, "requiring/1")

    assert [(entry["name"], entry["pinned"]) for entry in version.facts["requirements"]] == [
        ("skops", True),
        ("mlflow", False),
    ]
    assert str(version.locate("", ("requirements", 1))) == "mlflow:requiring/1/requirements.txt"


def test_results_name_the_data_and_the_run_and_only_the_last_of_each_counts(tracking: Tracking) -> None:
    info = registered(tracking, "results")
    data = {"dataset_name": "test", "dataset_digest": "95f7be98", "model_id": info["model_id"]}
    for step, value in enumerate((0.7, 0.9)):
        metric = {
            "run_id": info["source_run_id"],
            "key": "Accuracy",
            "value": value,
            "timestamp": 1795370401860,
            "step": step,
        }
        tracking.post("runs/log-metric", {**metric, **data})

    (result,) = one(tracking, "results/1").facts["evaluations"]

    assert result == {
        "metric": "accuracy",
        "value": 0.9,
        "tool": "mlflow",
        "bound": "registry",
        "aspect": "performance",
        "at": "2026-11-22T18:00:01.860Z",
        "dataset": "test",
        "dataset_digest": "95f7be98",
        "run": info["source_run_id"],
    }


def test_the_datasets_that_a_run_recorded_are_told(tracking: Tracking) -> None:
    info = registered(tracking, "data")
    dataset = {
        "name": "train",
        "digest": "0f3c5a",
        "source_type": "s3",
        "source": json.dumps({"uri": "s3://data/train.csv"}),
        "schema": json.dumps({"mlflow_colspec": [{"type": "double", "name": "alcohol"}]}),
        "profile": json.dumps({"num_rows": 133}),
    }
    tags = [{"key": "mlflow.data.context", "value": "training"}]
    tracking.post(
        "runs/log-inputs", {"run_id": info["source_run_id"], "datasets": [{"dataset": dataset, "tags": tags}]}
    )

    assert one(tracking, "data/1").facts["datasets"] == [
        {
            "name": "train",
            "digest": "0f3c5a",
            "source_type": "s3",
            "source": "s3://data/train.csv",
            "context": "training",
            "columns": ["alcohol"],
            "rows": 133,
        }
    ]


def test_a_card_among_the_models_files_is_a_subject_of_its_own(tracking: Tracking) -> None:
    registered(tracking, "carded", {**FILES, "README.md": CARD})

    (entry,) = collected(tracking, "carded/1")
    model, card = entry.subjects

    assert (card.kind, card.subject["id"]) == ("model_card", "mlflow:carded/1/README.md")
    told = model.facts["card"]
    assert (told["path"], told["in_artefact"]) == ("README.md", True)
    assert told["sha256"] == hashlib.sha256(CARD).hexdigest()
    assert told["facts"]["licences"] == [{"id": "mit", "spdx": "MIT"}]


def test_a_card_beside_the_model_is_found_among_the_runs_files(tracking: Tracking) -> None:
    info = registered(tracking, "beside")
    run = tracking.get("runs/get", run_id=info["source_run_id"])["run"]["info"]
    tracking.upload(run["artifact_uri"], "MODEL_CARD.md", CARD)

    told = one(tracking, "beside/1").facts["card"]

    assert (told["path"], told["in_artefact"]) == ("MODEL_CARD.md", False)


def test_a_version_that_names_another_run_than_its_model_is_a_conflict(tracking: Tracking) -> None:
    own, other = tracking.run(), tracking.run()
    info = tracking.logged_model(own["run_id"], FILES)
    tracking.model("forged")
    tracking.version("forged", f"models:/{info['model_id']}", other["run_id"])

    facts = one(tracking, "forged/1").facts

    assert facts["run"]["id"] == own["run_id"]
    assert facts["conflicts"] == [
        {
            "fact": "run.id",
            "stated": [
                {"value": own["run_id"], "source": f"mlflow: logged model {info['model_id']}"},
                {"value": other["run_id"], "source": "mlflow:forged/1"},
            ],
        }
    ]


def test_a_model_of_mlflow_2_lies_in_a_folder_of_its_run(tracking: Tracking) -> None:
    run = tracking.run()
    tracking.upload(run["artifact_uri"], "model/model.pkl", b"weights")
    tracking.upload(run["artifact_uri"], "plot.png", b"not of the model")
    tracking.post("runs/log-metric", {"run_id": run["run_id"], "key": "f1", "value": 0.5, "timestamp": 1795370401860})
    tracking.model("old")
    tracking.version("old", f"{run['artifact_uri']}/model", run["run_id"])

    facts = one(tracking, "old/1").facts

    assert [file["path"] for file in facts["artefact"]["files"]] == ["model.pkl"]
    assert [(result["metric"], result["bound"]) for result in facts["evaluations"]] == [("f1", "registry")]


def test_a_copied_version_leads_to_what_it_is_a_copy_of(tracking: Tracking) -> None:
    info = registered(tracking, "original")
    tracking.model("copy")
    tracking.version("copy", "models:/original/1")

    assert one(tracking, "copy/1").facts["run"]["id"] == info["source_run_id"]


def test_files_elsewhere_are_a_gap(tracking: Tracking) -> None:
    tracking.model("elsewhere")
    tracking.version("elsewhere", "s3://bucket/model", tracking.run()["run_id"])

    version = one(tracking, "elsewhere/1")

    assert "artefact" not in version.facts
    (gap,) = version.gaps
    assert "s3://bucket/model" in gap["reason"]
    assert {path[1] for path in gap["paths"]} == {"artefact", "signature", "requirements", "card"}


def test_a_run_in_the_bin_is_told_as_deleted(tracking: Tracking) -> None:
    info = registered(tracking, "binned")
    tracking.post("runs/delete", {"run_id": info["source_run_id"]})

    assert one(tracking, "binned/1").facts["run"]["deleted"] is True


def test_a_logged_model_that_is_gone_is_a_gap_over_what_it_told(tracking: Tracking) -> None:
    info = registered(tracking, "gone")
    tracking.post(f"logged-models/{info['model_id']}", {}, "DELETE")

    version = one(tracking, "gone/1")

    hidden = {".".join(path) for gap in version.gaps for path in gap["paths"]}
    assert {"facts.artefact", "facts.conflicts", "facts.evaluations", "facts.run.id"} <= hidden


def test_aliases_and_tags_are_those_of_the_version_before_those_of_the_model(tracking: Tracking) -> None:
    registered(tracking, "tagged")
    tracking.post("registered-models/set-tag", {"name": "tagged", "key": "ai-system", "value": "sorting"})
    tracking.post("registered-models/set-tag", {"name": "tagged", "key": "stage", "value": "of the model"})
    tracking.post(
        "model-versions/set-tag", {"name": "tagged", "version": "1", "key": "stage", "value": "of the version"}
    )
    tracking.post("registered-models/alias", {"name": "tagged", "alias": "champion", "version": "1"})

    version = one(tracking, "tagged@champion")

    assert version.subject["id"] == "mlflow:tagged/1"
    assert version.facts["tags"] == {"ai-system": "sorting", "stage": "of the version"}
    assert version.facts["aliases"] == ["champion"]
    assert version.system_id == "sorting"


def test_every_version_of_a_model_is_told(tracking: Tracking) -> None:
    info = registered(tracking, "many")
    for _ in range(3):
        tracking.version("many", f"models:/{info['model_id']}", info["source_run_id"])

    assert [entry.path for entry in collected(tracking, "many")] == [f"mlflow:many/{number}" for number in (4, 3, 2, 1)]


@pytest.mark.parametrize("text", ["nobody/1", "nobody@champion", "nobody", "empty", "empty/1", "a/b/c", "a@b@c"])
def test_what_is_not_there_is_an_error(tracking: Tracking, text: str) -> None:
    if text == "empty":
        tracking.model("empty")

    (entry,) = collected(tracking, text)

    assert (entry.status, bool(entry.message), bool(entry.hint)) == ("error", True, True)


def test_where_each_fact_came_from_is_told(tracking: Tracking) -> None:
    info = registered(tracking, "sourced", {**FILES, "README.md": CARD})

    version = one(tracking, "sourced/1")

    told = {path: source["path"] for source in version.sources for path in source["facts"]}
    assert told["run.status"] == f"mlflow: run {info['source_run_id']}"
    assert told["artefact.sha256"] == "mlflow:sourced/1: files"
    assert told["card.facts"] == "mlflow:sourced/1/README.md"
    assert all(source["time"].endswith("Z") and len(source["sha256"]) == 64 for source in version.sources)
    stated = {path.partition(".")[0] for path in told}
    assert set(version.facts) - {"id", "conflicts"} <= stated | {"tags", "evaluations", "data_checks"}
    place = version.locate("", ("run", "status"))
    assert place is not None
    assert str(place) == f"mlflow: run {info['source_run_id']}"


def test_the_digest_of_a_folder_is_that_of_the_same_files_in_the_registry(tracking: Tracking, tmp_path: Path) -> None:
    from policyctl.collectors.model_folder import read_folder

    registered(tracking, "folder")
    for path, content in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)

    (told,) = read_folder("model", str(tmp_path)).subjects
    artefact = one(tracking, "folder/1").facts["artefact"]

    assert {**told.facts["artefact"], "location": artefact["location"]} == artefact
