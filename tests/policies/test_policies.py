"""What policies written for Conftest get beyond Conftest: ids, a record that can be replayed, secrets that stay, trust."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran, Run

Check = Callable[..., Ran]

OWNER = """\
package main

deny_owner contains "no owner" if not input.owner
"""


@pytest.fixture
def check(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Check:
    """Lays out a policy and files, and checks `paths` with these options: check(POLICY, {"a.yaml": "…"}, "a.yaml")."""
    monkeypatch.chdir(tmp_path)

    def checked(policy: str, files: dict[str, str], *arguments: str) -> Ran:
        for path, text in {"policy/policy.rego": policy, **files}.items():
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(text)
        return run("check", "--policy", "policy", "--output", "json", *arguments)

    return checked


def results(ran: Ran) -> dict[str, dict[str, Any]]:
    """The results of all decisions, by control."""
    return {result["control"]["id"]: result for one in json.loads(ran.out)["decisions"] for result in one["results"]}


def test_metadata_names_the_control_and_what_people_read_of_it(check: Check) -> None:
    policy = """\
package main

# METADATA
# title: There is an owner
# description: Somebody answers for it.
# custom:
#   id: ORG-7
#   severity: low
#   remediation: Name one.
deny_owner contains "no owner" if not input.owner
"""
    control = results(check(policy, {"a.yaml": "a: 1"}, "a.yaml"))["ORG-7"]["control"]

    assert (control["title"], control["objective"]) == ("There is an owner", "Somebody answers for it.")
    assert (control["severity"], control["remediation"]) == ("low", "Name one.")


def test_messages_with_an_id_go_to_the_control_of_that_id_and_the_others_to_the_rules_own(check: Check) -> None:
    policy = """\
package main

deny contains {"msg": "one", "id": "A-1"} if input.one

deny contains {"msg": "two", "metadata": {"id": "A-2"}} if input.two

deny contains "three" if input.three
"""
    found = results(check(policy, {"a.yaml": "{one: true, three: true}"}, "a.yaml"))

    assert {id: result["status"] for id, result in found.items()} == {"A-1": "fail", "A-2": "pass", "main.deny": "fail"}
    assert [one["metadata"] for one in found["A-1"]["findings"]] == [{"id": "A-1"}]


def test_an_id_that_only_the_message_knows_stands_in_the_findings_code(check: Check) -> None:
    policy = 'package main\n\ndeny contains {"msg": "x", "id": upper(input.id)}\n'

    (finding,) = results(check(policy, {"a.yaml": "id: dyn-1"}, "a.yaml"))["main.deny"]["findings"]

    assert finding["code"].startswith("DYN-1-")


def test_rules_of_one_id_are_one_control_and_a_warning_of_that_id_another(check: Check) -> None:
    rules = "".join(
        f'# METADATA\n# custom: {{id: ORG-1}}\n{name} contains "{name}" if input.a\n'
        for name in ("deny_a", "deny_b", "warn_c")
    )
    found = results(check(f"package main\n{rules}", {"a.yaml": "a: 1"}, "a.yaml"))

    assert {id: len(result["findings"]) for id, result in found.items()} == {"ORG-1": 2, "ORG-1:warn": 1}


def test_two_clauses_with_ids_of_their_own_keep_the_rules_name_unless_their_messages_tell_which(check: Check) -> None:
    clause = "# METADATA\n# custom: {{id: {id}}}\ndeny contains {message} if input.{field}\n"
    policy = "package main\n" + clause.format(id="ORG-1", message='"one"', field="one")
    policy += clause.format(id="ORG-2", message='{"msg": "two", "id": rego.metadata.rule().custom.id}', field="two")
    found = results(check(policy, {"a.yaml": "{one: 1, two: 2}"}, "a.yaml"))

    assert {id: [one["message"] for one in result["findings"]] for id, result in found.items()} == {
        "ORG-2": ["two"],
        "main.deny": ["one"],
    }


def test_a_message_may_say_its_line(check: Check) -> None:
    policy = 'package main\n\ndeny contains {"msg": "x", "_loc": {"file": "a.yaml", "line": 3}}\n'

    (finding,) = results(check(policy, {"a.yaml": "a: 1\nb: 2\nc: 3\n"}, "a.yaml"))["main.deny"]["findings"]

    assert finding["location"] == {"file": "a.yaml", "line": 3}


def test_a_decision_replays_to_the_byte_also_when_the_policy_asks_for_the_time(check: Check, run: Run) -> None:
    policy = 'package main\n\nwarn contains sprintf("at %d", [time.now_ns()])\n'
    decided = json.loads(check(policy, {"a.yaml": "a: 1"}, "a.yaml").out)["decisions"][0]

    assert run("ledger", "replay", decided["id"]).out.startswith("SAME  a.yaml")


def test_the_same_policies_are_the_same_revision_wherever_they_lie(check: Check, run: Run) -> None:
    first = json.loads(check(OWNER, {"a.yaml": "owner: x"}, "a.yaml").out)["summary"]["revision"]
    Path("elsewhere").mkdir()
    Path("policy").rename("elsewhere/rules")
    second = json.loads(run("check", "--policy", "elsewhere/rules", "-o", "json", "a.yaml").out)["summary"]["revision"]

    assert first == second


SECRET = "hunter2-Xk29fpq"
CREDENTIALS = f"env:\n- {{name: DB_PASSWORD, value: {SECRET}}}\n- {{name: MODE, value: fast}}\n"


def test_a_verdict_that_a_secret_decides_cannot_be_told_and_others_can(check: Check) -> None:
    policy = """\
