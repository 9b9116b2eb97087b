"""`dvc:` in a release record: files that DVC wrote, and files as nobody should write them."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from policyctl.collectors.dvc.source import Dvc
from policyctl.model.content import Beside
from policyctl.model.document import Collected, Input
from tests.conftest import DATA

WINE = DATA / "releases" / "dvc-wine"
MODEL = hashlib.sha256((WINE / "model" / "rows.txt").read_bytes()).hexdigest()


@pytest.fixture
def wine(tmp_path: Path) -> Path:
    shutil.copytree(WINE, tmp_path / "wine")
    return tmp_path / "wine"


def ask(folder: Path, text: str, *files: str) -> Input:
    return Dvc().collect(text, Beside(str(folder), "wine", files=frozenset(files)))


def told(folder: Path, text: str, *files: str) -> Collected:
    entry = ask(folder, text, *files)
    assert entry.status == "decided", entry.message
    (subject,) = entry.subjects
    assert subject.partial
    return subject


def hidden(subject: Collected) -> set[str]:
    return {".".join(path[1:]) for gap in subject.gaps for path in gap["paths"]}


def test_a_stage_tells_its_data_and_parameters(wine: Path) -> None:
    stage = told(wine, "train", MODEL)

    assert stage.facts["datasets"] == [
        {
            "name": "data/split",
            "source": "dvc.lock:split",
            "source_type": "dvc",
            "digest": "md5:fe95e6d94d321d16f0005bc583198a36.dir",
            "context": "train",
        }
    ]
    assert stage.facts["run"] == {
        "parameters": {
            "train.balanced": "true",
            "train.depth": "3",
            "train.name": "tree",
            "train.rate": "0.1",
            "other.yaml:seed": "7",
        }
    }
    assert stage.gaps == ()
    assert stage.sources[0]["path"] == "wine/dvc.lock"
    assert stage.sources[0]["sha256"] == hashlib.sha256((wine / "dvc.lock").read_bytes()).hexdigest()


def test_data_that_no_stage_made_come_from_where_they_lie(wine: Path) -> None:
    (data,) = told(wine, "split").facts["datasets"]

    assert (data["name"], data["source"], data["context"]) == ("data/wine.csv", "data/wine.csv", "split")


def test_tracked_data_are_not_said_to_be_for_training(wine: Path) -> None:
    tracked = told(wine, "data/wine.csv.dvc")

    digest = hashlib.md5((wine / "data/wine.csv").read_bytes()).hexdigest()
    assert tracked.facts["datasets"] == [
        {"name": "data/wine.csv", "source": "data/wine.csv", "source_type": "dvc", "digest": f"md5:{digest}"}
    ]
    assert (tracked.gaps, "run" in tracked.facts) == ((), False)


def test_imported_data_come_from_a_commit_of_another_repository() -> None:
    (data,) = told(DATA / "releases" / "dvc-get-started", "data/data.xml.dvc").facts["datasets"]

    assert (data["name"], data["digest"]) == ("data/data.xml", "md5:22a1a2931c8370d3aeedd7183606fd7f")
    assert data["source"] == (
        "https://github.com/iterative/dataset-registry@f59388cd04276e75d70b2136597aaa27e7937cc3:get-started/data.xml"
    )


def test_digests_of_dvc_2_are_of_texts_with_other_line_ends() -> None:
    (data,) = told(DATA / "releases" / "dvc-fashion-mnist", "train").facts["datasets"]

    assert data["digest"] == "md5-dos2unix:35353c71da0985eed8bb507bbc53bd91"


@pytest.mark.parametrize("what", ["no files", "other files", "changed", "gone"])
def test_a_stage_that_may_have_made_another_model_hides_what_it_tells(wine: Path, what: str) -> None:
    made = wine / "model" / "rows.txt"
    files = {"no files": [], "other files": ["0" * 64]}.get(what, [MODEL])
    if what == "changed":
        made.write_text("2 rows\n")
        files = [hashlib.sha256(made.read_bytes()).hexdigest()]
    if what == "gone":
        made.unlink()

    stage = told(wine, "train", *files)

    assert hidden(stage) == {"datasets", "run.parameters"}
    assert "may have made another model" in stage.gaps[0]["reason"]


def test_an_output_that_is_a_file_binds_the_stage_too(wine: Path) -> None:
    lock, made = wine / "dvc.lock", wine / "model" / "rows.txt"
    digest = hashlib.md5(made.read_bytes()).hexdigest()
    old = next(line for line in lock.read_text().split("- path: model\n")[1].splitlines() if "md5: " in line)
    lock.write_text(
        lock.read_text().replace("- path: model\n", "- path: model/rows.txt\n").replace(old, f"      md5: {digest}")
    )

    assert hidden(told(wine, "train", MODEL)) == set()
    assert hidden(told(wine, "train")) == {"datasets", "run.parameters"}


@pytest.mark.parametrize("out", ["../outside.txt", "{outside}", "link.txt"])
def test_no_output_outside_the_records_folder_is_looked_at(wine: Path, out: str) -> None:
    outside = wine.parent / "outside.txt"
    outside.write_text("1 row\n")
    os.symlink(outside, wine / "link.txt")
    content = outside.read_bytes()
    lock = f"""schema: '2.0'
stages:
  train:
    cmd: python train.py
    outs:
    - {{path: '{out.format(outside=outside)}', hash: md5, md5: {hashlib.md5(content).hexdigest()}}}
