"""`control test`: unit tests and examples of the controls that are named, and nothing that passes by not being there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from tests.conftest import DATA, Run
from tests.workbench.conftest import TEST, pod

Write = Callable[[str, str], Path]
OWNED, NOBODYS = pod("[{name: OWNER, value: ml}]"), pod("[]")


def results(run: Run, *arguments: str) -> tuple[int, dict[str, str]]:
    """The exit code, and the message of each test by name: empty where it passed."""
    done = run("control", "test", *arguments, "--output", "json")
    return done.code, {test["name"]: test["message"] for test in json.loads(done.out)["tests"]}


def test_examples_that_show_what_their_folder_says_pass(run: Run, example: Write) -> None:
    example("pass/pod.yaml", OWNED)
    example("fail.no_owner/pod.yaml", NOBODYS)
    example("not_applicable/Dockerfile", "FROM a/b:1\n")
    code, messages = results(run, "ORG-001")

    assert (code, set(messages.values())) == (0, {""})
    assert set(messages) == {
        "test_a_container_without_an_owner_is_a_finding",
        "pass/pod.yaml",
        "fail.no_owner/pod.yaml",
        "not_applicable/Dockerfile",
    }


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("pass/pod.yaml", NOBODYS, "must be pass, is fail (no_owner)"),
        ("fail.no_owner/pod.yaml", OWNED, "must be fail (no_owner), is pass"),
        ("fail.nobody/pod.yaml", NOBODYS, "must be fail (nobody), is fail (no_owner)"),
        ("undetermined/pod.yaml", NOBODYS, "must be undetermined, is fail (no_owner)"),
        ("not_applicable/pod.yaml", OWNED, "must be not_applicable, is pass"),
        (
            "pass/pod.yaml",
            OWNED + "---\n" + NOBODYS.replace("name: p}", "name: q}"),
            "must be pass, is fail (no_owner)",
        ),
        ("pass/pod.yaml", "a: [", "cannot be read"),
        ("pass/pod.yaml", "", "cannot be read"),
        ("pass/notes.txt", "nothing", "cannot be read"),
    ],
)
def test_an_example_that_shows_something_else_fails(
    run: Run, example: Write, name: str, text: str, message: str
) -> None:
    example(name, text)
    code, messages = results(run, "own")

    assert code == 1
    assert messages[name].startswith(message)


def test_the_table_says_what_was_found_instead_and_where(run: Run, example: Write) -> None:
    example("pass/pod.yaml", NOBODYS)
    done = run("control", "test", "own/owner")

    assert done.code == 1
    assert "FAIL  ORG-001    1 unit tests    1 examples" in done.out
    assert "policy/controls_catalog/own/owner/examples/pass/pod.yaml  pass/pod.yaml: must be pass" in done.out
    assert "Pod.v1/-/p: nobody owns it" in done.out
    assert "2 tests of 1 controls: 1 failed" in done.out


def test_a_unit_test_that_does_not_hold_fails(run: Run, own: Path) -> None:
    (own / "rego/policyctl/controls/own/owner/owner_test.rego").write_text(TEST.replace('{"no_owner"}', '{"other"}'))
    code, messages = results(run, "ORG-001")

    assert (code, messages) == (1, {"test_a_container_without_an_owner_is_a_finding": "does not hold"})


def test_a_test_that_is_put_off_is_no_pass(run: Run, own: Path) -> None:
    (own / "rego/policyctl/controls/own/owner/owner_test.rego").write_text(TEST.replace("test_a_", "todo_test_a_"))
    code, messages = results(run, "ORG-001")

    assert code == 1
    assert "is skipped" in "".join(messages.values())


def test_a_case_of_a_test_that_does_not_hold_fails(run: Run, own: Path) -> None:
    cases = '\ntest_words[word] if {\n\tsome word in ["a", "b"]\n\tword == "a"\n}\n'
    tests = own / "rego/policyctl/controls/own/owner/owner_test.rego"
    tests.write_text(tests.read_text() + cases)

    assert results(run, "ORG-001") == (
        1,
        {"test_a_container_without_an_owner_is_a_finding": "", "test_words": "does not hold"},
    )


def test_a_test_that_opa_lets_pass_where_a_built_in_fails_is_told_by_opa_test(run: Run, own: Path) -> None:
    tests = own / "rego/policyctl/controls/own/owner/owner_test.rego"
    tests.write_text(tests.read_text() + '\n_number := to_number("ten")\n\ntest_no_number if not _number\n')

    assert results(run, "ORG-001")[1]["test_no_number"] == ""


@pytest.mark.parametrize(
    "package", ["package\tpolicyctl.controls.own.owner_test", "package policyctl.controls.own.owner_test.more"]
)
def test_tests_of_a_second_file_are_run_however_its_package_is_written(run: Run, own: Path, package: str) -> None:
    (own / "rego/policyctl/controls/own/owner/more_test.rego").write_text(f"{package}\n\ntest_more if 1 == 2\n")

    assert results(run, "ORG-001") == (
        1,
        {"test_a_container_without_an_owner_is_a_finding": "", "test_more": "does not hold"},
    )


@pytest.mark.parametrize("text", [None, "package policyctl.controls.own.owner_test\n\nhelps := 1\n"])
def test_a_control_with_examples_alone_fails(run: Run, own: Path, example: Write, text: str | None) -> None:
    example("pass/pod.yaml", OWNED)
    tests = own / "rego/policyctl/controls/own/owner/owner_test.rego"
    tests.write_text(text) if text else tests.unlink()
    done = run("control", "test", "ORG-001")

    assert done.code == 1
    assert "FAIL  ORG-001    0 unit tests    1 examples" in done.out
    assert "policy/rego/policyctl/controls/own/owner/owner_test.rego  unit test: there is no unit test" in done.out
    (missing,) = etree.fromstring(run("control", "test", "own", "-o", "junit").out.encode()).findall(".//failure")
    assert missing.get("type") == "missing"


def test_a_control_without_any_test_is_an_error(run: Run, own: Path) -> None:
    (own / "rego/policyctl/controls/own/owner/owner_test.rego").unlink()
    done = run("control", "test", "ORG-001")

    assert done.code == 2
    assert "ORG-001: no test and no example" in done.err


def test_rules_that_do_not_compile_are_a_sentence(run: Run, own: Path) -> None:
    (own / "rego/policyctl/controls/own/owner/owner_test.rego").write_text(
        "package policyctl.controls.own.owner_test\n\ntest_a if x\n"
    )
    done = run("control", "test", "ORG-001")

    assert done.code == 2
    assert "the tests cannot be run" in done.err
    assert "var x is unsafe" in done.err


@pytest.mark.parametrize("name", ["passes", "fail", "fail.", "fail.No", "Fail.a"])
def test_a_folder_whose_name_says_nothing_is_an_error(run: Run, example: Write, name: str) -> None:
    example(f"{name}/pod.yaml", OWNED)
    done = run("control", "test", "ORG-001")

    assert done.code == 2
    assert "does not say what the examples in it must show" in done.err


@pytest.mark.parametrize("selector", ["ORG-999", "nothing", "own/nothing", "owner"])
def test_a_selector_that_names_nothing_is_an_error(run: Run, own: Path, selector: str) -> None:
    assert own
    done = run("control", "test", selector)

    assert done.code == 2
    assert f"'{selector}' names no control" in done.err


def test_junit_is_valid_and_names_each_failure(run: Run, example: Write) -> None:
    example("pass/pod.yaml", NOBODYS)
    done = run("control", "test", "ORG-001", "--output", "junit")
    root = etree.fromstring(done.out.encode())
    etree.XMLSchema(etree.parse(DATA / "schemas" / "junit-10.xsd")).assertValid(root)

    assert [case.get("name") for case in root.iter("testcase") if case.find("failure") is not None] == ["pass/pod.yaml"]


def test_coverage_is_that_of_the_control_s_own_tests(run: Run, own: Path) -> None:
    assert own
    covered = json.loads(run("control", "test", "ORG-001", "--coverage", "--output", "json").out)["coverage"]

    # The body of _owned beyond its first line, and what cannot be read, are reached by no test.
    assert 50 < covered["ORG-001"] < 100


def test_what_changes_is_tested_again(example: Write) -> None:
    file = example("pass/pod.yaml", OWNED)
    command = [sys.executable, "-u", "-m", "policyctl", "control", "test", "ORG-001", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout
        assert "pass  ORG-001" in watching.stdout.readline()
        assert "all pass" in watching.stdout.readline()
        time.sleep(0.1)
        file.write_text(NOBODYS)
        os.utime(file, (time.time() + 5, time.time() + 5))
        assert "FAIL  ORG-001" in watching.stdout.readline()
        watching.send_signal(signal.SIGINT)
        assert watching.wait(20) == 130


ATTESTED = """\
policyctl: attestations
attestations:
  - control: OVS-001
    systems: [chat]
    conclusion: met
    statement: Two clerks are assigned, and may stop it.
    by: {name: Maria Keller, role: Head of Retail Risk}
    first_day: 2026-03-01
    last_day: 2026-03-31
    evidence: [{title: Assignment, sha256: %s}]