package main

deny_literal contains "a literal password" if {
	some one in input.env
	one.name == "DB_PASSWORD"
	one.value != ""
}

deny_mode contains "slow" if {
	some one in input.env
	one.name == "MODE"
	one.value == "slow"
}
"""
    ran = check(policy, {"a.yaml": CREDENTIALS}, "a.yaml")
    found = results(ran)

    assert (ran.code, found["main.deny_literal"]["status"], found["main.deny_mode"]["status"]) == (
        3,
        "undetermined",
        "pass",
    )
    assert [one["code"] for one in found["main.deny_literal"]["undetermined"]] == ["masked"]


def test_no_secret_is_told_or_recorded_even_where_a_message_quotes_it(check: Check, own_home: Path) -> None:
    policy = 'package main\n\ndeny contains sprintf("%s", [one.value]) if {\n\tsome one in input.env\n\tprint(one.value)\n}\n'
    ran = check(policy, {"a.yaml": CREDENTIALS}, "a.yaml")

    assert ran.code == 1
    assert SECRET not in ran.out + ran.err
    assert not [path for path in own_home.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_what_is_found_only_with_the_secret_is_said_where_the_verdict_is_the_same(check: Check) -> None:
    policy = 'package main\n\ndeny contains one.name if {\n\tsome one in input.env\n\tone.value != ""\n}\n'
    (decision,) = json.loads(check(policy, {"a.yaml": CREDENTIALS}, "a.yaml").out)["decisions"]

    assert decision["notes"] == ["main.deny: finds 2, of which 1 are told: the others depend on values that are masked"]


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ('package main\n\ndeny contains "x" if http.send({"method": "get", "url": "http://x"})', "asks the network"),
        ("package main\n\ndeny if input.a", "is true or false, not a set of messages"),
        ("package main\n\ndeny.pods contains 1 if input.a", "not what lies below it"),
        ("package main\n\ndeny contains x if", "do not compile"),
        ('package main\n\ndeny contains "x" if unknown(1)', "do not compile"),
        ('package policyctl.main\n\ndeny contains "x"', "is not for policies of one's own"),
    ],
)
def test_policies_that_would_pass_in_silence_or_not_run_are_refused(check: Check, policy: str, said: str) -> None:
    ran = check(policy, {"a.yaml": "a: 1"}, "a.yaml")

    assert (ran.code, said in ran.err) == (2, True), ran.err


def test_files_of_tests_may_use_functions_of_conftest(check: Check) -> None:
    tests = 'package main\n\ntest_owner if deny_owner with input as parse_config("yaml", "a: 1")\n'

    assert check(OWNER, {"a.yaml": "owner: x", "policy/policy_test.rego": tests}, "a.yaml").code == 0


def test_an_unreadable_file_among_combined_ones_leaves_nothing_to_tell(check: Check) -> None:
    ran = check(
        'package main\n\ndeny contains "x" if count(input) > 5', {"a.yaml": "a: 1", "b.yaml": "b: ["}, "--combine", "."
    )

    assert (ran.code, results(ran)["main.deny"]["status"]) == (2, "undetermined")


def test_a_format_that_is_not_read_is_an_error_and_lists_for_other_tools_are_passed_over(check: Check) -> None:
    files = {"tree/a.yaml": "owner: x", "tree/nginx.conf": "worker_processes 1;", "tree/.dockerignore": "*.md"}
    ran = check(OWNER, files, "tree")

    assert ran.code == 2
    assert {one["path"]: one["status"] for one in json.loads(ran.out)["inputs"]} == {
        "tree/a.yaml": "decided",
        "tree/nginx.conf": "error",
        "tree/.dockerignore": "skipped",
    }


def test_a_value_from_the_environment_of_the_reader_is_not_known(check: Check) -> None:
    ran = check(
        'package main\n\ndeny contains "x" if input.URL == "http://bad"', {"a.env": "URL=$HOST_OF_SOMEBODY"}, "a.env"
    )

    assert (ran.code, results(ran)["main.deny"]["status"]) == (3, "undetermined")


def test_standard_input_is_yaml(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"owner: x\n---\nname: y\n")))

    assert results(check(OWNER, {}, "-"))["main.deny_owner"]["status"] == "fail"


def test_numbers_of_data_stay_numbers_whatever_their_size(check: Check) -> None:
    policy = 'package main\n\ndeny contains "above" if input.size > data.most'
    files = {"most.json": '{"most": 100000000000000000000}', "a.json": '{"size": 300000000000000000000}'}

    assert check(policy, files, "--data", "most.json", "a.json").code == 1


def test_a_policy_that_cannot_be_read_is_an_error(check: Check) -> None:
    Path("policy").mkdir()
    Path("policy/gone.rego").symlink_to("nowhere.rego")
    ran = check(OWNER, {"a.yaml": "owner: x"}, "a.yaml")

    assert (ran.code, "gone.rego: cannot be read" in ran.err) == (2, True)


def test_a_long_id_and_names_that_are_no_path_are_fine(check: Check) -> None:
    policy = f'package main\n\n# METADATA\n# custom: {{id: "../{"x" * 300} / y"}}\ndeny contains "x" if input.a\n'

    assert list(results(check(policy, {"a.yaml": "a: 1"}, "a.yaml"))) == [f"../{'x' * 300} / y"]


def test_under_a_trusted_configuration_policies_from_the_judged_tree_are_refused(
    check: Check, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    trusted = tmp_path_factory.mktemp("trusted")
    (trusted / "policyctl.yaml").write_text("profile: baseline\n")
    refused = check(OWNER, {"a.yaml": "owner: x"}, "--trusted-config", str(trusted), "a.yaml")
    (trusted / "own.rego").write_text(OWNER)
    taken = run(
        "check", "--policy", str(trusted / "own.rego"), "--trusted-config", str(trusted), "-o", "json", "a.yaml"
    )

    assert (refused.code, "a policy lies outside the tree" in refused.err) == (2, True)
    assert taken.code == 0


@pytest.mark.parametrize(
    "options",
    [
        ("--profile", "baseline"),
        ("--namespace", "main", "--all-namespaces"),
        ("--rego-version", "v2"),
        ("--kind", "bom"),
        ("--parser", "cue"),
        ("--data", "nowhere.yaml"),
        ("--opa", "http://127.0.0.1:1"),
    ],
)
def test_options_that_do_not_go_together_are_refused(check: Check, options: tuple[str, ...]) -> None:
    assert check(OWNER, {"a.yaml": "owner: x"}, *options, "a.yaml").code == 2


def test_options_of_policies_want_policies(run: Run) -> None:
    ran = run("check", "--namespace", "main", ".")

    assert (ran.code, "only with --policy" in ran.err) == (2, True)
