from typing import Any

import pytest

from tests.collectors.agent.configurations import server, settings

FILES = ("npx", "-y", "@modelcontextprotocol/server-filesystem@2025.8.21")


def granted(facts: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(grant["what"], grant["target"], grant["extent"]) for grant in facts["grants"]]


@pytest.mark.parametrize(
    ("root", "extent"),
    [
        ("/", "all"),
        ("C:\\", "all"),
        ("/etc", "all"),
        ("~", "home"),
        ("${HOME}", "home"),
        ("/home/kim", "home"),
        ("/Users", "home"),
        ("/home/kim/work", "part"),
        ("./docs", "part"),
        ("${workspaceFolder}", "part"),
        ("${workspaceFolder}/..", "unknown"),
        ("../..", "unknown"),
        ("${DOCS}", "unknown"),
    ],
)
def test_the_roots_of_a_file_system_server(root: str, extent: str) -> None:
    facts = server(*FILES, root)

    assert facts["confined"] == "roots"
    assert granted(facts) == [("directory", root, extent)]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["-v", "/:/host"], [("directory", "/", "all")]),
        (["-v", "${PWD}:/work"], [("directory", "${PWD}", "part")]),
        (["--volume=/home/kim:/work:ro"], [("directory", "/home/kim", "home")]),
        (["-v", "data:/data"], []),
        (["--mount", "type=bind,source=/,target=/host"], [("directory", "/", "all")]),
        (["--mount", "type=volume,source=data,target=/data"], []),
        (["-v", "/var/run/docker.sock:/var/run/docker.sock"], [("socket", "/var/run/docker.sock", "all")]),
        (["-v", "/run/user/1000/podman/podman.sock:/s"], [("socket", "/run/user/1000/podman/podman.sock", "all")]),
        (["--privileged"], [("privileged", "--privileged", "all")]),
        (["--privileged=false"], []),
        (["--cap-add", "SYS_ADMIN"], [("privileged", "--cap-add=SYS_ADMIN", "all")]),
        (["--network", "host"], [("namespace", "--network=host", "all")]),
        (["--pid=host"], [("namespace", "--pid=host", "all")]),
        (["--no-such-option"], [("directory", "an option that is not known", "unknown")]),
    ],
)
def test_what_a_container_is_given(options: list[str], found: list[tuple[str, str, str]]) -> None:
    facts = server("docker", "run", "-i", *options, "mcp/scores")

    assert facts["confined"] == "container"
    assert granted(facts) == found


def test_roots_in_a_container_are_those_of_the_container() -> None:
    facts = server("docker", "run", "-i", "-v", "./docs:/projects", "mcp/filesystem", "/")

    assert (facts["confined"], granted(facts)) == ("container", [("directory", "./docs", "part")])


def test_of_a_plain_program_nothing_is_told() -> None:
    assert server("npx", "-y", "scores@1.2.3", "/")["confined"] == "no"


@pytest.mark.parametrize(
    ("rule", "about", "prefix", "open"),
    [
        ("Bash", "shell", "", True),
        ("Bash(*)", "shell", "", True),
        ("Bash(:*)", "shell", "", True),
        ("Bash(git push:*)", "shell", "git push ", True),
        ("Bash(git push *)", "shell", "git push ", True),
        ("Bash(git push*)", "shell", "git push", True),
        ("Bash(git * main)", "shell", "git ", True),
        ("Bash(git push)", "shell", "git push", False),
        ("Shell(git)", "shell", "git ", True),
        ("Read(./docs/**)", "tool", None, None),
        ("*", "any", None, None),
        ("mcp__mail__send", "mcp", None, None),
        ("what (is) this (rule)?", "unknown", None, None),
        (1, "unknown", None, None),
    ],
)
def test_what_a_rule_is_about(rule: object, about: str, prefix: str | None, open: bool | None) -> None:
    (found,) = settings({"permissions": {"allow": [rule]}})["approval"]["rules"]

    assert (found["about"], found.get("prefix"), found.get("open")) == (about, prefix, open)


@pytest.mark.parametrize(
    ("rule", "whole"),
    [("mcp__mail", True), ("mcp__mail__*", True), ("mcp__mail__get_*", True), ("mcp__mail__send", False)],
)
def test_a_rule_for_all_tools_of_a_server(rule: str, whole: bool) -> None:
    (found,) = settings({"permissions": {"allow": [rule]}})["approval"]["rules"]

    assert (found["server"], found["whole"]) == ("mail", whole)


def test_what_is_forbidden_after_a_wildcard_is_narrower() -> None:
    (found,) = settings({"permissions": {"deny": ["Bash(curl * | bash)"]}})["approval"]["rules"]

    assert found["open"] is False


