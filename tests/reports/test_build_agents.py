"""What a judged file says reaches no build agent as a command, whichever report is printed into the log."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl import plugins
from policyctl.model.document import Input
from policyctl.model.printable import printable
from tests.conftest import Run
from tests.reports.agents import azure_commands, github_commands
from tests.reports.handmade import found, report, result, untold

FORMATS = sorted(entry_points(group=plugins.REPORTS).names)
ANNOTATIONS = {"error", "warning", "notice"}
HOSTILE = (
    "##vso[task.setvariable variable=PATH]/evil",
    "##[add-path]/evil",
    "\n::set-output name=a::evil",
    "\r\n::add-mask::evil",
    "%0A::stop-commands::evil",
    " ::error file=x::evil",
    "##\u00advso[task.complete result=Succeeded]evil",
    "]evil;type=warning",
    "# SKIP evil",
    "\\# TODO evil",
    "</script><script>evil()</script>",
    '" onload="evil()',
    "]]>&evil;\x00\x1b[2J\ufffe",
    "| evil | ![evil](https://evil.example) @evil",
    "\u2028::debug::evil",
)
PIECES = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=20)), min_size=1, max_size=4).map(
    "".join
)


@pytest.mark.parametrize("name", FORMATS)
@given(message=PIECES, resource=PIECES, path=PIECES, width=st.integers(40, 120))
def test_no_text_commands_a_build_agent(name: str, message: str, resource: str, path: str, width: int) -> None:
    made = report(
        result("deny", [found(message, resource=resource)], [untold(message, resource=resource, file=path)]),
        result("warn", (), [untold(message, resource=resource, file=path, code="unreadable")]),
        path=path,
        inputs=[Input(path, "error", message=message, hint=message), Input(path, "skipped", message=message)],
        notes=[message],
        exit_code=2,
    )
    text = plugins.report(name).load()(made, width=width, colour=False)
    log = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")

    assert {command.name for command in azure_commands(log)} == ({"task.logissue"} if name == "azure" else set())
    assert {command.name for command in github_commands(log)} <= (ANNOTATIONS if name == "github" else set())


@pytest.mark.parametrize("name", FORMATS)
def test_no_file_commands_a_build_agent(run: Run, tmp_path: Path, name: str) -> None:
    """The names are long, so that a table breaks its lines before the commands in them."""
    words = "\\r\\n".join(f"{'x' * 60} {word}" for word in ("::add-mask::b", "##vso[task.complete]c", "##[error]d"))
    manifest = tmp_path / "##vso[task.complete]pod.yaml"
    manifest.write_text(
        f'apiVersion: v1\nkind: Pod\nmetadata: {{name: "{words}"}}\nspec: {{containers: [{{name: c, image: "x:latest"}}]}}\n'
    )
    ran = run("check", str(manifest), str(tmp_path / "##vso[task.complete]no"), "--output", name)
    log = ran.out + ran.err

    assert "task.complete" in log
    assert {command.name for command in azure_commands(log)} <= ({"task.logissue"} if name == "azure" else set())
    assert {command.name for command in github_commands(log)} <= (ANNOTATIONS if name == "github" else set())


@given(PIECES)
def test_github_shows_the_text_as_it_is(message: str) -> None:
    made = report(result("deny", [found(message)]), path=message)
    command, last = github_commands(plugins.report("github").load()(made))

    assert command.data == f"thing: {printable(message)}\nfix: Put the thing away"
    assert command.properties == {"file": "main.tf", "line": "7", "title": "XYZ-001 Things are in order (medium)"}
    assert last.name == "notice"


@given(PIECES)
def test_azure_shows_the_text_as_it_is(message: str) -> None:
    made = report(result("warn", [found(message)]), outcome="warn", exit_code=0)
    (command,) = azure_commands(plugins.report("azure").load()(made))

    assert command.data == f"Things are in order: thing: {printable(message)} (fix: Put the thing away)"
    assert command.properties == {"type": "warning", "sourcepath": "main.tf", "linenumber": "7", "code": "XYZ-001"}


@given(PIECES.filter(lambda path: path != "-"))
def test_a_path_stays_whole_in_a_property(path: str) -> None:
    made = report(result("deny"), inputs=[Input(path, "error", message="cut off")], exit_code=2)
    at_github, _ = github_commands(plugins.report("github").load()(made))
    (at_azure,) = azure_commands(plugins.report("azure").load()(made))

    assert at_github.properties["file"] == printable(path)
    assert at_azure.properties["sourcepath"] == printable(path)


def test_errors_come_first_because_services_cut_long_lists() -> None:
    made = report(
        result("warn", [found("a warning")]),
        result("deny", [found("an error")]),
        inputs=[Input("a.json", "error", message="cut off")],
    )
    told = [command.name for command in github_commands(plugins.report("github").load()(made))]

    assert told == ["error", "error", "warning", "notice"]


def test_an_audited_finding_is_plain_text_at_azure() -> None:
    made = report(result("audit", [found()]), outcome="allow", exit_code=0)
    text = plugins.report("azure").load()(made)

    assert azure_commands(text) == []
    assert text.startswith("note XYZ-001 main.tf:7 Things are in order: thing: it lies about")
