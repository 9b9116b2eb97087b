import json
from pathlib import Path

import pytest

from policyctl import gathering
from policyctl.collectors.agent import AgentCollector
from policyctl.collectors.reading import parse
from policyctl.model.document import Location
from policyctl.model.errors import InputError
from tests.collectors.agent.configurations import collected, entry
from tests.conftest import DATA

SERVER = {"command": "npx", "args": ["-y", "@example/scores@1.4.2"]}
REAL = sorted(path for path in (DATA / "agents").rglob("*.json"))


def recognised(text: str, path: str) -> bool:
    return AgentCollector().recognises(parse(text, path, "", len(text)))


@pytest.mark.parametrize("file", REAL, ids=lambda file: file.parts[-3])
def test_real_configurations_are_found_in_dotted_folders_too(file: Path) -> None:
    found = [entry for entry in gathering.gather([str(DATA / "agents")]) if Path(entry.path).resolve() == file]

    assert [(one.status, one.kind) for one in found] == [("decided", "agent")]


@pytest.mark.parametrize(
    ("path", "value", "format"),
    [
        (".mcp.json", {"mcpServers": {"a": SERVER}}, "mcp"),
        ("any-name.json", {"mcpServers": {"a": SERVER}}, "mcp"),
        (".vscode/mcp.json", {"servers": {"a": SERVER}}, "mcp"),
        (".vscode/settings.json", {"chat.tools.autoApprove": True}, "vscode"),
        (".gemini/settings.json", {}, "gemini_cli"),
        (".claude/settings.local.json", {}, "claude_code"),
        ("policy.json", {"permissions": {"deny": ["WebFetch"]}}, "claude_code"),
        ("managed-settings.json", {"permissions": {}}, "claude_code"),
        (".cursor/cli.json", {"permissions": {"allow": ["Shell(ls)"]}}, "cursor"),
    ],
)
def test_a_configuration_is_told_by_its_name_and_its_content(path: str, value: object, format: str) -> None:
    assert collected(value, path).facts["format"] == format


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("package.json", '{"name": "a", "mcpServers": {}}'),
        ("package.json", '{"servers": {"a": {"url": "https://example.org"}}}'),
        ("openapi.json", '{"servers": [{"url": "https://example.org"}]}'),
        ("workflow.json", '{"permissions": {"contents": "read", "allow": ["everybody"]}}'),
        (".vscode/settings.json", '{"editor.tabSize": 2}'),
        (".vscode/launch.json", '{"version": "0.2.0"}'),
        ("mcp.json", '["mcpServers"]'),
        ("mcp.yaml", "mcpServers: {a: {command: npx}}"),
        ("mcp.json", '{"tools": []}'),
    ],
)
def test_other_files_are_left_to_others(path: str, text: str) -> None:
    assert not recognised(text, path)


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ('{\n "mcpServers": []\n}', "2: mcpServers must be"),
        ('{\n "mcpServers": null\n}', "2: mcpServers must be"),
        ('{\n "mcpServers": {\n  "a": "npx"\n }\n}', "3: mcpServers.a must be"),
    ],
)
def test_what_is_broken_is_an_error_with_its_line(value: str, where: str) -> None:
    found = entry(value)

    assert (found.status, found.kind) == ("error", "agent")
    assert f".mcp.json:{where}" in found.message
    assert found.hint


@pytest.mark.parametrize("key", ["permissions", "hooks", "env"])
def test_settings_that_are_broken_are_an_error(key: str) -> None:
    found = entry({key: "x"}, ".claude/settings.json")

    assert found.status == "error"
    assert f"{key} must be a mapping" in found.message


def test_a_list_of_no_servers_holds_nothing_to_decide() -> None:
    assert entry({"mcpServers": {}}).status == "skipped"


def test_comments_and_a_last_comma_are_passed_over_where_the_reader_of_the_file_does() -> None:
    text = (
        '{\n  // ours\n  "servers": {\n    /* two\n lines */ "a": {"command": "npx", "args": ["x // y",],},\n  },\n}\n'
    )
    found = collected(text, ".vscode/mcp.json")

    assert [server["id"] for server in found.facts["servers"]] == ["a"]
    assert found.locate("a", ("servers", "a", "args", 0)) == Location(".vscode/mcp.json", 5)


def test_a_comment_is_an_error_elsewhere() -> None:
    with pytest.raises(InputError, match=r"plan\.json:1:1: a comment"):
        parse('// a\n{"mcpServers": {}}', "plan.json", "", 10)


def test_what_is_broken_beside_a_comment_has_its_own_line() -> None:
    with pytest.raises(InputError, match=r"mcp\.json:3:"):
        parse('{\n // a\n "servers": {,}\n}', "mcp.json", "", 10)


def test_a_manifest_does_not_exempt_itself_by_listing_servers() -> None:
    text = json.dumps({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "mcpServers": {"a": SERVER}})
    kinds = [
        collector.kind
        for collector in gathering.plugins.collectors()
        if collector.recognises(parse(text, "a.json", "", 1))
    ]

    assert kinds[:2] == ["kubernetes_object", "agent"]