def test_rules_that_are_no_list_are_not_understood() -> None:
    (found,) = settings({"permissions": {"allow": "Bash"}})["approval"]["rules"]

    assert (found["effect"], found["about"]) == ("allow", "unknown")


@pytest.mark.parametrize(
    ("path", "value", "name", "asks"),
    [
        (".claude/settings.json", {}, "default", "each"),
        (".claude/settings.json", {"permissions": {"defaultMode": "acceptEdits"}}, "acceptEdits", "edits"),
        (".claude/settings.json", {"permissions": {"defaultMode": "bypassPermissions"}}, "bypassPermissions", "never"),
        (".claude/settings.json", {"permissions": {"defaultMode": "x"}}, "x", "unknown"),
        (".claude/settings.json", {"permissions": {"defaultMode": None}}, "?", "unknown"),
        (".gemini/settings.json", {"general": {"defaultApprovalMode": "auto_edit"}}, "auto_edit", "edits"),
        (".vscode/settings.json", {"chat.tools.global.autoApprove": True}, "autoApprove", "never"),
        (".vscode/settings.json", {"chat.tools.autoApprove": False}, "default", "each"),
        (".cursor/cli.json", {"approvalMode": "unrestricted"}, "unrestricted", "never"),
    ],
)
def test_the_mode(path: str, value: dict[str, Any], name: str, asks: str) -> None:
    mode = settings(value, path)["approval"]["mode"]

    assert (mode["name"], mode["asks"]) == (name, asks)


def test_commands_of_the_terminal_in_vscode() -> None:
    told = {"chat.tools.terminal.autoApprove": {"ls": True, "rm": False, "/^git/": True, "x": {"approve": True}}}
    rules = settings(told, ".vscode/settings.json")["approval"]["rules"]

    assert [(rule["effect"], rule["about"]) for rule in rules] == [
        ("allow", "shell"),
        ("ask", "shell"),
        ("allow", "unknown"),
        ("allow", "unknown"),
    ]


@pytest.mark.parametrize(
    ("value", "extent"), [(["~/"], "home"), ([1], "unknown"), ("/", "unknown"), (["../x"], "unknown")]
)
def test_directories_that_settings_add(value: object, extent: str) -> None:
    (found,) = settings({"permissions": {"additionalDirectories": value}})["approval"]["directories"]

    assert found["extent"] == extent


HOOK = {"hooks": [{"type": "command", "command": "record"}]}


@pytest.mark.parametrize(
    ("path", "value", "covers"),
    [
        (".claude/settings.json", {"hooks": {"PostToolUse": [HOOK]}}, ["all"]),
        (".claude/settings.json", {"hooks": {"PreToolUse": [{**HOOK, "matcher": "*"}]}}, ["all"]),
        (".claude/settings.json", {"hooks": {"PreToolUse": [{**HOOK, "matcher": "Bash"}]}}, ["some"]),
        (".claude/settings.json", {"hooks": {"PreToolUse": [{**HOOK, "matcher": 1}]}}, ["unknown"]),
        (".claude/settings.json", {"hooks": {"PreToolUse": "record"}}, ["unknown"]),
        (".claude/settings.json", {"hooks": {"PreToolUse": ["record"]}}, ["unknown"]),
        (".claude/settings.json", {"hooks": {"SessionStart": [HOOK]}}, []),
        (".claude/settings.json", {"hooks": {"PreToolUse": [{"hooks": [{"type": "prompt", "prompt": "ok?"}]}]}}, []),
        (".claude/settings.json", {"hooks": {"PreToolUse": [{"hooks": [{"type": "command", "command": " "}]}]}}, []),
        (
            ".claude/settings.json",
            {"env": {"CLAUDE_CODE_ENABLE_TELEMETRY": "1", "OTEL_LOGS_EXPORTER": "otlp"}},
            ["all"],
        ),
        (".claude/settings.json", {"env": {"CLAUDE_CODE_ENABLE_TELEMETRY": "1", "OTEL_LOGS_EXPORTER": "none"}}, []),
        (".claude/settings.json", {"env": {"OTEL_LOGS_EXPORTER": "otlp"}}, []),
        (".gemini/settings.json", {"hooks": {"AfterTool": [HOOK]}}, ["all"]),
        (".gemini/settings.json", {"telemetry": {"enabled": True}}, ["all"]),
        (".gemini/settings.json", {"telemetry": {"enabled": "$T"}}, ["unknown"]),
        (".gemini/settings.json", {"telemetry": {}}, []),
    ],
)
def test_who_is_told_of_tool_calls(path: str, value: dict[str, Any], covers: list[str]) -> None:
    assert [recorder["covers"] for recorder in settings(value, path)["trail"]["recorders"]] == covers


def test_formats_without_a_place_for_hooks_have_no_trail() -> None:
    assert "trail" not in settings({"chat.tools.autoApprove": False}, ".vscode/settings.json")
