"""`control lint` notices each way in which content can disagree with itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from policyctl import library
from policyctl.linting import lint
from policyctl.model.errors import ContentError
from tests.conftest import ROOT

CONTROL = "security/serving_encryption"
RULES = f"rego/policyctl/controls/{CONTROL}/serving_encryption.rego"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for folder in ("controls_catalog", "mappings", "rego", "bundles"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("dist"))
    return tmp_path


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_a_control_without_logic_is_named(content: Path, opa_path: str) -> None:
    shutil.rmtree(content / "rego/policyctl/controls" / CONTROL)

    assert any("SEC-001: no logic" in problem for problem in lint((content,), opa_path).problems)


def test_a_control_without_tests_is_named(content: Path, opa_path: str) -> None:
    (content / RULES.replace(".rego", "_test.rego")).unlink()

    assert any("SEC-001: no tests" in problem for problem in lint((content,), opa_path).problems)


def test_a_file_of_tests_in_which_none_is_called_one_is_named(content: Path, opa_path: str) -> None:
    tests = content / RULES.replace(".rego", "_test.rego")
    tests.write_text(tests.read_text().replace("\ntest_", "\ntset_"))

    assert any(
        "SEC-001: no tests: no rule in" in problem and "begins with test_" in problem
        for problem in lint((content,), opa_path).problems
    )


def test_logic_without_an_entry_is_named(content: Path, opa_path: str) -> None:
    folder = content / "rego/policyctl/controls/security/homeless"
    folder.mkdir()
    (folder / "homeless.rego").write_text("package policyctl.controls.security.homeless\n\nresources := set()\n")

    assert any("security.homeless has no entry" in problem for problem in lint((content,), opa_path).problems)


def test_a_mapping_to_an_unknown_control_is_named(content: Path, opa_path: str) -> None:
    replace(content / "mappings/eu_ai_act.yaml", "control: SEC-001", "control: SEC-999")

    assert any("no control SEC-999" in problem for problem in lint((content,), opa_path).problems)


def test_a_mapping_to_an_unknown_clause_is_named(content: Path, opa_path: str) -> None:
    replace(content / "mappings/eu_ai_act.yaml", "\n  Art. 15(5):", "\n  Art. 15(99):")

    assert any("no clause 'Art. 15(99)'" in problem for problem in lint((content,), opa_path).problems)


def test_a_clause_given_twice_is_named(content: Path, opa_path: str) -> None:
    file = content / "mappings/eu_ai_act.yaml"
    file.write_text(file.read_text() + "  Art. 15(5):\n    - {control: SEC-001, covers: supports, because: again}\n")

    assert any("'Art. 15(5)' is given twice" in problem for problem in lint((content,), opa_path).problems)


def test_a_control_that_no_clause_asks_for_is_named(content: Path, opa_path: str) -> None:
    for file in (content / "mappings").glob("*.yaml"):
        file.write_text(file.read_text().replace("control: SEC-001", "control: SEC-002"))

    assert "SEC-001: no clause is mapped to it" in lint((content,), opa_path).problems


def test_a_fact_that_no_collector_writes_is_named(content: Path, opa_path: str) -> None:
    file = content / "rego/policyctl/lib/terraform.rego"
    replace(file, "input.facts.resources", "input.facts.rezources")

    assert any("undefined ref: input.facts.rezources" in problem for problem in lint((content,), opa_path).problems)


def test_a_parameter_that_nobody_reads_is_named(content: Path, opa_path: str) -> None:
    entry = content / f"controls_catalog/{CONTROL}.yaml"
    entry.write_text(entry.read_text() + "parameters: {days: {type: integer, description: how long, default: 1}}\n")

    assert "SEC-001: parameter days is not read" in lint((content,), opa_path).problems


def test_a_parameter_that_is_not_declared_is_named(content: Path, opa_path: str) -> None:
    file = content / RULES
    file.write_text(file.read_text() + "\n_days := input.profile.parameters.security.serving_encryption.days\n")

    assert "SEC-001: parameter days is read and not declared" in lint((content,), opa_path).problems


@pytest.mark.parametrize(
    "body",
    [
        'not startswith(input.subject.id, "a")',
        "not count(input.gaps) == 0",
        "not input.kind in {1, 2}",
        "not _f(input.as_of)",
    ],
)
def test_a_call_inside_not_that_takes_a_reference_is_named(content: Path, opa_path: str, body: str) -> None:
    file = content / RULES
    file.write_text(file.read_text() + f"\n_f(x) if x == 1\n\n_trap if {{\n\t{body}\n}}\n")

    assert any("inside `not`" in problem for problem in lint((content,), opa_path).problems)


@pytest.mark.parametrize("body", ["not input.x", "x := input.subject\n\tnot is_string(x)", "not _f(1)"])
def test_a_negation_that_is_no_trap_is_not_named(content: Path, opa_path: str, body: str) -> None:
    file = content / RULES
    file.write_text(file.read_text() + f"\n_f(x) if x == 1\n\n_fine if {{\n\t{body}\n}}\n")

    assert not any("inside `not`" in problem for problem in lint((content,), opa_path).problems)


def test_a_rule_that_does_not_parse_is_named(content: Path, opa_path: str) -> None:
    (content / RULES).write_text("package p\n\nx := [\n")

    (problem,) = lint((content,), opa_path).problems

    assert "do not parse" in problem


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An organisation's folder with one control: ours of the owner's labels, under another name."""
    folder = tmp_path / "own"
    for part, suffix in (("controls_catalog/security", ".yaml"), ("rego/policyctl/controls/security", "")):
        (folder / part).mkdir(parents=True)
        source = ROOT / part / f"serving_encryption{suffix}"
        if suffix:
            (folder / part / "our_encryption.yaml").write_text(source.read_text().replace("SEC-001", "OWN-001"))
            shutil.copytree(source.with_suffix("") / "examples", folder / part / "our_encryption" / "examples")
            continue
        (folder / part / "our_encryption").mkdir()
        for ending in (".rego", "_test.rego"):
            text = (source / f"serving_encryption{ending}").read_text().replace("serving_encryption", "our_encryption")
            (folder / part / "our_encryption" / f"our_encryption{ending}").write_text(text)
    return folder


