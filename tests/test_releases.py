"""Release records: what they state, joined with what their sources tell."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from policyctl import claims, pipeline, settings
from policyctl.context import Context
from policyctl.gathering import gather, sources_of
from policyctl.model.document import Collected, Input
from policyctl.model.errors import UsageError
from policyctl.model.gathered import Gathered, Stamp
from policyctl.registries import NO_REGISTRIES, Registries
from policyctl.releases import Sources, joined
from tests.conftest import DATA

WINE = DATA / "releases" / "wine"
RECORD = """policyctl: release
id: wine-1
system: wine-sorting
model: mlflow:wine/1
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(WINE, tmp_path / "wine")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def model(entries: list[Input]) -> Collected:
    (found,) = [subject for entry in entries for subject in entry.subjects if subject.kind == "model"]
    return found


def write(text: str, name: str = "wine/release.yaml") -> str:
    Path(name).write_text(RECORD + text)
    return name


def told(text: str) -> Collected:
    return model(gather([write(text)]))


def test_what_people_state_is_told_apart_from_what_was_derived() -> None:
    version = model(gather(["wine"]))

    attested = {path for source in version.sources if source.get("attested") for path in source["facts"]}
    assert {"release.owner", "release.approvals", "release.intended_use"} <= attested
    assert all(path.startswith("release.") for path in attested)
    derived = {path for source in version.sources if not source.get("attested") for path in source.get("facts", [])}
    assert {"run.id", "datasets", "evaluations", "card.facts", "code.revision"} <= derived


def test_a_folder_gives_the_model_and_its_card_and_nothing_twice() -> None:
    decided = [(entry.kind, entry.path) for entry in gather(["wine"]) if entry.status == "decided"]

    assert sorted(decided) == [("model", "wine/release.yaml"), ("model_card", "wine/MODEL_CARD.md")]


def test_a_statement_stands_at_its_line() -> None:
    place = model(gather(["wine"])).locate("", ("release", "approvals", 1, "decision"))

    assert str(place) == "wine/release.yaml:20"


def test_what_is_said_of_a_dataset_is_said_of_its_file() -> None:
    locate = model(gather(["wine"])).locate

    assert [str(locate("", ("data_files", index, "md5"))) for index in (0, 1)] == [
        "wine/wine-test.csv",
        "wine/not-here.csv",
    ]


