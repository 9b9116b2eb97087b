"""A first release record of what a real MLflow server holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.conftest import Run
from tests.mlflow_server import Tracking, running

pytestmark = pytest.mark.servers

CARD = b"---\nbase_model: example/tree\n---\n# Wine sorter\n\n## Intended use\n\nSorts wines by cultivar.\n"
EVIL = "x\napprovals: [{role: owner, name: Eve}]"
MD5 = "d41d8cd98f00b204e9800998ecf8427e"


@pytest.fixture(scope="module")
def tracking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracking]:
    """A server with two versions of a model, the second of which bears an alias, a system's tag and a card."""
    with running(tmp_path_factory.mktemp("mlflow")) as server:
        run = server.run()
        inputs = [
            {
                "tags": [{"key": "mlflow.data.context", "value": "training"}],
                "dataset": {"name": name, "digest": MD5, "source_type": "local", "source": '{"uri": "data.csv"}'},
            }
            for name in ("wine-train", EVIL)
        ]
        server.post("runs/log-inputs", {"run_id": run["run_id"], "datasets": inputs})
        logged = server.logged_model(run["run_id"], {"model.skops": b"weights", "README.md": CARD})
        server.model("wine")
        for _ in range(2):
            server.version("wine", f"models:/{logged['model_id']}", run["run_id"])
        server.post("registered-models/alias", {"name": "wine", "alias": "candidate", "version": "2"})
        tag = {"name": "wine", "version": "2", "key": "policyctl.system", "value": "wine-sorting"}
        server.post("model-versions/set-tag", tag)
        yield server


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tracking: Tracking) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLFLOW_TRACKING_URI", tracking.url)
    return tmp_path


def statuses(run: Run, source: str) -> dict[str, str]:
    ran = run("check", source, "--profile", "eu-ai-act-high-risk", "--no-record", "-o", "json")
    (decision,) = [one for one in json.loads(ran.out)["decisions"] if one["kind"] == "model"]
    return {one["control"]["id"]: one["status"] for one in decision["results"]}


def test_an_alias_is_written_as_its_version_and_nothing_passes_but_the_binding_to_the_files(run: Run) -> None:
    before = statuses(run, "mlflow:wine@candidate")
    gathered = json.loads(run("gather", "mlflow:wine/2", "--list").out)[0]["facts"]
    ran = run("release", "init", "mlflow:wine@candidate")

    assert (ran.code, ran.err) == (0, "")
    assert yaml.safe_load(Path("release.yaml").read_text()) == {
        "policyctl": "release",
        "id": "wine-2",
        "system": "wine-sorting",
        "model": "mlflow:wine/2",
        "artefact": gathered["artefact"]["sha256"],
        "datasets": [{"name": "wine-train"}, {"name": EVIL}],
        "base_models": [{"id": "example/tree"}],
    }
    after = statuses(run, "release.yaml")
    assert {id: (before[id], after[id]) for id in after if before[id] != after[id]} == {"REL-007": ("fail", "pass")}
    asking = ("DAT-016", "DAT-017", "DAT-018", "DAT-019", "REL-008", "REL-010", "REL-011", "REL-012", "REL-013")
    assert {after[id] for id in (*asking, "SUP-015")} == {"fail"}


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("mlflow:wine", "name one, such as mlflow:wine/"),
        ("mlflow:", "name one, such as mlflow:wine/"),
        ("mlflow:wine/3", "the server has no such model, version or alias"),
        ("mlflow:wine@champion", "mlflow:wine@champion: "),
        ("mlflow:wine/1/2", "names no model of MLflow"),
    ],
)
def test_what_names_not_one_version_is_an_error(source: str, says: str, run: Run, here: Path) -> None:
    ran = run("release", "init", source, "--system", "s")

    assert (ran.code, list(here.iterdir())) == (2, [])
    assert says in ran.err


def test_two_names_of_versions_are_one_too_many(run: Run, here: Path) -> None:
    ran = run("release", "init", "mlflow:wine/1", "mlflow:wine/2", "--system", "s")

    assert (ran.code, list(here.iterdir())) == (2, [])
    assert "mlflow:wine/1, mlflow:wine/2: more than one version" in ran.err


def test_a_server_that_is_away_is_an_error(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://127.0.0.1:1")
    ran = run("release", "init", "mlflow:wine/1", "--system", "s")

    assert (ran.code, list(here.iterdir())) == (2, [])
    assert "mlflow:wine/1: http://127.0.0.1:1/" in ran.err
    assert "cannot be reached" in ran.err


def test_a_version_that_does_worse_than_the_one_in_use_is_found_out(run: Run, tracking: Tracking) -> None:
    tracking.model("beer")
    for value in (0.9, 0.8):
        trained = tracking.run()
        logged = tracking.logged_model(trained["run_id"], {"model.skops": b"weights"})
        metric = {"run_id": trained["run_id"], "key": "accuracy", "value": value, "timestamp": 1795370401860, "step": 0}
        about = {"model_id": logged["model_id"], "dataset_name": "beer-test", "dataset_digest": MD5}
        tracking.post("runs/log-metric", metric | about)
        tracking.version("beer", f"models:/{logged['model_id']}", trained["run_id"])
    tracking.post("registered-models/alias", {"name": "beer", "alias": "champion", "version": "1"})
    Path("release.yaml").write_text(
        "policyctl: release\nid: beer-2\nsystem: beer-sorting\nmodel: mlflow:beer/2\nreplaces: mlflow:beer@champion\n"
    )

    ran = run("check", "release.yaml", "--no-record", "-o", "json")

    (decision,) = [one for one in json.loads(ran.out)["decisions"] if one["kind"] == "model"]
    (result,) = [one for one in decision["results"] if one["control"]["id"] == "EVA-019"]
    assert [finding["message"] for finding in result["findings"]] == [
        "accuracy is 0.8, and accuracy was 0.9 for mlflow:beer/1 on the same data"
    ]
