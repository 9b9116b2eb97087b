from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from policyctl import plugins
from policyctl.collectors.detection import Identified, detect, identify
from policyctl.collectors.discovery import Found
from policyctl.model.content import Collector, Content
from policyctl.model.document import Input, Kind


class Plans:
    kind: Kind = "terraform_plan"

    def recognises(self, content: Content) -> bool:
        return any(isinstance(value, dict) and "format_version" in value for value in content.values)

    def collect(self, contents: Sequence[Content]) -> Iterator[Input]:
        return iter(())


class Cards(Plans):
    kind: Kind = "model_card"

    def recognises(self, content: Content) -> bool:
        return content.syntax == "markdown" and "# Model card" in content.text


COLLECTORS: list[Collector] = [Plans(), Cards()]


def identified(tmp_path: Path, name: str, text: str, *, named: bool, kind: str | None = None) -> Identified | Input:
    (tmp_path / name).write_text(text)
    return identify(Found(name, str(tmp_path / name), named), COLLECTORS, kind)


@pytest.mark.parametrize("named", [True, False])
def test_content_says_whose_it_is(tmp_path: Path, named: bool) -> None:
    for name, text, collector in (
        ("x.txt", '{"format_version": "1.2"}', COLLECTORS[0]),
        ("y.md", "# Model card\n", COLLECTORS[1]),
    ):
        entry = identified(tmp_path, name, text, named=named)
        assert isinstance(entry, Identified)
        assert entry.collector is collector


def test_a_kind_is_forced_on_named_files_only(tmp_path: Path) -> None:
    forced = identified(tmp_path, "notes.md", "# Notes\n", named=True, kind="model_card")
    met = identified(tmp_path, "notes.md", "# Notes\n", named=False, kind="model_card")

    assert isinstance(forced, Identified)
    assert forced.collector is COLLECTORS[1]
    assert isinstance(met, Input)
    assert met.status == "skipped"


def test_nobody_reads_a_kind_that_is_not_there() -> None:
    assert detect(Content("a", "", "text", ""), COLLECTORS, "dataset") is None


def test_a_named_file_that_nobody_understands_is_an_error_with_the_kinds(tmp_path: Path) -> None:
    entry = identified(tmp_path, "a.json", '{"b": 1}', named=True)

    assert isinstance(entry, Input)
    assert entry.status == "error"
    assert "terraform_plan, model_card" in entry.hint
    assert "--kind" in entry.hint


def test_a_met_file_that_nobody_understands_is_skipped(tmp_path: Path) -> None:
    entry = identified(tmp_path, "package.json", '{"b": 1}', named=False)

    assert isinstance(entry, Input)
    assert entry.status == "skipped"


@pytest.mark.parametrize("named", [True, False])
def test_what_cannot_be_read_is_an_error_wherever_it_was_met(tmp_path: Path, named: bool) -> None:
    entry = identified(tmp_path, "a.yaml", "a: [\n", named=named)

    assert isinstance(entry, Input)
    assert entry.status == "error"
    assert entry.message.startswith("a.yaml:2")


def test_a_file_without_values_says_so(tmp_path: Path) -> None:
    entry = identified(tmp_path, "a.yaml", "# nothing\n", named=True)

    assert isinstance(entry, Input)
    assert "holds no values" in entry.message


def test_a_plan_as_text_gets_the_command_that_makes_json_of_it(tmp_path: Path) -> None:
    text = "Terraform used the selected providers.\n\nTerraform will perform the following actions:\n"

    entry = identified(tmp_path, "plan.txt", text, named=True)

    assert isinstance(entry, Input)
    assert "terraform show -json" in entry.hint


def test_what_also_claims_to_describe_a_system_is_judged_as_what_it_is(tmp_path: Path) -> None:
    for name, text, kind in (
        ("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\npolicyctl: system\n", "kubernetes_object"),
        ("plan.json", '{"format_version": "1.2", "resource_changes": [], "policyctl": "system"}', "terraform_plan"),
        ("system.yaml", "policyctl: system\nid: a\n", "system"),
    ):
        (tmp_path / name).write_text(text)
        entry = identify(Found(name, str(tmp_path / name), named=False), plugins.collectors())
        assert isinstance(entry, Identified)
        assert entry.collector.kind == kind


def test_attestations_are_no_subject_and_say_so(tmp_path: Path) -> None:
    text = "policyctl: attestations\nattestations: []\n"
    met = identified(tmp_path, "attested.yaml", text, named=False)
    named = identified(tmp_path, "attested.yaml", text, named=True)

    assert isinstance(met, Input)
    assert isinstance(named, Input)
    assert (met.status, named.status) == ("skipped", "error")
    assert "no subject" in met.message
    assert "policyctl.yaml" in named.hint


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(
    ("word", "said"),
    [("model_crad", "model_crad names no kind of file"), ("[incident]", "['incident'] names no kind of file")],
)
def test_a_file_that_misspells_what_it_is_is_an_error(tmp_path: Path, named: bool, word: str, said: str) -> None:
    entry = identified(tmp_path, "a.yaml", f"# first\npolicyctl: {word}\nid: a\n", named=named)
    assert isinstance(entry, Input)
    assert entry.status == "error"
    assert entry.message == f"a.yaml:2: policyctl: {said}"
    assert entry.hint == ("did you mean model_card?" if word == "model_crad" else entry.hint)


def test_a_key_of_that_name_with_a_mapping_is_of_no_concern(tmp_path: Path) -> None:
    entry = identified(tmp_path, "values.yaml", "policyctl: {replicas: 2}\n", named=False)
    assert isinstance(entry, Input)
    assert entry.status == "skipped"