def test_a_control_of_ones_own_may_serve_no_clause_and_is_listed(own: Path, opa_path: str) -> None:
    linted = lint((ROOT, own), opa_path)

    assert linted.problems == []
    assert linted.unmapped == ["OWN-001"]


def test_a_control_of_ones_own_that_is_mapped_is_not_listed(own: Path, opa_path: str) -> None:
    (own / "mappings").mkdir()
    (own / "mappings" / "eu_ai_act.yaml").write_text(
        "framework: eu_ai_act\nclauses:\n  Art. 15(5):\n    - control: OWN-001\n      covers: supports\n      because: As ours.\n"
    )

    assert lint((ROOT, own), opa_path).unmapped == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("severity: high", "severity: grave", "severity is 'grave' and must be 'critical', 'high', 'medium' or 'low'"),
        ("severity: high\n", "", "the key 'severity' is missing"),
        ("severity: high", "severity: high\nweight: 3", "the key 'weight' is not one that is known"),
        ("id: SEC-001", "id: sec1", "id is 'sec1' and must be a name such as SEC-001"),
        ("kinds: [terraform_plan]", "kinds: terraform_plan", "kinds is 'terraform_plan' and must be a list"),
        ("kinds: [terraform_plan]", "kinds: []", "kinds is empty and must name something"),
        ("kinds: [terraform_plan]", "kinds: [plan]", "kinds.0 is 'plan' and must be "),
        ("severity: high", "severity: high\ntitle: [x]", "'title' is given twice"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_in_sentences(
    content: Path, opa_path: str, old: str, new: str, said: str
) -> None:
    replace(content / f"controls_catalog/{CONTROL}.yaml", old, new)
    (problem,) = lint((content,), opa_path).problems

    assert said in problem
    assert f"controls_catalog/{CONTROL}.yaml" in problem
    assert "Input should" not in problem


def test_a_control_with_a_statement_that_does_not_read_what_is_attested_is_named(content: Path, opa_path: str) -> None:
    rules = content / "rego/policyctl/controls/oversight/oversight_assigned/oversight_assigned.rego"
    replace(rules, "input.attested.oversight.oversight_assigned", "input.attested.oversight.oversight_measures")

    assert any("OVS-001: has a statement, and its rules do not" in p for p in lint((content,), opa_path).problems)


def test_what_is_attested_for_a_control_without_a_statement_is_named(content: Path, opa_path: str) -> None:
    entry = content / "controls_catalog/oversight/oversight_assigned.yaml"
    text = entry.read_text()
    entry.write_text(text[: text.index("statement:")] + text[text.index("remediation:") :])

    assert any("OVS-001: reads input.attested.oversight" in problem for problem in lint((content,), opa_path).problems)


def test_an_annotation_that_is_no_yaml_is_named_with_its_line(content: Path, opa_path: str) -> None:
    (content / RULES).write_text(
        "package policyctl.controls.security.serving_encryption\n\n"
        "resources := set()\n\n"
        "# METADATA\n# description: No key: none at all.\n"
        'findings contains {"code": "a"} if not is_string(input.facts.a.b)\n'
    )

    assert any(problem.startswith(f"{RULES}:6: yaml:") for problem in lint((content,), opa_path).problems), lint(
        (content,), opa_path
    ).problems


@pytest.mark.parametrize(
    ("call", "on"),
    [
        ("time.now_ns() > 0", "the clock"),
        ('not http.send({"method": "get", "url": "http://127.0.0.1:1"})', "the network"),
        ('x := [n | n := rand.intn("a", 7)]\n\tcount(x) > 0', "chance"),
        ("every p in {1} { opa.runtime().env.HOME != p }", "the machine that OPA runs on"),
    ],
)
def test_a_rule_that_depends_on_more_than_its_input_is_named(content: Path, opa_path: str, call: str, on: str) -> None:
    file = content / RULES
    file.write_text(f"{file.read_text()}\n_more if {{\n\t{call}\n}}\n")
    (wrong,) = (problem for problem in lint((content,), opa_path).problems if "depends on" in problem)

    assert wrong.startswith(f"{RULES}: calls ")
    assert wrong.endswith(f"which depends on {on}")


def test_such_a_rule_decides_nothing(content: Path, opa_path: str) -> None:
    replace(content / RULES, "findings contains", "_now := time.now_ns()\n\nfindings contains")
    with pytest.raises(ContentError, match="which depends on the clock"):
        library.load((content,), lambda: opa_path)


def test_a_rule_that_bears_the_name_of_such_a_function_is_no_call_of_it(content: Path, opa_path: str) -> None:
    file = content / RULES
    file.write_text(f"{file.read_text()}\n_send := input.facts.http.send\n")

    assert not any("depends on" in problem for problem in lint((content,), opa_path).problems)
