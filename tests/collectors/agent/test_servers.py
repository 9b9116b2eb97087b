from typing import Any

import pytest

from tests.collectors.agent.configurations import collected, server, settings

KEY = "0123456789abcdef0123"


def holding(facts: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(v["place"], v["name"], v["holds"]) for v in facts["values"] if v["holds"] != "other"]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.example.org/mcp", ("https", "a.example.org", False)),
        ("HTTP://A.example.org:8080", ("http", "a.example.org", False)),
        ("http://127.0.0.1:8931/sse", ("http", "127.0.0.1", True)),
        ("http://[::1]:8931/sse", ("http", "::1", True)),
        ("http://localhost/", ("http", "localhost", True)),
        ("http://localhost.example.org/", ("http", "localhost.example.org", False)),
        ("http://localhost@evil.example.org/", ("http", "evil.example.org", False)),
        ("https://${HOST}/mcp", ("https", None, False)),
        ("${URL}/mcp", ("unknown", None, False)),
        ("${URL:-https://a.example.org}/mcp", ("unknown", None, False)),
        ("a.example.org/mcp", ("unknown", None, False)),
        ("http://[", ("http", None, False)),
    ],
)
def test_where_an_address_leads(url: str, address: tuple[str, str | None, bool]) -> None:
    (found,) = server(type="http", url=url)["addresses"]

    assert (found["scheme"], found.get("host"), found["loopback"]) == address


def test_addresses_among_the_arguments_are_addresses() -> None:
    facts = server("npx", "-y", "mcp-remote@0.1.29", "http://a.example.org/sse", "--proxy=http://b.example.org")

    assert [(a["host"], a["path"][-1]) for a in facts["addresses"]] == [("a.example.org", 2), ("b.example.org", 3)]


@pytest.mark.parametrize(
    ("told", "transport"),
    [
        ({"command": "npx"}, "stdio"),
        ({"url": "https://a"}, "http"),
        ({"url": "https://a", "type": "sse"}, "sse"),
        ({"httpUrl": "https://a"}, "http"),
        ({"url": "https://a", "type": "streamable-http"}, "http"),
        ({"url": "https://a", "type": "pigeon"}, "unknown"),
        ({"type": "stdio", "command": "npx"}, "stdio"),
    ],
)
def test_how_a_server_is_spoken_to(told: dict[str, Any], transport: str) -> None:
    assert server(**told)["transport"] == transport


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"env": {"API_KEY": KEY}}, ("env", "API_KEY", "credential")),
        ({"env": {"API_KEY": 12345678}}, ("env", "API_KEY", "credential")),
        ({"env": {"API_KEY": "${API_KEY}"}}, ("env", "API_KEY", "reference")),
        ({"env": {"API_KEY": "${input:key}"}}, ("env", "API_KEY", "reference")),
        ({"env": {"API_KEY": ["a"]}}, ("env", "API_KEY", "unknown")),
        ({"env": ["API_KEY=a"]}, ("env", "", "unknown")),
        ({"headers": {"Authorization": f"Bearer {KEY}"}}, ("header", "Authorization", "credential")),
        ({"headers": {"Authorization": KEY}}, ("header", "Authorization", "credential")),
        ({"headers": {"Authorization": "Bearer ${env:TOKEN}"}}, ("header", "Authorization", "reference")),
        ({"headers": {"x-api-key": "short"}}, ("header", "x-api-key", "credential")),
        ({"args": ["--api-key", KEY]}, ("argument", "--api-key", "credential")),
        ({"args": [f"--api-key={KEY}"]}, ("argument", "", "credential")),
        ({"args": ["--header", f"Authorization: Bearer {KEY}"]}, ("argument", "Authorization", "credential")),
        ({"args": ["--header", "Authorization:${AUTH}"]}, ("argument", "Authorization", "reference")),
        ({"args": ["run", "-e", f"API_TOKEN={KEY}", "mcp/a"]}, ("argument", "-e", "credential")),
        ({"url": f"https://a.example.org/mcp?api_key={KEY}"}, ("url", "url", "credential")),
        ({"url": "https://kim:abcdefgh@a.example.org/mcp"}, ("url", "url", "credential")),
        ({"oauth": {"clientId": "a", "clientSecret": KEY}}, ("setting", "clientSecret", "credential")),
    ],
)
def test_what_a_server_is_handed(told: dict[str, Any], found: tuple[str, str, str]) -> None:
    facts = server(**{"command": "scores", **told})

    assert holding(facts) == [found]
    assert KEY not in str({key: value for key, value in facts.items() if key != "command"})


