from typing import Any

import pytest

from tests.collectors.agent.configurations import server

DIGEST = "sha256:" + "8d2b1f6a" * 8
COMMIT = "0123456789abcdef" * 2 + "01234567"


def told(facts: dict[str, Any]) -> tuple[str, list[tuple[str, str, str | None, str]]]:
    return facts["started"], [(p["ecosystem"], p["name"], p.get("version"), p["pin"]) for p in facts["packages"]]


@pytest.mark.parametrize(
    ("line", "package"),
    [
        ("npx -y @example/scores@1.4.2", ("npm", "@example/scores", "1.4.2", "exact")),
        ("npx scores@2.0.0-beta.1", ("npm", "scores", "2.0.0-beta.1", "exact")),
        ("npx -y @example/scores", ("npm", "@example/scores", None, "none")),
        ("npx -y scores@latest", ("npm", "scores", "latest", "moving")),
        ("npx -y scores@^1.2.3", ("npm", "scores", "^1.2.3", "moving")),
        ("npx -y scores@1", ("npm", "scores", "1", "moving")),
        ("npx --package=scores@1.2.3 -- run-scores", ("npm", "scores", "1.2.3", "exact")),
        ("npx -p scores run-scores@1.2.3", ("npm", "scores", None, "none")),
        ("npx -y scores@${VERSION}", ("npm", "scores", "${VERSION}", "unknown")),
        ("npx -y github:example/scores", ("git", "github:example/scores", None, "none")),
        (f"npx -y github:example/scores#{COMMIT}", ("git", "github:example/scores", COMMIT, "commit")),
        ("npx -y example/scores#main", ("git", "example/scores", "main", "moving")),
        ("npx -y https://example.org/scores.tgz", ("url", "https://example.org/scores.tgz", None, "moving")),
        ("cmd /c npx -y scores@1.2.3", ("npm", "scores", "1.2.3", "exact")),
        ("env A=b npx -y scores@1.2.3", ("npm", "scores", "1.2.3", "exact")),
        ("C:\\nodejs\\npx.cmd -y scores@1.2.3", ("npm", "scores", "1.2.3", "exact")),
        ("bunx scores@1.2.3", ("npm", "scores", "1.2.3", "exact")),
        ("bun x scores", ("npm", "scores", None, "none")),
        ("pnpm dlx scores@1.2.3", ("npm", "scores", "1.2.3", "exact")),
        ("npm exec -y -- scores@1.2.3", ("npm", "scores", "1.2.3", "exact")),
        ("uvx mcp-server-fetch", ("pypi", "mcp-server-fetch", None, "none")),
        ("uvx mcp-server-fetch@2025.4.7", ("pypi", "mcp-server-fetch", "2025.4.7", "exact")),
        ("uvx mcp-server-fetch@latest", ("pypi", "mcp-server-fetch", "latest", "moving")),
        ("uvx --from mcp[cli]==1.6.0 mcp", ("pypi", "mcp", "1.6.0", "exact")),
        ("uvx --from mcp>=1.6 mcp", ("pypi", "mcp", ">=1.6", "moving")),
        ("uvx --from mcp==1.* mcp", ("pypi", "mcp", "1.*", "moving")),
        ("uv tool run mcp==1.6.0", ("pypi", "mcp", "1.6.0", "exact")),
        (f"uvx --from git+https://host/a/b@{COMMIT} b", ("git", "git+https://host/a/b", COMMIT, "commit")),
        ("uvx --from git+https://host/a/b@v1.2.3 b", ("git", "git+https://host/a/b", "v1.2.3", "moving")),
        ("uvx --from git+https://host/a/b b", ("git", "git+https://host/a/b", None, "none")),
        ("uvx --from git+ssh://git@host/a/b b", ("git", "git+ssh://git@host/a/b", None, "none")),
        ("pipx run --spec scores==1.0 run-scores", ("pypi", "scores", "1.0", "exact")),
        ("deno run -A npm:scores@1.2.3", ("npm", "scores", "1.2.3", "exact")),
        ("deno run -A jsr:@example/scores", ("jsr", "@example/scores", None, "none")),
        ("deno run https://example.org/scores.ts", ("url", "https://example.org/scores.ts", None, "moving")),
        ("go run example.org/scores@v1.2.3", ("go", "example.org/scores", "v1.2.3", "exact")),
        ("go run example.org/scores@latest", ("go", "example.org/scores", "latest", "moving")),
        ("dnx Hex1b.McpServer@0.47.0 --yes", ("nuget", "Hex1b.McpServer", "0.47.0", "exact")),
        ("dnx Hex1b.McpServer --yes", ("nuget", "Hex1b.McpServer", None, "none")),
        ("docker run -i --rm -e A mcp/scores", ("oci", "docker.io/mcp/scores", None, "none")),
        ("docker run -it -eA=b mcp/scores:latest", ("oci", "docker.io/mcp/scores", "latest", "moving")),
        ("podman run --rm ghcr.io/a/b:1.2", ("oci", "ghcr.io/a/b", "1.2", "tag")),
        (f"docker container run -i mcp/scores@{DIGEST}", ("oci", "docker.io/mcp/scores", DIGEST, "digest")),
        ("docker run -i ${IMAGE}", ("oci", "${IMAGE}", None, "unknown")),
    ],
)
def test_what_a_launcher_fetches(line: str, package: tuple[str, str, str | None, str]) -> None:
    command, *arguments = line.split(" ")

    assert told(server(command, *arguments)) == ("image" if package[0] == "oci" else "package", [package])


