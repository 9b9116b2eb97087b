from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.collectors.model_card import ModelCardCollector
from policyctl.collectors.model_card.licences import spdx_of
from policyctl.collectors.model_card.results import number_of
from policyctl.collectors.reading import parse
from policyctl.model.document import Collected, Input


def collected(text: str, path: str = "README.md") -> Collected:
    (entry,) = ModelCardCollector().collect([parse(text, path, "0" * 64, len(text))])
    assert entry.status == "decided", entry.message
    return entry.subjects[0]


def facts(text: str, path: str = "README.md") -> Any:
    return collected(text, path).facts


def metadata(yaml: str) -> Any:
    return facts(f"---\n{yaml}\n---\n# A model\n")


def gap_paths(text: str) -> set[str]:
    return {".".join(path) for gap in collected(text).gaps for path in gap["paths"]}


@pytest.mark.parametrize(
    ("identifier", "spdx"),
    [
        ("apache-2.0", "Apache-2.0"),
        ("MIT", "MIT"),
        ("cc-by-nc-sa-4.0", "CC-BY-NC-SA-4.0"),
        ("etalab-2.0", "etalab-2.0"),
        ("odc-by", "ODC-By-1.0"),
        ("odbl", "ODbL-1.0"),
        ("pddl", "PDDL-1.0"),
        ("lgpl-lr", "LGPLLR"),
        ("c-uda", "C-UDA-1.0"),
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("openrail", None),
        ("bigscience-bloom-rail-1.0", None),
        ("llama3.1", None),
        ("gemma", None),
        ("cc", None),
        ("bsd", None),
        ("gpl", None),
        ("other", None),
        ("unknown", None),
        ("Apache 2.0", None),
        ("LicenseRef-ours", None),
        ("", None),
        ("(", None),
        ("MIT " * 100, None),
    ],
)
def test_licences_are_spdx_or_have_none(identifier: str, spdx: str | None) -> None:
    assert spdx_of(identifier) == spdx


def test_another_licence_has_its_name_and_link() -> None:
    read = metadata("license: other\nlicense_name: ours-1.0\nlicense_link: LICENSE.md")

    assert read["licences"] == [{"id": "other", "name": "ours-1.0", "link": "LICENSE.md"}]


def test_a_label_that_is_exactly_a_licence_counts_where_metadata_has_none() -> None:
    assert facts("# Model card\n- **License:** mit\n")["licences"] == [{"id": "mit", "spdx": "MIT"}]
    assert facts("# Model card\n- **License:** MIT for the code only\n")["licences"] == []


def test_base_models_and_datasets_may_be_one_or_several_and_pinned() -> None:
    read = metadata("base_model: a/b@0123abc\ndatasets: [c, d/e@1.0]")

    assert read["base_models"] == [{"id": "a/b", "revision": "0123abc"}]
    assert read["datasets"] == [{"id": "c"}, {"id": "d/e", "revision": "1.0"}]


def test_norwegian_is_a_language() -> None:
    assert metadata("language: [no, en]")["languages"] == ["no", "en"]


@pytest.mark.parametrize(
    ("yaml", "hidden"),
    [
        ("license: {mit: true}", "facts.licences"),
        ("license: 2.0", "facts.licences"),
        ("base_model: [{id: a}]", "facts.base_models"),
        ("datasets: {a: b}", "facts.datasets"),
        ("tags: [1]", "facts.tags"),
        ("language: [[en]]", "facts.languages"),
        ("model-index: {a: 1}", "facts.results"),
        ("model-index: [1]", "facts.results"),
        ("model-index: [{results: 1}]", "facts.results"),
        ("model-index: [{results: [{metrics: {a: 1}}]}]", "facts.results"),
        ("model-index: [{results: [{metrics: [{value: 1}]}]}]", "facts.results"),
        ("model-index: [{results: [{metrics: [{type: acc, value: high}]}]}]", "facts.results"),
        ("model-index: [{results: [{metrics: [{type: acc}]}]}]", "facts.results"),
    ],
)
def test_what_has_another_shape_is_a_gap_at_its_fact(yaml: str, hidden: str) -> None:
    assert gap_paths(f"---\nlibrary_name: x\n{yaml}\n---\n") == {hidden}