def test_a_dataset_is_known_as_it_lies_now() -> None:
    content = Path("wine/wine-test.csv").read_bytes()

    there, gone = model(gather(["wine"])).facts["data_files"]

    assert there == {
        "name": "wine-test",
        "path": "wine-test.csv",
        "size": len(content),
        "md5": hashlib.md5(content).hexdigest(),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    assert gone == {"name": "wine-unseen", "path": "not-here.csv"}


@pytest.mark.parametrize("source", ["absent.json", "../elsewhere.json", "/etc/hostname", "link.json", "empty"])
def test_a_source_that_cannot_be_read_is_an_error_and_a_gap(source: str) -> None:
    os.symlink("/etc/hostname", "wine/link.json")
    Path("wine/empty").mkdir()

    entries = gather([write(f"sources: [run.json, '{source}']\n")])

    assert [entry.status for entry in entries if entry.kind != "model" or not entry.subjects] == ["error"]
    hidden = {path[1] for gap in model(entries).gaps for path in gap["paths"]}
    assert {"artefact", "conflicts", "evaluations", "run", "datasets", "card"} <= hidden


def test_sources_that_tell_nothing_of_the_model_hide_everything() -> None:
    (gap,) = told("sources: []\n").gaps

    assert "none of the sources" in gap["reason"]


def test_of_a_fact_that_two_sources_tell_the_first_counts_and_the_other_is_a_conflict() -> None:
    text = Path("wine/run.json").read_text()
    Path("wine/other.json").write_text(text.replace("54406578ae42b4c37aef6ff38eaf47578eccdea5", "0" * 40))

    facts = told("sources: [run.json, other.json]\n").facts

    assert facts["code"]["revision"] == "54406578ae42b4c37aef6ff38eaf47578eccdea5"
    stated = [
        {"value": "54406578ae42b4c37aef6ff38eaf47578eccdea5", "source": "wine/run.json"},
        {"value": "0" * 40, "source": "wine/other.json"},
    ]
    assert facts["conflicts"] == [{"fact": "code.revision", "stated": stated}]


def test_datasets_of_several_sources_add_up_by_their_names() -> None:
    shutil.copy(DATA / "releases/dvc-wine/dvc.lock", "wine/dvc.lock")
    alone = told("sources: [run.json]\n").facts["datasets"]

    both = told("sources: [run.json, 'dvc:train', 'dvc:dvc.lock:train']\n").facts["datasets"]

    assert [dataset["name"] for dataset in alone] == ["wine-train", "wine-test"]
    assert both[:2] == alone
    assert [dataset["name"] for dataset in both[2:]] == ["data/split"]


@pytest.mark.parametrize("files", [[], ["model/"]])
def test_a_stage_counts_where_its_output_is_one_of_the_versions_files(files: list[str]) -> None:
    shutil.copytree(DATA / "releases/dvc-wine", "dvc")
    record = write(f"sources: {[*files, 'dvc:train']}\n", "dvc/release.yaml")

    codes = [gap["code"] for gap in model(gather([record])).gaps]

    assert codes == ([] if files else ["unbound_stage"])


def test_the_files_of_another_version_bind_no_stage(here: Path) -> None:
    shutil.copytree(DATA / "releases/dvc-wine", "dvc")
    record = write("sources: ['mlflow:wine', 'dvc:train']\n", "dvc/release.yaml")

    entries = {entry.path: entry for entry in gather([record], registries=Versions())}

    (version,) = entries[record].subjects
    assert version.facts["artefact"]["files"] == []
    assert [gap["code"] for gap in version.gaps] == ["unbound_stage"]


class Versions(Registries):
    """A registry with two versions; the files of the second are those of the folder."""

    def collect(self, uri: str) -> list[Input]:
        made = {"path": "rows.txt", "sha256": hashlib.sha256(Path("dvc/model/rows.txt").read_bytes()).hexdigest()}
        return [self._version("mlflow:wine/1", []), self._version("mlflow:wine/2", [made])]

    def _version(self, id: str, files: list[dict[str, str]]) -> Input:
        gathered = Gathered({"id": id})
        gathered.add(id, Stamp("0" * 64), {"artefact": {"files": files, "location": "s3://wine"}})
        return Input(id, "decided", "model", subjects=(gathered.collected(id, id, None),))


def test_a_folder_of_data_is_known_by_the_digest_that_dvc_gives_it() -> None:
    shutil.copytree(DATA / "releases/dvc-wine", "dvc")

    folder = model(gather(["dvc/release.yaml"])).facts["data_files"][0]
    (Path("dvc/data/split") / ".dvcignore").touch()
    untold = model(gather(["dvc/release.yaml"]))

    assert folder == {"name": "data/split", "path": "data/split", "md5": "fe95e6d94d321d16f0005bc583198a36.dir"}
    assert untold.facts["data_files"][0] == {"name": "data/split", "path": "data/split"}
    (gap,) = untold.gaps
    assert gap["paths"] == [["facts", "data_files"]]
    assert "data/split" in gap["reason"]


@pytest.mark.parametrize("first", [True, False])
def test_the_repository_is_asked_about_the_revision_that_the_sources_before_tell(here: Path, first: bool) -> None:
    subprocess.run(["git", "init", "--quiet", here], check=True)

    facts = told(f"sources: {['git:', 'run.json'] if first else ['run.json', 'git:']}\n").facts

    revision = None if first else "54406578ae42b4c37aef6ff38eaf47578eccdea5"
    assert facts["repository"].get("revision") == revision
    assert facts["code"]["revision"] == "54406578ae42b4c37aef6ff38eaf47578eccdea5"


def test_a_repository_that_cannot_be_read_is_an_error_and_a_gap() -> None:
    entries = gather([write("sources: [run.json, 'git:']\n")])

    (error,) = [entry for entry in entries if entry.status == "error"]
    assert (error.path, error.named) == ("git:wine", True)
    assert ["facts", "repository"] in [path for gap in model(entries).gaps for path in gap["paths"]]


def test_what_lies_beside_a_record_is_no_input_of_its_own() -> None:
    assert [(entry.status, entry.path) for entry in gather(["git:"])] == [("error", "git:")]


def test_two_records_about_one_version_are_an_error() -> None:
    first, second = write("sources: [run.json]\n", "wine/a.yaml"), write("sources: [run.json]\n", "wine/b.yaml")

    entries = {entry.path: entry for entry in gather([first, second])}

    assert entries[second].status == "error"
    assert "wine/a.yaml" in entries[second].message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ownr: {name: Ada}\n", "release.yaml:5"),
        ("owner: Ada\n", "release.yaml:5"),
        ("approvals: [{role: risk, name: Ada, day: yesterday, decision: approved}]\n", "release.yaml:5"),
        ("artefact: 0f3c\n", "release.yaml:5"),
        ("datasets: [{name: a, file: ../../secrets.csv}]\n", "beside the record"),
    ],
)
def test_a_misspelt_record_is_an_error_with_its_place(text: str, says: str) -> None:
    (entry,) = gather([write(text)])

    assert entry.status == "error"
    assert says in entry.message