@pytest.mark.parametrize(
    "line",
    [
        "node ./dist/server.js",
        "python ${workspaceFolder}/server.py",
        "uv run server.py",
        "uv --directory ./tools run server.py",
        "npx -y ./tools",
        "go run ./cmd/server",
        "deno run -A server.ts",
        "dotnet run --project ${workspaceFolder}/Server.csproj",
        "./bin/server --stdio",
    ],
)
def test_programs_of_the_repository(line: str) -> None:
    command, *arguments = line.split(" ")

    assert told(server(command, *arguments)) == ("own", [])


@pytest.mark.parametrize(
    "line",
    [
        "scores",
        "/usr/local/bin/scores",
        "node /home/kim/server.js",
        "node ../server.js",
        "node --import x ./server.js",
        "python -m scores",
        "bash -c npx",
        "npm run start",
        "npx",
        "npx -y",
        "npx --no-such-option scores@1.2.3",
        "npx -c scores@1.2.3",
        "uvx --no-such-option scores@1.2.3",
        "uv --directory /opt/tools run server.py",
        "uv sync",
        "docker exec -i scores",
        "docker run --no-such-option mcp/scores",
        "docker run -i NOT-an-image",
        "docker run -i",
        "env A=b",
        "cmd /c",
    ],
)
def test_what_nobody_can_tell(line: str) -> None:
    command, *arguments = line.split(" ")

    assert told(server(command, *arguments)) == ("unknown", [])


@pytest.mark.parametrize("arguments", ["-y scores@1.2.3", {"a": 1}, ["-y", None], ["-y", ["scores@1.2.3"]]])
def test_arguments_that_are_no_list_of_texts(arguments: object) -> None:
    assert server(command="npx", args=arguments)["started"] == "unknown"


def test_what_is_added_to_a_program_of_the_repository_is_fetched() -> None:
    assert told(server("uv", "run", "--with", "mcp", "server.py")) == ("package", [("pypi", "mcp", None, "none")])


def test_each_of_several_packages_has_its_place() -> None:
    facts = server("uvx", "--from", "mcp==1.6.0", "--with", "httpx", "mcp")

    assert [(p["name"], p["pin"], p["path"][-1]) for p in facts["packages"]] == [
        ("mcp", "exact", 1),
        ("httpx", "none", 3),
    ]
