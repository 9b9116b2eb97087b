"""Installing OPA: only the official binary or one that Go built, never one that somebody exchanged."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from policyctl.engines import pinned
from policyctl.engines.binary import Binary, find, installed_path
from policyctl.engines.install import install
from policyctl.model.errors import EngineError

FILE = pinned.FILES[(sys.platform, os.uname().machine)]


class Mirror:
    """A web server with files by path; `asked` are the paths that were asked for."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.cut_short = 0
        mirror = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                mirror.asked.append(self.path)
                content = mirror.files.get(self.path)
                self.send_response(404 if content is None else 200)
                self.send_header("Content-Length", str(len(content or b"") + mirror.cut_short))
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, *arguments: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/mirror"


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    """A mirror that has nothing yet."""
    serving = Mirror()
    yield serving
    serving.server.shutdown()
    serving.server.server_close()


@pytest.fixture
def environ(tmp_path: Path, mirror: Mirror) -> dict[str, str]:
    """A machine with neither OPA nor Go, which knows the mirror."""
    return {"POLICYCTL_CACHE": str(tmp_path / "cache"), "PATH": "", "POLICYCTL_OPA_URL": mirror.url}


@pytest.fixture
def go(pinned_opa: Binary, tmp_path: Path) -> Callable[[str], Path]:
    """Makes a `go` that runs a line of shell in place of building; returns its folder."""

    def make(line: str) -> Path:
        folder = tmp_path / "go"
        folder.mkdir()
        (folder / "go").write_text(f'#!/bin/sh\nPATH=/bin:/usr/bin\necho "$@" > {folder}/asked\n{line}\n')
        (folder / "go").chmod(0o755)
        return folder

    return make


def _serve(mirror: Mirror, content: bytes) -> str:
    path = f"/mirror/v{pinned.VERSION}/{FILE}"
    mirror.files[path] = content
    return path


def _silent(_text: str) -> None:
    """Say nothing."""


def test_the_release_binary_of_a_mirror_is_installed(
    mirror: Mirror, environ: dict[str, str], pinned_opa: Binary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The OPA that Go built stands in for the official one, so its digest has to as well."""
    monkeypatch.setitem(pinned.SHA256, FILE, pinned_opa.sha256)
    path = _serve(mirror, Path(pinned_opa.path).read_bytes())
    said: list[str] = []

    found = install(said.append, environ)

    assert found == Binary(str(installed_path(environ)), "1.19.1", pinned_opa.sha256)
    assert mirror.asked == [path]
    assert said[0] == f"downloading OPA 1.19.1 from {mirror.url}/v1.19.1/{FILE}"
    assert find(environ) == found


def test_what_is_installed_is_not_downloaded_again(
    mirror: Mirror, environ: dict[str, str], pinned_opa: Binary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pinned.SHA256, FILE, pinned_opa.sha256)
    _serve(mirror, Path(pinned_opa.path).read_bytes())
    first = install(_silent, environ)

    assert install(_silent, environ) == install(_silent, environ, version="1.19.1") == first
    assert len(mirror.asked) == 1


def test_a_binary_with_another_digest_is_refused_and_nothing_else_is_tried(
    mirror: Mirror, environ: dict[str, str], pinned_opa: Binary, go: Callable[[str], Path]
) -> None:
    """It runs and says that it is 1.19.1, and yet it is not the official one."""
    _serve(mirror, Path(pinned_opa.path).read_bytes())
    folder = go("exit 1")

    with pytest.raises(EngineError, match=f"is not the official OPA: its SHA-256 is {pinned_opa.sha256}"):
        install(_silent, {**environ, "PATH": str(folder)})

    assert not (folder / "asked").exists()
    assert list(installed_path(environ).parent.iterdir()) == []
    assert find(environ) is None


def test_a_download_that_is_cut_short_installs_nothing(
    mirror: Mirror, environ: dict[str, str], pinned_opa: Binary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pinned.SHA256, FILE, pinned_opa.sha256)
    _serve(mirror, Path(pinned_opa.path).read_bytes())
    mirror.cut_short = 10

    with pytest.raises(EngineError, match=r"could not be installed: .*cannot be downloaded.*no Go on PATH"):
        install(_silent, environ)

    assert find(environ) is None


def test_where_nothing_can_be_downloaded_go_builds_it(
    mirror: Mirror, environ: dict[str, str], pinned_opa: Binary, go: Callable[[str], Path]
) -> None:
    folder = go(f'mkdir -p "$GOBIN"; cp {pinned_opa.path} "$GOBIN/opa"')
    said: list[str] = []

    found = install(said.append, {**environ, "PATH": str(folder)})

    assert found.path == str(installed_path(environ))
    assert (folder / "asked").read_text() == "install github.com/open-policy-agent/opa@v1.19.1\n"
    assert "cannot be downloaded: 404" in said[1]
    assert said[2].startswith("building OPA 1.19.1")
    assert pinned_opa.sha256 in said[3]


def test_a_build_that_fails_is_quoted(environ: dict[str, str], go: Callable[[str], Path]) -> None:
    folder = go("echo 'go: no space left on device'; exit 1")

    with pytest.raises(EngineError, match="no space left on device") as caught:
        install(_silent, {**environ, "PATH": str(folder)})

    assert "POLICYCTL_OPA_URL" in caught.value.hint


def test_a_build_of_another_version_is_refused(
    environ: dict[str, str], pinned_opa: Binary, go: Callable[[str], Path]
) -> None:
    folder = go(f'mkdir -p "$GOBIN"; cp {pinned_opa.path} "$GOBIN/opa"')

    with pytest.raises(EngineError, match=r"does not run as OPA 1\.22\.0: it says 1\.19\.1"):
        install(_silent, {**environ, "PATH": str(folder)}, version="1.22.0")


def test_another_version_is_never_downloaded(mirror: Mirror, environ: dict[str, str]) -> None:
    with pytest.raises(EngineError, match="no Go"):
        install(_silent, environ, version="1.22.0")

    assert mirror.asked == []


def test_an_opa_that_is_there_is_enough(mirror: Mirror, environ: dict[str, str], opa: Binary, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "opa").symlink_to(opa.path)

    assert install(_silent, {**environ, "PATH": str(tmp_path / "bin")}).version == opa.version
    assert mirror.asked == []


def test_two_at_once_install_once(
    mirror: Mirror, environ: dict[str, str], pinned_opa: Binary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pinned.SHA256, FILE, pinned_opa.sha256)
    _serve(mirror, Path(pinned_opa.path).read_bytes())
    found: list[Binary] = []
    threads = [threading.Thread(target=lambda: found.append(install(_silent, environ))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 3
    assert len(mirror.asked) == 1


def test_every_file_of_a_platform_has_a_digest() -> None:
    assert set(pinned.FILES.values()) == set(pinned.SHA256)
    assert all(len(bytes.fromhex(digest)) == 32 for digest in pinned.SHA256.values())