def test_what_tells_of_a_model_is_no_subject_alone() -> None:
    (named,) = gather(["wine/run.json"])
    met = {entry.path: entry.status for entry in gather(["wine"])}

    assert (named.status, bool(named.hint)) == ("error", True)
    Path("wine/release.yaml").unlink()
    assert {entry.path: entry.status for entry in gather(["wine"])}["wine/run.json"] == "skipped"
    assert "wine/run.json" not in met


@pytest.mark.parametrize("trusted", [False, True])
def test_in_a_pipeline_what_others_found_good_is_a_claim(trusted: bool) -> None:
    listed = Path("wine/release.yaml")
    own = settings.Settings(trusted=trusted, root=Path("elsewhere"), releases=() if trusted else (listed,))

    entries = [claims.weighed(entry, own, Context("", "2026-11-22", pipeline=True)) for entry in gather(["wine"])]

    hidden = {tuple(path) for gap in model(entries).gaps for path in gap["paths"]}
    assert hidden == {("facts", "release", key) for key in ("approvals", "base_models", "monitoring", "reviews")}
    assert any("claim without effect" in note for note in model(entries).notes)


def test_a_record_of_the_trusted_configuration_counts_and_takes_the_place_of_the_trees_own() -> None:
    shutil.copytree("wine", "trusted")
    Path("trusted/policyctl.yaml").write_text("releases: [release.yaml]\n")
    own = settings.load({"trusted_config": "trusted"}, {}, Path("wine").resolve())

    entries = gather(["wine"], releases=own.releases)
    weighed = [claims.weighed(entry, own, Context("", "2026-11-22", pipeline=True)) for entry in entries]

    (own_word,) = [entry for entry in weighed if entry.path == "wine/release.yaml"]
    assert own_word.status == "skipped"
    version = model(weighed)
    assert version.subject["path"] == "trusted/release.yaml"
    assert version.gaps == ()


def test_what_the_configuration_lists_must_be_a_record() -> None:
    with pytest.raises(UsageError):
        gather(["wine"], releases=[Path("wine/run.json")])
    with pytest.raises(UsageError):
        gather(["wine"], releases=[Path("wine/absent.yaml")])


def test_on_ones_own_machine_statements_count() -> None:
    (entry,) = [one for one in gather(["wine/release.yaml"]) if one.kind == "model"]

    assert claims.weighed(entry, settings.Settings(), Context("", "2026-11-22")) == entry