@pytest.mark.parametrize(
    "told",
    [
        {"env": {"API_KEY": "YOUR_API_KEY_HERE", "LOG_LEVEL": "debug", "TOKEN_PATH": "/run/token", "EMPTY_TOKEN": ""}},
        {"headers": {"Authorization": "<your token>", "Accept": "application/json"}},
        {"args": ["--max-tokens", "4096", "-e", "API_TOKEN"]},
    ],
)
def test_what_is_no_credential(told: dict[str, Any]) -> None:
    assert holding(server(**{"command": "scores", **told})) == []


def test_the_default_of_a_hidden_input_is_a_credential() -> None:
    inputs = [{"id": "key", "password": True, "default": "hunter22"}, {"id": "city", "default": "Bern"}]
    facts = collected({"inputs": inputs, "servers": {"a": {"command": "b"}}}, "mcp.json").facts

    assert [(v["place"], v["name"], v["holds"]) for v in facts["values"]] == [
        ("input", "key", "credential"),
        ("input", "city", "other"),
    ]


def test_credentials_in_settings_and_their_rules_are_found() -> None:
    facts = settings({"env": {"API_KEY": KEY}, "permissions": {"allow": [f"Bash(curl --token={KEY}:*)"]}})

    assert [(v["place"], v["path"]) for v in facts["values"] if v["holds"] == "credential"] == [
        ("env", ["env", "API_KEY"]),
        ("setting", ["permissions", "allow", 0]),
    ]


@pytest.mark.parametrize(
    ("told", "unasked", "offered"),
    [
        ({"autoApprove": ["a"]}, ["a"], []),
        ({"alwaysAllow": ["a", "*"]}, ["a", "*"], []),
        ({"alwaysAllow": True}, ["*"], []),
        ({"alwaysAllow": {"a": 1}}, ["?"], []),
        ({"alwaysAllow": [1]}, ["?"], []),
        ({"alwaysAllow": []}, [], []),
        ({"includeTools": ["a"], "excludeTools": ["b"]}, [], ["a"]),
        ({"tools": ["*"]}, [], ["*"]),
    ],
)
def test_which_tools_run_unasked(told: dict[str, Any], unasked: list[str], offered: list[str]) -> None:
    facts = server(command="scores", **told)

    assert [tool["name"] for tool in facts["unasked"]] == unasked
    assert [tool["name"] for tool in facts["offered"]] == offered


@pytest.mark.parametrize(
    ("name", "words"), [("sendMail", ["send", "mail"]), ("HTTPPost_2", ["http", "post", "2"]), ("送信", [])]
)
def test_the_words_in_the_name_of_a_tool(name: str, words: list[str]) -> None:
    assert server(command="a", autoApprove=[name])["unasked"][0]["words"] == words


@pytest.mark.parametrize(("trust", "trusted"), [(True, True), (False, False), ("yes", True), (None, True)])
def test_a_server_is_trusted_unless_that_is_denied(trust: object, trusted: bool) -> None:
    assert server(command="a", trust=trust)["trusted"] is trusted


@pytest.mark.parametrize(
    ("told", "enabled"),
    [({}, True), ({"disabled": True}, False), ({"disabled": "true"}, True), ({"enabled": False}, False)],
)
def test_only_the_clear_word_switches_a_server_off(told: dict[str, Any], enabled: bool) -> None:
    assert server(command="a", **told)["enabled"] is enabled


def test_gemini_starts_the_servers_that_are_chosen() -> None:
    facts = settings(
        {"mcp": {"allowed": ["a", "b"], "excluded": ["b"]}, "mcpServers": {name: {"command": name} for name in "abc"}},
        ".gemini/settings.json",
    )

    assert [server["id"] for server in facts["servers"] if server["enabled"]] == ["a"]


def test_two_servers_of_one_name_are_two() -> None:
    facts = collected({"servers": {"a": {"command": "b"}}, "mcpServers": {"a": {"command": "c"}}}, "mcp.json").facts

    assert [server["id"] for server in facts["servers"]] == ["a", "servers/a"]
