"""What is read of files that tools wrote. The expected values stand in the files: tests/data/SOURCES.md says whose they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policyctl.collectors.reading import read
from policyctl.collectors.results import ResultsCollector, read_results
from policyctl.collectors.results.told import Told
from tests.conftest import DATA

RESULTS = DATA / "results"


def told(name: str) -> Told:
    found = read_results(read(name, file=RESULTS / name).values)
    assert found is not None
    return found


def of(value: Any) -> Told:
    found = read_results([value])
    assert found is not None
    return found


def test_lm_eval_before_0_4() -> None:
    fixed = {"tool": "lm_eval", "bound": "nothing", "aspect": "performance"}

    assert told("lm-eval-anli.json").evaluations == ({**fixed, "metric": "acc", "value": 0.334, "dataset": "anli_r1"},)
    assert told("lm-eval-arc-challenge.json").evaluations == (
        {**fixed, "metric": "acc", "value": 0.26621160409556316, "dataset": "arc_challenge"},
        {**fixed, "metric": "acc_norm", "value": 0.28242320819112626, "dataset": "arc_challenge"},
    )


LM_EVAL: dict[str, Any] = {
    "results": {
        "gsm8k": {"alias": "gsm8k", "exact_match,strict-match": 0.3, "exact_match_stderr,strict-match": "N/A"},
        "toxigen": {"alias": "toxigen", "acc,none": 0.43, "acc_stderr,none": 0.01},
    },
    "versions": {"gsm8k": 3.0, "toxigen": 1.0},
    "n-samples": {"gsm8k": {"original": 1319, "effective": 1319}, "toxigen": {"original": 940, "effective": 940}},
    "config": {"model": "hf", "model_args": "pretrained=org/model,revision=1f2e3d"},
    "task_hashes": {"gsm8k": "8a3c1f"},
    "date": 1794301200.5,
    "model_name": "org/model",
}


def test_lm_eval_since_0_4() -> None:
    fixed = {"tool": "lm_eval", "bound": "nothing", "at": "2026-11-10T09:00:00.500Z", "target": "org/model"}

    assert of(LM_EVAL) == Told(
        (
            {
                **fixed,
                "metric": "exact_match/strict-match",
                "aspect": "performance",
                "value": 0.3,
                "dataset": "gsm8k",
                "dataset_digest": "8a3c1f",
            },
            {**fixed, "metric": "acc", "aspect": "safety", "value": 0.43, "dataset": "toxigen"},
        )
    )


def test_a_part_of_a_benchmark_is_not_the_benchmark() -> None:
    limited = {**LM_EVAL, "n-samples": {"gsm8k": {"original": 1319, "effective": 10}}}

    assert of(limited).untold == ("gsm8k was measured on 10 of its 1319 samples",)


def test_promptfoo() -> None:
    assert told("promptfoo-results.json") == Told(
        (
            {
                "metric": "pass_rate",
                "tool": "promptfoo",
                "bound": "nothing",
                "aspect": "performance",
                "value": pytest.approx(2 / 3),
                "passed": False,
                "at": "2026-04-22T15:48:05.620Z",
                "target": "openai:chat:gpt-4o-mini",
            },
        )
    )
    assert told("promptfoo-empty.json") == Told()


def promptfoo(*tests: dict[str, Any]) -> Told:
    return of(
        {"evalId": "e", "results": {"version": 3, "timestamp": "2026-11-10T09:12:44.101Z", "results": list(tests)}}
    )


def test_red_teaming_is_told_by_plugin_wherever_a_test_names_it() -> None:
    hate = {"success": True, "failureReason": 0, "metadata": {"pluginId": "harmful:hate"}}
    privacy = {"success": False, "failureReason": 1, "testCase": {"metadata": {"pluginId": "pii:direct"}}}

    found = promptfoo(hate, privacy, {**hate, "success": True}).evaluations

    assert [(one["metric"], one["aspect"], one["value"], one["passed"]) for one in found] == [
        ("harmful:hate/pass_rate", "safety", 1.0, True),
        ("pii:direct/pass_rate", "safety", 0.0, False),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        {"success": False, "failureReason": 2, "error": "connection reset"},
        {"success": False, "error": "provider returned 502"},
        {"success": "true", "failureReason": 0},
        {"failureReason": 0},
    ],
)
def test_a_test_that_ended_with_an_error_was_neither_passed_nor_failed(broken: dict[str, Any]) -> None:
    found = promptfoo({"success": True, "failureReason": 0}, broken)

    assert [(one["value"], one["passed"]) for one in found.evaluations] == [(1.0, True)]
    assert found.untold == ("1 of 2 tests of the model ended with an error",)
    assert promptfoo(broken).evaluations == ()
    assert promptfoo(broken).untold == ("1 of 1 tests of the model ended with an error",)


def test_results_of_several_models_are_those_of_none() -> None:
    test = {"success": True, "failureReason": 0}

    found = promptfoo({**test, "provider": {"id": "openai:gpt-4"}}, {**test, "provider": {"id": "http://triage"}})

    assert found.untold == (
        "the file has results of several models (http://triage, openai:gpt-4), and does not say which one this is",
    )


def test_what_is_no_result_is_said() -> None:
    found = of({"results": {"timestamp": None, "results": [{"success": True, "failureReason": 0}, "x"]}})

    assert found.untold == ("some results are none that promptfoo writes",)


def test_a_garak_run_that_only_tested_garak_tells_nothing() -> None:
    assert told("garak-report.jsonl") == Told()
    assert told("garak-report-with-ci.jsonl") == Told()


SETUP = {"entry_type": "start_run setup", "plugins.target_name": "triage"}
INIT = {"entry_type": "init", "garak_version": "0.14.0", "start_time": "2026-11-11T10:00:00.120000"}
END = {"entry_type": "completion", "end_time": "2026-11-11T10:21:03.004000"}


def garak(*lines: dict[str, Any]) -> Told:
    found = read_results([SETUP, INIT, *lines])
    assert found is not None
    return found


def eval_line(**more: Any) -> dict[str, Any]:
    return {"entry_type": "eval", "probe": "dan.AntiDAN", "detector": "detector.dan.AntiDAN", "passed": 5} | more


def test_garak_passes_what_had_no_harmful_answer() -> None:
    fixed = {
        "tool": "garak",
        "bound": "nothing",
        "aspect": "safety",
        # Ten o'clock where the day begins first is twenty o'clock of the day before in UTC.
        "at": "2026-11-10T20:00:00.120Z",
        "target": "triage",
    }

    found = garak(eval_line(total=5), eval_line(probe="promptinject.Hate", total_evaluated=20), END)

    assert found == Told(
        (
            {**fixed, "metric": "dan.antidan/detector.dan.antidan", "value": 1.0, "passed": True},
            {**fixed, "metric": "promptinject.hate/detector.dan.antidan", "value": 0.25, "passed": False},
        )
    )


def test_a_garak_run_that_broke_off_is_said() -> None:
    assert garak(eval_line(total=5)).untold == ("the run of garak did not come to its end",)


@pytest.mark.parametrize(
    "counts", [{"total": 0}, {"total": 4}, {"total": "5"}, {"total": True}, {"passed": None, "total": 5}, {}]
)
def test_counts_that_make_no_sense_are_no_pass(counts: dict[str, Any]) -> None:
    found = garak(eval_line(**counts), END)

    assert not {"passed", "value"} & set(found.evaluations[0])
    assert len(found.untold) == 1


def test_answers_that_garak_could_not_judge_are_said() -> None:
    (reason,) = garak(eval_line(total_evaluated=5, nones=2), END).untold

    assert reason == "dan.AntiDAN/detector.dan.AntiDAN: 2 answers could not be judged"


@pytest.mark.parametrize(
    ("name", "share", "at"),
    [
        ("data-drift-0.3.3.json", 0.4, "2023-06-19T23:44:33.796Z"),
        ("data-drift-0.4.15-double-encoded.json", 0.3333333333333333, "2024-02-12T07:51:58.081Z"),
        ("data-drift-0.6.7.json", 0.3333333333333333, "2025-09-14T00:06:27.946Z"),
    ],
)
def test_evidently_before_0_7(name: str, share: float, at: str) -> None:
    fixed = {"tool": "evidently", "bound": "nothing", "aspect": "drift", "passed": True}

    assert told(name) == Told(({**fixed, "metric": "share_of_drifted_columns", "value": share, "at": at},))


def test_evidently_finds_drift_where_it_says_so() -> None:
    drift = {"metric": "DatasetDriftMetric", "result": {"share_of_drifted_columns": 0.6, "dataset_drift": True}}

    (found,) = of({"version": "0.6.7", "timestamp": "2026-11-10 09:00:00", "metrics": [drift]}).evaluations

    assert (found["value"], found["passed"]) == (0.6, False)


def test_evidently_since_0_7() -> None:
    drift = told("drift-0.7.json").evaluations
    assert (drift[0]["metric"], drift[0]["value"], drift[0]["passed"]) == ("share_of_drifted_columns", 0.0, True)
    assert [one["passed"] for one in drift[1:]] == [True] * 5

    quality = {one["metric"]: one["value"] for one in told("classification-0.7.json").evaluations}
    assert quality["accuracy"] == 0.9053254437869822
    assert (quality["precision"], quality["recall"], quality["f1_score"]) == (
        1.0,
        0.8769230769230769,
        0.9344262295081968,
    )


def test_a_share_at_evidentlys_limit_is_drift() -> None:
    config = {"type": "evidently:metric_v2:DriftedColumnsCount", "drift_share": 0.5}

    (found,) = of({"metrics": [{"config": config, "value": {"count": 2, "share": 0.5}}], "tests": []}).evaluations

    assert found["passed"] is False


def test_tests_of_evidently() -> None:
    tests = [
        {"name": "Share of Drifted Columns", "group": "data_drift", "status": "FAIL"},
        {"name": "Accuracy Score", "group": "classification", "status": "SUCCESS"},
        {"name": "Recall Score", "group": "classification", "status": "WARNING"},
        {"name": "F1 Score", "group": "classification", "status": "ERROR"},
    ]

    found = of({"version": "0.6.7", "timestamp": "2026-11-10 09:00:00", "tests": tests})

    assert [(one["aspect"], one["passed"]) for one in found.evaluations] == [
        ("drift", False),
        ("performance", True),
        ("performance", False),
    ]
    assert found.untold == ("F1 Score was not tested",)


def test_clarify_tells_the_bias_of_a_model_and_not_that_of_its_data() -> None:
    fixed = {"metric": "ad", "tool": "sagemaker_clarify", "bound": "nothing", "aspect": "fairness"}

    assert told("clarify-bias.json").evaluations == (
        {**fixed, "slice": "Gender=0", "value": -0.11415724421435},
        {**fixed, "slice": "Gender=1", "value": -0.1141572442143538},
    )


def test_model_monitor_leaves_out_what_a_constant_answer_would_reach() -> None:
    found = {one["metric"]: one["value"] for one in told("model-monitor-binary.json").evaluations}

    assert (found["accuracy"], found["auc"], found["f1"]) == (0.5, 1, 0.5)
    assert not [name for name in found if "constant" in name or "matrix" in name]


def test_a_table_by_group() -> None:
    found = [(one["slice"], one["metric"], one["value"]) for one in told("by_group.json").evaluations]

    assert found == [
        ("tissue=dense", "recall", 0.8194444444),
        ("tissue=dense", "f1", 0.9007633588),
        ("tissue=light", "recall", 0.9482758621),
        ("tissue=light", "f1", 0.9734513274),
    ]


def test_great_expectations() -> None:
    assert told("ge-1.json") == Told(
        data_checks=(
            {
                "tool": "great_expectations",
                "suite": "biopsies",
                "dataset": "biopsies-train",
                "passed": False,
                "failed": ["expect_column_values_to_be_between(texture)"],
                "tested": 3,
                "at": "2026-11-22T22:01:51.442Z",
            },
        )
    )
    (titanic,) = told("titanic-results.json").data_checks
    assert (titanic["passed"], titanic["tested"], titanic["failed"]) == (
        False,
        10,
        ["expect_column_values_to_be_in_set(PClass)"],
    )


def test_a_checkpoint_of_great_expectations_holds_validations() -> None:
    checks = told("validation-operator-result.json").data_checks

    assert len(checks) == 2
    for check in checks:
        assert (check["suite"], check["tested"], check["at"]) == ("basic.warning", 11, "2020-07-27T17:19:32.959Z")
        assert len(check["failed"]) == 2


def test_an_expectation_that_ended_with_an_error_is_said() -> None:
    found = told("titanic-with-exceptions.json")

    assert len(found.untold) == 4
    assert found.untold[0] == "expect_column_values_to_match_regex(Name) ended with an error"


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        None,
        7,
        "text",
        {"results": {}},
        {"results": [], "success": True},
        {"kind": "Pod"},
        {"metrics": []},
        {"metrics": [{"name": "accuracy", "value": 1}]},
        {"schema": {"fields": []}, "data": []},
        {"version": 4, "resources": []},
    ],
)
def test_what_no_tool_wrote_is_no_result(value: Any) -> None:
    assert read_results([value]) is None


def test_a_file_without_a_result_is_an_error() -> None:
    content = read("empty.json", file=RESULTS / "promptfoo-empty.json")

    (entry,) = ResultsCollector().collect([content])

    assert (entry.status, entry.message) == ("error", "empty.json: holds no result")


def test_json_lines_are_read_line_by_line_and_a_fault_has_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(f"{json.dumps(SETUP)}\n\n{{\n")

    with pytest.raises(Exception, match=r"a\.jsonl:3:"):
        read("a.jsonl", file=file)
    file.write_text('{"a": 1}\r\n\n[2]\n')
    assert read("a.jsonl", file=file).values == ({"a": 1}, [2])