@pytest.mark.parametrize("value", ["'[More Information Needed]'", "'{{ license }}'", "TODO", "''", "null", "[]"])
def test_a_placeholder_is_no_licence(value: str) -> None:
    assert metadata(f"license: {value}")["licences"] == []


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0.9, (0.9, False)),
        (90, (90.0, False)),
        ("0.91", (0.91, False)),
        ("91.2%", (91.2, True)),
        ("91,2 %", (91.2, True)),
        (" 1e-3 ", (0.001, False)),
        ("-0.5", (-0.5, False)),
        ("1e999", None),
        (float("inf"), None),
        (True, None),
        (None, None),
        ("0.9 ± 0.1", None),
        ("1,234,567", None),
        ("12.3.4", None),
        ("٣", None),
        ("n/a", None),
        ([0.9], None),
        ("9" * 100, None),
    ],
)
def test_a_value_is_exactly_one_finite_number(value: Any, number: tuple[float, bool] | None) -> None:
    assert number_of(value) == number


@pytest.mark.parametrize(
    ("metric", "value", "share"),
    [
        ("accuracy", "0.9", 0.9),
        ("accuracy", "90", 0.9),
        ("Test Accuracy", "90", 0.9),
        ("f1", "1", 1.0),
        ("f1", "101", None),
        ("accuracy", "-1", None),
        ("wer", "'12.5%'", 0.125),
        ("wer", "12.5", None),
        ("bleu", "0.4", None),
        ("perplexity", "3", None),
        ("pace", "0.3", None),
    ],
)
def test_a_share_is_given_only_where_it_is_certain(metric: str, value: str, share: float | None) -> None:
    read = metadata(f"model-index: [{{results: [{{metrics: [{{type: {metric}, value: {value}}}]}}]}}]")

    (result,) = read["results"]
    assert result.get("share") == share
    assert result["metric"] == metric.lower()


def test_the_system_is_named_by_key_or_tag() -> None:
    assert collected("---\nlicense: mit\nai-system: credit\n---\n").system_id == "credit"
    assert collected("---\nlicense: mit\ntags: [a, 'policyctl.dev/system:credit']\n---\n").system_id == "credit"
    assert collected("---\nlicense: mit\ntags: [ai-system]\n---\n").system_id is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("---\n- license\n- mit\n---\n# Title\n", "is a list"),
        ("---\n---\n# Title\n", "is empty"),
        ("\n\n---\nlicense: mit\n---\n# Title\n", "does not begin on the first line"),
        ("# Title\n\n---\nlicense: mit\n---\n", "does not begin on the first line"),
        ("---\nlicense: mit\n---\n---\nlicense: gpl-3.0\n---\n# Title\n", "two front matters"),
        ("---\nlicense: mit\n---\n\n---\nlicense: gpl-3.0\n---\n# Title\n", "two front matters"),
        ("---\nlicense: apache-2.0\ntags: [a, b\n# Title\nbody\n", "no closing line"),
        ("---\nlicense: mit\nlicense: gpl-3.0\n---\n", "line 3: the key 'license' stands twice"),
        ("---\nlicense: [mit\n---\n", "cannot be read: line 3"),
        ("---\nlicense: !x mit\n---\n", "cannot be read: line 2"),
    ],
)
def test_front_matter_that_does_not_count_hides_its_facts(text: str, problem: str) -> None:
    card = collected(text)

    (gap,) = card.gaps
    assert problem in gap["reason"]
    assert {"facts.licences", "facts.base_models", "facts.results", "facts.metadata_present"} <= gap_paths(text)
    assert card.facts["licences"] == []


def test_which_of_two_things_a_card_is_for_is_not_known_when_only_metadata_could_tell() -> None:
    assert "facts.subject_type" in gap_paths("---\ntask_ids: [\n---\n# Title\n")
    assert "facts.subject_type" not in gap_paths("---\ntask_ids: [\n---\n# Dataset card for x\n")
    assert facts("---\ntask_ids: [\n---\n# Dataset card for x\n")["subject_type"] == "dataset"


