"""`control lint` looks at the profiles of the configuration as a run would."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyctl import library
from policyctl.model.catalog import Catalog
from policyctl.workbench.own_profiles import misprofiled
from tests.conftest import ROOT, Run

HEAD = "id: own\ntitle: Ours\ndescription: Our own.\n"


@pytest.fixture(scope="module")
def catalog(opa_path: str) -> Catalog:
    return library.load((ROOT,), lambda: opa_path).bundle.catalog


def said(place: Path, text: str, catalog: Catalog) -> list[str]:
    place.write_text(HEAD + text)
    return list(misprofiled([place], catalog))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("framwork: eu_ai_act\n", "own.yaml: the key 'framwork' is not one that is known"),
        (
            "framework: eu_ai_akt\n",
            "profile own: no control is mapped to framework eu_ai_akt: write mappings/eu_ai_akt.yaml",
        ),
        ("extends: baselin\n", "profile own: cannot extend baselin"),
        ("select: {exclude: [SEC-999]}\n", "profile own: unknown control SEC-999"),
        (
            'extends: baseline\nparameters: {operations.resource_limits: {maximum_accelerators: "4"}}\n',
            "profile own: operations.resource_limits.maximum_accelerators must be of type integer, not '4'",
        ),
    ],
)
def test_what_a_run_would_refuse_is_told(tmp_path: Path, catalog: Catalog, text: str, problem: str) -> None:
    (told,) = said(tmp_path / "own.yaml", text, catalog)

    assert problem in told


def test_a_profile_of_a_law_under_which_nothing_can_deny_is_told(tmp_path: Path, catalog: Catalog) -> None:
    supported = {
        id for id, edges in catalog["edges"]["eu_ai_act"].items() if all(e["covers"] == "supports" for e in edges)
    }
    law = f"framework: eu_ai_act\nenforcement: {{default: deny}}\nselect: {{controls: [{min(supported)}]}}\n"

    (told,) = said(tmp_path / "own.yaml", law, catalog)

    assert told.startswith(
        "profile own: no control can deny under it: none covers a clause of eu_ai_act in full or in part"
    )
    assert said(tmp_path / "own.yaml", law.replace("default: deny", "default: warn"), catalog) == []
    assert said(tmp_path / "own.yaml", law.replace("eu_ai_act", "iso_42001_2023"), catalog) == []


def test_ours_and_a_good_one_are_let_be(tmp_path: Path, catalog: Catalog) -> None:
    assert said(tmp_path / "own.yaml", "extends: eu-ai-act-high-risk\n", catalog) == []


@pytest.mark.parametrize(
    "command",
    [
        ("check", "x.yaml"),
        ("explain", "SEC-001"),
        ("bundle", "build", "b.tar.gz"),
        ("mapping", "gaps"),
        ("control", "lint"),
        ("control", "test", "SEC-001"),
        ("control", "mutate", "SEC-001"),
        ("control", "erode", "SEC-001"),
        ("control", "try", "SEC-001", "x.yaml"),
        ("control", "docs", "site"),
    ],
    ids=" ".join,
)
def test_a_content_folder_that_is_not_there_is_an_error(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    (tmp_path / "policyctl.yaml").write_text("content: [polcy]\n")
    (tmp_path / "x.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: []}\n")
    monkeypatch.chdir(tmp_path)

    ran = run(*command)

    assert ran.code == 2
    assert "polcy: there is no such folder" in ran.err


def test_lint_reads_the_profiles_of_the_configuration(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policyctl.yaml").write_text("profiles: [own.yaml]\n")
    (tmp_path / "own.yaml").write_text(HEAD + "extends: baselin\n")
    monkeypatch.chdir(tmp_path)

    ran = run("control", "lint")

    assert ran.code == 1
    assert "profile own: cannot extend baselin" in ran.out


def test_a_first_control_makes_the_folder_that_is_listed(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policyctl.yaml").write_text("content: [policy]\nprofiles: [later.yaml]\nprofile: later\n")
    monkeypatch.chdir(tmp_path)
    answers = ["--id", "ORG-001", "--title", "Images are ours", "--kind", "kubernetes_object", "--severity", "high"]

    ran = run("control", "new", "supply_chain/own_registry", *answers, "--clause", "none")

    assert ran.code == 0, ran.err
    assert (tmp_path / "policy/controls_catalog/supply_chain/own_registry.yaml").is_file()