"""


def attested(example: Write, about: str) -> None:
    """The example of an attestation that counted in March 2026, for a control of ours, in an organisation's folder."""
    folder = "../../../oversight/oversight_assigned/examples/pass/chat"
    example(f"{folder}/system.yaml", "policyctl: system\nid: chat\n")
    example(f"{folder}/policyctl.yaml", "systems: [system.yaml]\nattestations: [attestations.yaml]\n")
    example(f"{folder}/attestations.yaml", ATTESTED % ("0f" * 32))
    if about:
        example(f"{folder}/example.yaml", about)


def test_an_example_is_judged_as_of_the_day_that_it_says(run: Run, example: Write) -> None:
    attested(example, "as_of: 2026-03-31\n")
    assert results(run, "OVS-001", "--as-of", "2028-01-01")[1]["pass/chat"] == ""

    attested(example, "as_of: 2026-04-01\n")
    assert "expired on 2026-03-31" in results(run, "OVS-001", "--as-of", "2026-03-31")[1]["pass/chat"]


def test_an_example_without_a_day_is_judged_as_of_the_day_of_the_test(run: Run, example: Write) -> None:
    attested(example, "")

    assert results(run, "OVS-001", "--as-of", "2026-03-31")[1]["pass/chat"] == ""
    assert "expired on" in results(run, "OVS-001", "--as-of", "2026-04-01")[1]["pass/chat"]


@pytest.mark.parametrize("about", ["as_of: soon", "as_of: '2026-03-31'", "day: 2026-03-31", "as_of: 2026-02-30", "[]"])
def test_a_day_that_is_none_is_an_error(run: Run, example: Write, about: str) -> None:
    attested(example, f"{about}\n")
    done = run("control", "test", "OVS-001")

    assert done.code == 2
    assert "example.yaml: " in done.err