"""
    (wine / "dvc.lock").write_text(lock)

    assert hidden(told(wine, "train", hashlib.sha256(content).hexdigest())) == {"datasets", "run.parameters"}


@pytest.mark.parametrize("path", ["/etc/passwd", "../../secrets.csv", "s3://bucket/wine.csv"])
def test_a_dependency_elsewhere_is_named_and_not_opened(wine: Path, path: str) -> None:
    (wine / "dvc.lock").write_text(f"schema: '2.0'\nstages: {{train: {{deps: [{{path: '{path}', etag: abc}}]}}}}\n")

    (data,) = told(wine, "train").facts["datasets"]

    assert data == {"name": path, "source": path, "source_type": "dvc", "context": "train"}


@pytest.mark.parametrize("name", ["a.py", "A.PY", "b.R", "notebooks/c.ipynb", "run.sh"])
def test_programs_are_no_data(wine: Path, name: str) -> None:
    (wine / "dvc.lock").write_text(f"schema: '2.0'\nstages: {{train: {{deps: [{{path: {name}}}, {{path: src}}]}}}}\n")

    assert [data["name"] for data in told(wine, "train").facts["datasets"]] == ["src"]


def test_names_are_relative_to_the_record(wine: Path) -> None:
    (wine / "part").mkdir()
    shutil.copy(wine / "dvc.lock", wine / "part" / "dvc.lock")

    (data,) = told(wine, "part/dvc.lock:train").facts["datasets"]

    assert (data["name"], data["source"]) == ("part/data/split", "part/dvc.lock:split")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no stage"),
        ("evaluate", "no stage evaluate"),
        ("part/dvc.lock:train", "cannot be read"),
        ("../dvc.lock:train", "beside the record"),
        ("/etc/passwd:train", "beside the record"),
        ("link.lock:train", "beside the record"),
        ("dvc.yaml:train", "cannot be read"),
        ("release.yaml:train", "no dvc.lock of schema 2.0"),
        ("model:train", "directory"),
        ("absent.dvc", "cannot be read"),
        ("a\0b.dvc", ""),
    ],
)
def test_what_is_not_there_is_an_error(wine: Path, text: str, says: str) -> None:
    (wine.parent / "dvc.lock").write_text("schema: '2.0'\nstages: {train: {}}\n")
    os.symlink(wine.parent / "dvc.lock", wine / "link.lock")

    entry = ask(wine, text)

    assert (entry.status, bool(entry.hint)) == ("error", True)
    assert says in entry.message


def test_the_stages_that_there_are_are_named(wine: Path) -> None:
    assert "split, train" in ask(wine, "").hint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "schema: '2.0'\nstages:\n  train:\n    deps:\n    - path: [",
        "[]",
        "schema: '1.0'\nstages: {train: {}}",
        "train: {cmd: a, deps: []}",
        "schema: '2.0'\nstages: [train]",
        "schema: '2.0'\nstages: {train: python train.py}",
        "schema: '2.0'\nstages: {train: {deps: {path: a}}}",
        "schema: '2.0'\nstages: {train: {deps: [a.csv]}}",
        "schema: '2.0'\nstages: {train: {deps: [{md5: d41d8cd98f00b204e9800998ecf8427e}]}}",
        "schema: '2.0'\nstages: {train: {deps: [{path: 7}]}}",
        "schema: '2.0'\nstages: {train: {deps: [{path: a, md5: 7}]}}",
        "schema: '2.0'\nstages: {train: {deps: [{path: a, md5: d41d8cd9}]}}",
        "schema: '2.0'\nstages: {train: {params: [a]}}",
        "schema: '2.0'\nstages: {train: {params: {params.yaml: 3}}}",
        "schema: '2.0'\nstages: {train: {}, split: {outs: 3}}",
        "schema: '2.0'\nstages: {train: {}}\n---\nschema: '2.0'\nstages: {train: {}}",
    ],
)
def test_a_lock_that_is_none_is_an_error(wine: Path, text: str) -> None:
    (wine / "dvc.lock").write_text(text)

    entry = ask(wine, "train")

    assert (entry.status, entry.subjects) == ("error", ())
    assert "dvc.lock" in entry.message


@pytest.mark.parametrize(
    "text", ["", "outs: []", "deps: [{path: a}]", "outs: a.csv", "outs: [{md5: 7, path: a}]", "- a"]
)
def test_a_file_that_stands_for_no_data_is_an_error(wine: Path, text: str) -> None:
    (wine / "data" / "wine.csv.dvc").write_text(text)

    assert ask(wine, "data/wine.csv.dvc").status == "error"


def test_what_yaml_readers_disagree_about_is_a_gap(wine: Path) -> None:
    lock = (
        (wine / "dvc.lock")
        .read_text()
        .replace("train.name: tree", "train.name: tree\n        <<: {train.name: forest}")
    )
    (wine / "dvc.lock").write_text(lock)

    (gap,) = told(wine, "train", MODEL).gaps

    assert (gap["code"], gap["paths"]) == ("ambiguous_yaml", [["facts", "datasets"], ["facts", "run", "parameters"]])


def test_words_are_read_as_dvc_reads_them(wine: Path) -> None:
    """As YAML 1.2: there `no` is a word."""
    lock = (wine / "dvc.lock").read_text().replace("train.name: tree", "train.name: no")
    (wine / "dvc.lock").write_text(lock)

    assert told(wine, "train").facts["run"]["parameters"]["train.name"] == "no"