@pytest.mark.parametrize(
    "text", ["---\nSome text\n---\n# Title\n", "# Title\n\n---\n\nText: more\n\n---\n", "# Title\n"]
)
def test_rules_between_paragraphs_are_no_front_matter(text: str) -> None:
    assert collected(text).gaps == ()


def test_a_card_without_text_is_an_error() -> None:
    (entry,) = ModelCardCollector().collect([parse(" \n", "card.md", "0" * 64, 2)])

    assert isinstance(entry, Input)
    assert (entry.status, entry.subjects) == ("error", ())
    assert entry.hint


def test_json_that_is_no_card_is_an_error() -> None:
    (entry,) = ModelCardCollector().collect([parse('{"a": 1}', "card.json", "0" * 64, 8)])

    assert entry.status == "error"


@pytest.mark.parametrize(
    "text",
    [
        '{"model_details": {"owners": 1, "licenses": "mit"}, "considerations": [], "model_parameters": {"data": {"a": 1}}}',
        '{"model_details": {}, "quantitative_analysis": {"performance_metrics": [1, {"type": 2}, {"type": "acc", "value": "?"}]}}',
        '{"model_details": {"name": 1, "licenses": [null, {}, {"identifier": 1}]}, "schema_version": null}',
    ],
)
def test_parts_of_a_toolkit_card_of_another_shape_are_gaps_or_absent(text: str) -> None:
    card = collected(text, "card.json")

    assert card.facts["licences"] == []
    assert card.facts["owners"] == []
    assert "name" not in card.facts


PIECES = [
    "---\n",
    "# ",
    "## Intended use\n",
    "**License:** ",
    "license: ",
    "mit",
    "\n",
    "- ",
    "[",
    "]",
    "(",
    ")",
    "<!--",
    "-->",
]
PIECES += [
    "{{",
    "}}",
    "TODO",
    "```\n",
    "<h2>",
    "</h2>",
    "  ",
    ": ",
    "model-index:\n",
    "===\n",
    "*",
    "_",
    "é",
    "&amp;",
    "|",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_gives_facts_or_an_error(text: str) -> None:
    content = parse(text, "README.md", "0" * 64, len(text))
    collector = ModelCardCollector()
    collector.recognises(content)

    (entry,) = collector.collect([content])

    assert entry.status in ("decided", "error")
    for card in entry.subjects:
        assert card.locate("", ("sections", 0)) is not None


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("metadata", "base_model"), 3),
        (("metadata", "license"), 2),
        (("facts", "base_models"), 3),
        (("metadata", "model-index"), 1),
    ],
)
def test_a_path_into_the_metadata_has_its_line_under_any_of_its_keys(path: tuple[str, ...], line: int) -> None:
    place = collected("---\nlicenses: mit\nbase_model: a/b\n---\n# A model\n").locate("README.md", path)

    assert place is not None
    assert place.line == line


def test_the_at_sign_of_an_address_pins_nothing() -> None:
    """It ends a user and password, which must stay recognisable as such until they are masked."""
    (dataset,) = metadata('datasets: ["https://user:hunter22@hub.example/data"]')["datasets"]

    assert dataset == {"id": "https://user:hunter22@hub.example/data"}


@pytest.mark.parametrize("value", ["hf_aBcDeFgHiJkLmNoPqRsTuVwXyZ", "[password, hunter22]", "{token: hunter22}"])
def test_a_gap_quotes_no_credential(value: str) -> None:
    results = f"[{{task: {{type: x}}, dataset: {{name: x, type: x}}, metrics: [{{type: accuracy, value: {value}}}]}}]"
    (gap,) = collected(f"---\nmodel-index: [{{name: m, results: {results}}}]\n---\n# A model\n").gaps

    assert "hunter22" not in gap["reason"]
    assert "hf_" not in gap["reason"]


def test_a_gap_about_metadata_that_is_no_text_does_not_quote_it() -> None:
    (gap,) = collected("---\ntags: [{token: hunter22}]\n---\n# A model\n").gaps

    assert gap["reason"] == "the metadata key 'tags' holds an entry that is not text"
