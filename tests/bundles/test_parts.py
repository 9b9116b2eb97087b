"""OPA is given only the rules that a run needs, and answers the same as with all; without a rule that it needs, it answers nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from policyctl import context, library, opening, pipeline, settings
from policyctl.attesting import Attestations
from policyctl.bundles.archive import files_in
from policyctl.bundles.build import CATALOG
from policyctl.bundles.parts import classification_part, needs, part, read_by_rules
from policyctl.bundles.syntax import modules_of, parse
from policyctl.documents.cutting import Cut, cut
from policyctl.gathering import gather, subjects
from policyctl.library import Loaded
from policyctl.model.document import KINDS
from policyctl.model.errors import EngineError
from policyctl.profiles import chosen_profile
from policyctl.systems import Systems
from tests.conftest import DATA, EXAMPLES, Run

MANIFEST = EXAMPLES / "kubernetes" / "vllm-deployment.yaml"

Documents = Callable[[str, list[str]], list[dict[str, object]]]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return library.load((library.own_root(),), opening.opa_path)


@pytest.fixture(scope="module")
def documents(loaded: Loaded) -> Documents:
    def made(profile: str, paths: list[str]) -> list[dict[str, object]]:
        own, today = settings.load({"profile": profile}), context.current()
        chosen = chosen_profile(own, loaded.bundle.catalog)
        attestations = Attestations(own, loaded.bundle.catalog, today)
        built = pipeline.build_documents(
            subjects(gather(paths)), chosen, Systems(own), attestations, pipeline.Options(), today
        )
        return [cut(d, Cut.of(loaded.bundle.catalog, d["kind"])) for _, d in built]

    return made


@pytest.mark.parametrize("profile", ["baseline", "eu-ai-act-high-risk"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_part_answers_like_the_whole(profile: str, kind: str, loaded: Loaded, documents: Documents) -> None:
    paths = [
        str(EXAMPLES),
        *(
            str(DATA / name)
            for name in ("agents", "terraform", "kubernetes", "model_cards", "bom", "systems", "records", "releases")
        ),
    ]
    asked = [document for document in documents(profile, paths) if document["kind"] == kind]
    own = settings.load({"profile": profile})
    with opening.open_run(own, {kind}) as run, opening.start(own, loaded) as whole:
        assert 0 < len(run.controls) < len(loaded.bundle.catalog["controls"])
        assert run.engine.decide(asked) == whole.decide(asked)
    assert len(asked) >= 5


def test_a_part_gives_no_answer_about_a_control_that_it_lacks(documents: Documents) -> None:
    asked = documents("baseline", [str(MANIFEST)])
    with opening.open_run(settings.load({}), {"model_card"}) as run, pytest.raises(EngineError, match="SEC-"):
        run.engine.decide(asked)


def test_a_manifest_that_looks_like_a_plan_is_decided_all_the_same(run: Run, tmp_path: Path) -> None:
    """Its name promises a plan, and the part that was started is that of plans."""
    as_json = tmp_path / "deployment.json"
    as_json.write_text(json.dumps(next(iter(yaml.safe_load_all(MANIFEST.read_text())))))
    ran = run("check", str(as_json), "--no-record", "-o", "json")

    assert opening.likely_kinds([str(as_json)], None) == {"terraform_plan"}
    assert ran.code == 1
    assert [d["subject"]["id"] for d in json.loads(ran.out)["decisions"]] != []


@pytest.mark.parametrize(
    ("paths", "kind", "kinds"),
    [
        ([str(MANIFEST)], None, {"kubernetes_object"}),
        ([str(MANIFEST)], "model_card", {"model_card"}),
        ([str(MANIFEST), str(EXAMPLES / "model_cards/bloom.md")], None, {"kubernetes_object", "model_card"}),
        ([str(DATA / "bom/spdx3-package-sbom.json")], None, {"bom"}),
        ([str(DATA / "bom/spdx3-dataset-01.json")], None, {"terraform_plan"}),
        ([str(MANIFEST), "-"], None, set()),
        (["mlflow:wine/1"], None, {"model", "model_card"}),
        (["mlflow:wine/1", str(MANIFEST)], None, {"model", "model_card", "kubernetes_object"}),
        (["mlflow:wine/1", str(EXAMPLES)], None, set()),
        ([str(DATA / "releases/wine/release.yaml")], None, {"model", "model_card"}),
        ([str(EXAMPLES)], None, set()),
        ([str(EXAMPLES / "demo.sh")], None, set()),
        ([str(DATA / "kubernetes/dockerfiles/tgi.Dockerfile")], None, {"container_image"}),
        ([str(DATA.parent / "adversarial/data/compose.yaml")], None, {"container_image"}),
    ],
)
def test_what_the_documents_probably_are(paths: list[str], kind: str | None, kinds: set[str]) -> None:
    assert opening.likely_kinds(paths, kind) == kinds


def test_a_control_needs_what_it_reaches_and_main(opa_path: str) -> None:
    sources = {
        "main.rego": "package policyctl.main\n\na := data.policyctl.controls[input.x][input.y]\n\nb := data.policyctl.law.l\n",
        "law.rego": "package policyctl.law\n\nl := 1\n",
        "own.rego": "package policyctl.controls.f.own\n\nimport data.policyctl.lib.near\n\nfindings := near.n\n",
        "more.rego": "package policyctl.controls.f.own\n\nresources := {1}\n",
        "other.rego": "package policyctl.controls.f.other\n\nfindings := data.policyctl.lib[input.x].n\n",
        "near.rego": "package policyctl.lib.near\n\nn := data.policyctl.lib.far.f\n",
        "far.rego": "package policyctl.lib.far\n\nf := 1\n",
        "none.rego": "package policyctl.lib.none\n\nf := 1\n",
    }
    found = needs(modules_of(parse(opa_path, sources)))

    assert found["f/own"] == ["far.rego", "law.rego", "main.rego", "more.rego", "near.rego", "own.rego"]
    # Which lib it means is told by the input only: all of them.
    assert found["f/other"] == ["far.rego", "law.rego", "main.rego", "near.rego", "none.rego", "other.rego"]


def test_the_rules_read_nothing_else_of_the_catalog(loaded: Loaded) -> None:
    rules = {name: text.decode() for name, text in loaded.bundle.files.items() if name.endswith(".rego")}
    readers = {name for name, text in rules.items() if "policyctl.catalog" in text}
    classifying = {name for name in readers if name.startswith("policyctl/classification/")}
    alone = {"policyctl/alone/alone.rego", "policyctl/webhook/webhook.rego"}
    read = _read_by(rules[name] for name in readers - classifying - alone)

    assert read == set(read_by_rules(loaded.bundle.catalog, ["SEC-001"]))
    assert _read_by(rules[name] for name in classifying) == {"classification"}
    assert alone < readers
    assert {Path(name).stem for name in readers - classifying - alone} == {"main", "law", "shapes", "waivers"}


def _read_by(rules: Iterable[str]) -> set[str]:
    """The parts of the catalog that rules name. Each mention of it names one."""
    text = "".join(rules)
    found = re.findall(r"data\.policyctl\.catalog\.(\w+)", text)
    assert text.count("policyctl.catalog") == len(found)
    return set(found)


def test_what_classifies_is_a_part_with_the_questions_and_no_control(loaded: Loaded) -> None:
    files = files_in(classification_part(loaded.bundle))

    assert set(json.loads(files[CATALOG])) == {"classification"}
    assert "policyctl/classification/classification.rego" in files
    assert [name for name in files if "/controls/" in name or "/main/" in name] == []


def test_a_control_that_asks_for_the_class_has_the_questions_and_no_texts_of_controls(loaded: Loaded) -> None:
    files = files_in(part(loaded.bundle, ["SYS-001"]))
    catalog = json.loads(files[CATALOG])

    assert catalog["classification"] == loaded.bundle.catalog["classification"]
    assert set(catalog) == {*read_by_rules(loaded.bundle.catalog, ["SYS-001"]), "classification"}
    assert "classification" not in json.loads(files_in(part(loaded.bundle, ["GOV-004"]))[CATALOG])


def test_a_rule_of_ones_own_that_reads_the_catalog_has_all_of_it(loaded: Loaded) -> None:
    own = b"package policyctl.controls.a.b\n\nresources := data.policyctl.catalog.profiles\n"
    catalog = {**loaded.bundle.catalog, "rules": {**loaded.bundle.catalog["rules"], "ORG-001": ["a/b.rego"]}}
    bundle = replace(loaded.bundle, files={**loaded.bundle.files, "a/b.rego": own}, catalog=catalog)

    assert "profiles" in json.loads(files_in(part(bundle, ["ORG-001"]))[CATALOG])
    assert "profiles" not in json.loads(files_in(part(bundle, ["SEC-001"]))[CATALOG])