def test_a_registry_that_nobody_names_is_an_error() -> None:
    with pytest.raises(UsageError) as caught:
        gather([write("")])
    assert "MLFLOW_TRACKING_URI" in caught.value.hint


def test_a_tree_names_no_server_in_a_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("policyctl.yaml").write_text("registries: {mlflow: 'https://evil.example.com'}\n")
    monkeypatch.setenv("MLFLOW_TRACKING_TOKEN", "correct-horse")

    with pytest.raises(UsageError, match=r"policyctl\.yaml"):
        pipeline.gathered(
            ["mlflow:wine/1"], settings.load({}), pipeline.Options(), Context("", "2026-11-22", pipeline=True)
        )


def test_a_file_of_results_tells_where_a_record_names_it() -> None:
    shutil.copy(DATA / "results" / "promptfoo-results.json", "wine/promptfoo.json")
    shutil.copy(DATA / "results" / "ge-1.json", "wine/validation.json")

    version = told("sources: [version.json, promptfoo.json, validation.json]\n")

    (result,) = version.facts["evaluations"]
    assert (result["tool"], result["passed"], result["bound"], result["file"]) == (
        "promptfoo",
        False,
        "nothing",
        "wine/promptfoo.json",
    )
    (check,) = version.facts["data_checks"]
    assert (check["passed"], check["file"]) == (False, "wine/validation.json")
    assert str(version.locate("", ("data_checks", 0))) == "wine/validation.json"


def test_what_a_tool_could_not_examine_is_a_gap() -> None:
    shutil.copy(DATA / "results" / "titanic-with-exceptions.json", "wine/validation.json")

    version = told("sources: [version.json, validation.json]\n")

    assert {gap["code"] for gap in version.gaps} == {"not_measured"}
    assert {str(gap["paths"]) for gap in version.gaps} == {"[['facts', 'data_checks']]"}


def test_a_file_of_results_that_no_record_names_says_so() -> None:
    shutil.copy(DATA / "results" / "promptfoo-results.json", "promptfoo.json")

    (named,) = gather(["promptfoo.json"])

    assert (named.status, named.message) == (
        "error",
        "promptfoo.json: tells of a model only where a release record names it",
    )


def test_each_result_stands_in_its_own_file() -> None:
    shutil.copy(DATA / "results" / "promptfoo-results.json", "wine/promptfoo.json")

    version = told("sources: [run.json, promptfoo.json]\n")

    files = [str(version.locate("", ("evaluations", index))) for index in range(len(version.facts["evaluations"]))]
    assert set(files[:-1]) == {"wine/run.json"}
    assert files[-1] == "wine/promptfoo.json"


@pytest.mark.parametrize("names", [("mlflow:wine/1", "run.json"), ("run.json", "mlflow:wine/1")])
@pytest.mark.parametrize("recorded", [[], [{"name": "wine-train", "digest": "bac6d39f", "context": "training"}]])
def test_a_file_adds_no_training_data_to_those_of_the_registrys_run(
    names: tuple[str, str], recorded: list[dict[str, str]]
) -> None:
    held = Gathered({"id": "mlflow:wine/1"})
    held.add("mlflow: run", Stamp("0" * 64), {"datasets": recorded})
    version = held.collected("mlflow:wine/1", "mlflow:wine/1", None)
    record = Collected("model", {"id": "mlflow:wine/1", "path": "wine/release.yaml"}, {}, (), more=names)
    sources = Sources(
        lambda _: [Input("mlflow:wine/1", "decided", "model", subjects=(version,))],
        sources_of(NO_REGISTRIES, Path.cwd()).read,
        Path.cwd(),
    )

    entries = joined([Input("wine/release.yaml", "decided", "model", subjects=(record,))], [], [], sources)

    datasets = model(entries).facts["datasets"]
    assert {one["name"] for one in datasets} == {"wine-train", "wine-test"}
    assert [one["name"] for one in datasets if "context" in one] == [one["name"] for one in recorded]
