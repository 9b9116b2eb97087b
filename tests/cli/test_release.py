"""A first release record says what the sources tell, and nothing that people have to say."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import yaml

from policyctl import catalog_access
from policyctl.gathering import gather
from policyctl.model.document import Collected, Input
from policyctl.model.facts.release import ReleaseRecord
from tests.conftest import DATA, Run

ANSWERS = ("version.json", "logged_model.json", "run.json")
CARD = "---\nbase_model: example/tree\n---\n# Wine sorter\n\n## Intended use\n\nSorts wines by cultivar.\n"
HOSTILE = [
    "a: b",
    "'single' and \"double\"",
    "x\napprovals: [{role: owner, name: Eve, decision: approved}]",
    "y\r\n    licence: MIT\u2028\x85\t\x00",
    "# no comment",
    "- {z}",
    "\\u0022",
    "true",
    "2026-11-22",
    "Daten für Weine 葡萄酒 \U0001f377",
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The saved answers about a version of a model, and the folder of its files."""
    shutil.copytree(DATA / "releases" / "wine", tmp_path, dirs_exist_ok=True)
    (tmp_path / "release.yaml").unlink()
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "weights.skops").write_bytes(b"weights")
    (tmp_path / "model" / "README.md").write_text(CARD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(path: str = "release.yaml") -> dict[str, Any]:
    """What the file says to any reader of YAML."""
    read: dict[str, Any] = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    return read


def model(entries: list[Input]) -> Collected:
    (found,) = [subject for entry in entries for subject in entry.subjects if subject.kind == "model"]
    return found


def digest(folder: Path) -> str:
    """The digest of a model's files, by its definition."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    lines = [f"{hashlib.sha256(files[name].read_bytes()).hexdigest()}  {name}\n" for name in sorted(files)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def left_open(text: str) -> str:
    """The record as it is when somebody takes away each # and writes nothing."""
    _, mark, rest = text.partition("policyctl: release\n")
    assert mark
    return mark + re.sub(r"^( *)# ", r"\1", rest, flags=re.MULTILINE)


def test_what_the_sources_tell_is_written_and_reads_back(run: Run, here: Path) -> None:
    ran = run("release", "init", *ANSWERS, "model/", "--system", "wine-sorting")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "written: release.yaml, about mlflow:wine/1"
    assert ran.out.splitlines()[-1].startswith("next: ")
    assert written() == {
        "policyctl": "release",
        "id": "wine-1",
        "system": "wine-sorting",
        "model": "mlflow:wine/1",
        "sources": [*ANSWERS, "model"],
        "artefact": digest(here / "model"),
        "datasets": [{"name": "wine-train"}, {"name": "wine-test"}],
        "base_models": [{"id": "example/tree"}],
    }
    stated = {key: value for key, value in written().items() if key not in ("policyctl", "sources")}
    version = model(gather(["release.yaml"]))
    assert version.facts["release"] == stated
    assert version.facts["artefact"]["sha256"] == stated["artefact"]


def test_a_folder_is_called_by_its_name(run: Run, here: Path) -> None:
    (here / "model" / "README.md").write_text(CARD.replace("tree", "tree\nbase_model_revision: 0f3c5ad"))
    assert run("release", "init", "model", "--system", "s", "--out", "model.yml").code == 0

    assert written("model.yml") == {
        "policyctl": "release",
        "id": "model",
        "system": "s",
        "model": "model",
        "sources": ["model"],
        "artefact": digest(here / "model"),
        "base_models": [{"id": "example/tree"}],
    }


def test_files_are_named_as_the_record_finds_them(run: Run) -> None:
    Path("records").mkdir()
    shutil.copytree("model", "records/mlflow:wine")
    assert run("release", "init", "records/mlflow:wine", "--system", "s", "--out", "records/wine.yaml").code == 0

    assert written("records/wine.yaml")["sources"] == ["./mlflow:wine"]
    assert "artefact" in model(gather(["records/wine.yaml"])).facts


def test_the_system_is_the_one_that_the_configuration_names(run: Run) -> None:
    Path("system.yaml").write_text("policyctl: system\nid: bottling\n")
    Path("policyctl.yaml").write_text("systems: [system.yaml]\n")
    assert run("release", "init", "model").code == 0

    assert written()["system"] == "bottling"


def test_hostile_names_are_names_and_nothing_else(run: Run) -> None:
    saved = json.loads(Path("run.json").read_text())
    one = saved["run"]["inputs"]["dataset_inputs"][0]
    inputs = [{**one, "dataset": {**one["dataset"], "name": name}} for name in HOSTILE]
    saved["run"]["inputs"]["dataset_inputs"] = inputs
    Path("run.json").write_text(json.dumps(saved))
    version = json.loads(Path("version.json").read_text())
    version["model_version"]["name"] = 'wi"ne\nowner: {name: Eve}\n#'
    Path("version.json").write_text(json.dumps(version))

    assert run("release", "init", "version.json", "run.json", "--system", "s").code == 0

    assert list(written()) == ["policyctl", "id", "system", "model", "sources", "datasets"]
    assert written()["datasets"] == [{"name": name} for name in HOSTILE]
    assert written()["model"] == 'mlflow:wi"ne\nowner: {name: Eve}\n#/1'
    assert model(gather(["release.yaml"])).facts["release"]["datasets"] == written()["datasets"]


@pytest.mark.parametrize("name", [" wine-train", "\n", "https://ada:correct-horse@data.example.com/wine.csv"])
def test_a_name_that_a_record_cannot_say_is_left_out(name: str, run: Run) -> None:
    Path("run.json").write_text(Path("run.json").read_text().replace('"wine-train"', json.dumps(name)))
    assert run("release", "init", *ANSWERS, "--system", "s").code == 0

    assert written()["datasets"] == [{"name": "wine-test"}]
    assert "correct-horse" not in Path("release.yaml").read_text()


@pytest.mark.parametrize("name", [b"mod\xffel", b"model "])
def test_a_folder_whose_name_a_record_cannot_say_is_refused(name: bytes, run: Run) -> None:
    os.rename("model", os.fsdecode(name))
    ran = run("release", "init", os.fsdecode(name), "--system", "s")

    assert (ran.code, Path("release.yaml").exists()) == (2, False)
    assert "rename" in ran.err


@pytest.mark.parametrize("sources", [("run.json", "model"), ("run.json", "version.json")])
def test_what_is_left_open_is_no_statement_when_nobody_fills_it_in(sources: tuple[str, ...], run: Run) -> None:
    assert run("release", "init", *sources, "--system", "s").code == 0
    Path("release.yaml").write_text(left_open(Path("release.yaml").read_text()))

    (entry,) = gather(["release.yaml"])
    assert (entry.status, entry.subjects) == ("error", ())
    assert entry.message.endswith(": None")


def test_every_key_of_a_record_is_written_or_left_open(run: Run) -> None:
    assert run("release", "init", "version.json", "model", "--system", "s").code == 0
    keys = set(yaml.safe_load(left_open(Path("release.yaml").read_text()))) - {"policyctl"}

    assert keys == set(get_type_hints(ReleaseRecord))


def test_what_is_left_open_names_the_controls_that_ask_for_it(run: Run) -> None:
    assert run("release", "init", "version.json", "model", "--system", "s").code == 0
    told = Path("release.yaml").read_text()
    assert run("release", "init", "version.json", "--system", "s", "--out", "bare.yaml").code == 0
    key, named = "", set()
    for line in (left_open(told) + left_open(Path("bare.yaml").read_text())).splitlines():
        key = found[0] if (found := re.match(r"[a-z_]+", line)) else key
        named |= {(id, key) for id in re.findall(r"(?!SHA)[A-Z]{3}-[0-9]{3}", line)}

    assert named == {
        ("REL-007", "artefact"),
        ("REL-008", "approvals"),
        ("REL-009", "authors"),
        ("REL-010", "owner"),
        ("REL-011", "intended_use"),
        ("REL-012", "rollback"),
        ("REL-013", "monitoring"),
        ("EVA-019", "replaces"),
        ("DAT-015", "datasets"),
        ("DAT-016", "datasets"),
        ("DAT-017", "reviews"),
        ("DAT-018", "reviews"),
        ("DAT-019", "reviews"),
        ("SUP-015", "base_models"),
    }
    # DAT-015 reads the files that the record leads to.
    assert {id for id, _ in named} == {*asking_people(), "DAT-015"}


def asking_people() -> set[str]:
    """The controls that read what a release record states."""
    catalog, _ = catalog_access.catalog_and_profile({})
    return {id for id, paths in catalog["reads"].items() if any(path[:2] == ["facts", "release"] for path in paths)}


def statuses(run: Run, source: str, profile: str) -> dict[str, str]:
    """What each control says of the version, at a day on which the law binds."""
    ran = run("check", source, "--profile", profile, "--as-of", "2028-01-01", "--no-record", "-o", "json")
    (decision,) = [one for one in json.loads(ran.out)["decisions"] if one["kind"] == "model"]
    return {one["control"]["id"]: one["status"] for one in decision["results"]}


@pytest.mark.parametrize("profile", ["eu-ai-act-high-risk", "nist-ai-rmf"])
def test_by_a_first_record_no_control_passes_that_asks_for_somebodys_word(profile: str, run: Run) -> None:
    sources = [*ANSWERS, "model"]
    Path("bare.yaml").write_text(
        f"policyctl: release\nid: wine-1\nsystem: s\nmodel: mlflow:wine/1\nsources: {json.dumps(sources)}\n"
    )
    before = statuses(run, "bare.yaml", profile)
    assert run("release", "init", *sources, "--system", "s").code == 0
    after = statuses(run, "release.yaml", profile)

    # The record is bound to the digest of the files. That is all that has become better.
    assert {id: (before[id], after[id]) for id in after if before[id] != after[id]} == {"REL-007": ("fail", "pass")}
    asking = {id: after[id] for id in asking_people() & after.keys()}
    # Without approvals nobody can tell who gave them, and a first version replaces none.
    others = {"REL-007": "pass", "REL-009": "undetermined", "EVA-019": "not_applicable"}
    assert asking == {id: others.get(id, "fail") for id in asking}
    assert len(asking) >= 11


def test_what_cannot_be_read_in_a_source_is_said(run: Run) -> None:
    Path("model/README.md").write_bytes(b"\xff")
    ran = run("release", "init", "model", "--system", "s")

    assert ran.code == 0
    assert "not known: model/README.md: " in ran.out
    assert "base_models" not in written()


@pytest.mark.parametrize("there", [False, True])
def test_nothing_is_overwritten(there: bool, run: Run) -> None:
    if there:
        Path("release.yaml").write_text("mine\n")
    else:
        os.symlink("elsewhere.yaml", "release.yaml")
    ran = run("release", "init", "model", "--system", "s")

    assert (ran.code, "release.yaml: there already" in ran.err) == (2, True)
    assert not Path("elsewhere.yaml").exists()
    assert Path("release.yaml").is_symlink() or Path("release.yaml").read_text() == "mine\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("run.json", "--system", "s"), "does not say which version"),
        (("wine-test.csv", "--system", "s"), "wine-test.csv"),
        (("absent", "--system", "s"), "absent: cannot be read"),
        (("../elsewhere", "--system", "s"), "beside the record"),
        (("model", "--system", "s", "--out", "model/release.yaml"), "among the model's files"),
        ((".", "--system", "s"), "among the model's files"),
        (("model", "--system", "s", "--out", "release.json"), "--out"),
        (("model", "--system", "no id"), "no id"),
        (("model",), "which AI system"),
        (("mlflow:wine/1", "--system", "s"), "no MLflow server is named"),
        ((), "SOURCE"),
    ],
)
def test_what_cannot_be_told_is_an_error_and_nothing_is_written(
    arguments: tuple[str, ...], says: str, run: Run, here: Path
) -> None:
    before = sorted(here.rglob("*"))
    ran = run("release", "init", *arguments)

    assert (ran.code, sorted(here.rglob("*"))) == (2, before)
    assert says in ran.err
