"""What is configured where, and what of it has effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyctl.model.document import Collected
from policyctl.model.errors import UsageError
from policyctl.settings import LOCAL, load
from policyctl.systems import Systems

SYSTEM = "policyctl: system\nid: {id}\nowner: Risk\nroles: [deployer]\nclasses: [{{id: transparency, basis: chat}}]\n"


def subject(path: str, system_id: str | None = None) -> Collected:
    return Collected("model_card", {"id": path, "path": path}, {}, (), system_id=system_id)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "policyctl.yaml").write_text(
        "profile: eu-ai-act-high-risk\nsystems:\n  - system.yaml\n  - {file: chat.yaml, paths: [chat/]}\n"
    )
    (tmp_path / "system.yaml").write_text(SYSTEM.format(id="scoring"))
    (tmp_path / "chat.yaml").write_text(SYSTEM.format(id="chat"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_nothing_configured_is_the_baseline(tmp_path: Path) -> None:
    assert load({}, {}, tmp_path).profile == "baseline"


def test_the_file_is_found_upwards_and_says_that_it_is_local(tree: Path) -> None:
    (tree / "a" / "b").mkdir(parents=True)
    settings = load({}, {}, tree / "a" / "b")

    assert settings.profile == "eu-ai-act-high-risk"
    assert any(LOCAL in note for note in settings.notes)


def test_the_environment_beats_the_file_and_a_flag_beats_both(tree: Path) -> None:
    assert load({}, {"POLICYCTL_PROFILE": "baseline"}, tree).profile == "baseline"
    assert load({"profile": "own"}, {"POLICYCTL_PROFILE": "baseline"}, tree).profile == "own"


def test_with_a_trusted_configuration_the_tree_only_claims(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    trusted = tmp_path_factory.mktemp("trusted")
    (trusted / "policyctl.yaml").write_text("profile: baseline\n")
    settings = load({"trusted_config": str(trusted)}, {}, tree)

    assert settings.profile == "baseline"
    assert settings.systems == ()
    assert any("claim without effect" in note for note in settings.notes)


def test_a_trusted_configuration_inside_the_judged_tree_is_refused(tree: Path) -> None:
    for folder in (tree, tree / "policy"):
        folder.mkdir(exist_ok=True)
        (folder / "policyctl.yaml").write_text("profile: baseline\n")
        with pytest.raises(UsageError, match="outside the tree"):
            load({"trusted_config": str(folder)}, {}, tree)


def test_a_trusted_configuration_that_is_not_there_is_an_error(tree: Path) -> None:
    with pytest.raises(UsageError, match="no trusted configuration"):
        load({"trusted_config": str(tree.parent / "elsewhere")}, {}, tree)


@pytest.mark.parametrize(
    "text",
    [
        "- a list",
        "profil: baseline",
        "profile: 3",
        "systems: {a: b}",
        "systems: [{fil: x}]",
        "systems: [{file: x, paths: y}]",
        "a: [",
    ],
)
def test_a_file_that_is_wrong_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "policyctl.yaml").write_text(text)

    with pytest.raises(UsageError, match=r"policyctl\.yaml"):
        load({}, {}, tmp_path)


def test_a_subject_belongs_to_the_system_whose_paths_match(tree: Path) -> None:
    systems = Systems(load({}, {}, tree))

    assert systems.of(subject("chat/card.md")).get("id") == "chat"
    assert systems.of(subject("other/card.md")).get("id") == "scoring"


def test_a_label_cannot_move_a_subject_from_the_paths_that_name_it(tree: Path) -> None:
    assert Systems(load({}, {}, tree)).of(subject("chat/card.md", "scoring")).get("id") == "chat"


def test_a_label_chooses_among_the_known_systems(tree: Path) -> None:
    assert Systems(load({}, {}, tree)).of(subject("other/card.md", "chat")).get("id") == "chat"


def test_a_label_that_nobody_knows_is_all_that_is_known(tmp_path: Path) -> None:
    assert Systems(load({}, {}, tmp_path)).of(subject("card.md", "mystery")) == {"id": "mystery"}


def test_a_system_by_flag_is_that_of_every_subject(tree: Path) -> None:
    assert Systems(load({}, {}, tree), "scoring").of(subject("chat/card.md")).get("id") == "scoring"


def test_a_system_file_by_flag_only_claims_where_configuration_is_trusted(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    trusted = tmp_path_factory.mktemp("trusted")
    (trusted / "policyctl.yaml").write_text("profile: baseline\n")
    systems = Systems(load({"trusted_config": str(trusted)}, {}, tree), "system.yaml")

    assert systems.of(subject("card.md")) == {"id": "scoring", "owner": "Risk"}


def test_a_system_file_by_flag_says_that_it_is_local(tree: Path) -> None:
    assert Systems(load({}, {}, tree), "system.yaml").notes == (f"system.yaml: {LOCAL}",)


def test_an_unknown_system_is_an_error(tree: Path) -> None:
    with pytest.raises(UsageError, match="no system"):
        Systems(load({}, {}, tree), "nobody")


@pytest.mark.parametrize(("path", "established"), [("chat.yaml", True), ("copy.yaml", None)])
def test_a_system_is_established_by_the_configured_file_and_not_by_one_that_takes_its_id(
    tree: Path, path: str, established: bool | None
) -> None:
    facts = {"stated": ["id", "roles"], "id": "chat", "roles": ["provider"]}
    described = Collected("system", {"id": path, "path": path}, facts, (), system_id="chat")
    system = Systems(load({}, {}, tree)).of(described)

    assert (system["roles"], system.get("established")) == (["deployer"], established)
