"""Which OPA on a machine is used: of the tested range, a real executable, the one that was installed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from pathlib import Path

import pytest

from policyctl.engines.binary import Binary, find, in_tested_range, inspect, installed_path
from policyctl.model.errors import EngineError, UsageError


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A machine without OPA."""
    return {"POLICYCTL_CACHE": str(tmp_path / "cache"), "PATH": ""}


def _on_path(opa: Binary, folder: Path) -> str:
    folder.mkdir(parents=True)
    (folder / "opa").symlink_to(opa.path)
    return str(folder)


def _install(opa: Binary, environ: dict[str, str]) -> Path:
    path = installed_path(environ, opa.version)
    path.parent.mkdir(parents=True)
    shutil.copy(opa.path, path)
    path.with_name("opa.json").write_text(json.dumps({"version": opa.version, "sha256": opa.sha256}))
    return path


@pytest.mark.parametrize("version", ["1.4.0", "1.4.2", "1.19.1", "1.22.0", "1.22.9"])
def test_versions_in_the_range(version: str) -> None:
    assert in_tested_range(version)


@pytest.mark.parametrize(
    "version", ["1.3.0", "1.23.0", "0.70.0", "2.4.0", "1.22.0-dev", "1.22", "", "v1.19.1", "1.19.1 ", "11.9.0"]
)
def test_versions_outside_the_range(version: str) -> None:
    assert not in_tested_range(version)


def test_nothing_is_found_where_there_is_nothing(environ: dict[str, str]) -> None:
    assert find(environ) is None


def test_opa_on_path_is_found_with_version_and_digest(opa: Binary, environ: dict[str, str], tmp_path: Path) -> None:
    environ["PATH"] = _on_path(opa, tmp_path / "bin")

    found = find(environ)

    assert found == Binary(opa.path, opa.version, hashlib.sha256(Path(opa.path).read_bytes()).hexdigest())


def test_opa_on_path_out_of_range_is_passed_over(pinned_opa: Binary, environ: dict[str, str], tmp_path: Path) -> None:
    environ["PATH"] = _on_path(pinned_opa, tmp_path / "bin")

    assert find(environ, newest=(1, 18)) is None
    assert find(environ, oldest=(1, 20)) is None
    assert find(environ, oldest=(1, 19), newest=(1, 19)) is not None


def test_a_later_one_on_path_in_range_is_taken(opa: Binary, environ: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "first" / "opa"
    script.parent.mkdir()
    script.write_text("#!/bin/sh\necho 'Version: 1.19.1'\n")
    script.chmod(0o755)
    environ["PATH"] = os.pathsep.join([str(script.parent), _on_path(opa, tmp_path / "second")])

    found = find(environ)

    assert found is not None
    assert found.path == opa.path


def test_a_relative_part_of_path_does_not_choose_the_engine(
    pinned_opa: Binary, environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _on_path(pinned_opa, tmp_path / "tree" / "bin")
    monkeypatch.chdir(tmp_path / "tree" / "bin")
    for path in (".", "", "../bin"):
        assert find({**environ, "PATH": path}) is None


def test_the_installed_one_is_found(pinned_opa: Binary, environ: dict[str, str]) -> None:
    path = _install(pinned_opa, environ)

    assert find(environ) == Binary(str(path), "1.19.1", pinned_opa.sha256)


def test_an_installed_one_that_was_changed_is_refused(pinned_opa: Binary, environ: dict[str, str]) -> None:
    path = _install(pinned_opa, environ)
    assert find(environ)
    with path.open("ab") as file:
        file.write(b"\0")

    with pytest.raises(EngineError, match=r"is not the OPA 1\.19\.1 that was installed there"):
        find(environ)


def test_a_changed_file_is_looked_at_again(pinned_opa: Binary, environ: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "opa"
    shutil.copy(pinned_opa.path, path)
    before = inspect(str(path), environ)
    status = path.stat()
    with path.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"\1")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    after = inspect(str(path), environ)

    assert before
    assert after
    assert before.sha256 != after.sha256


def test_a_binary_that_is_named_is_used(
    opa: Binary, pinned_opa: Binary, environ: dict[str, str], tmp_path: Path
) -> None:
    environ["PATH"] = _on_path(pinned_opa, tmp_path / "bin")

    found = find({**environ, "POLICYCTL_OPA": opa.path})

    assert found
    assert found.version == opa.version


def test_a_named_binary_out_of_range_is_an_error(pinned_opa: Binary, environ: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=r"OPA 1\.19\.1, outside the tested range 1\.20 to 1\.22"):
        find({**environ, "POLICYCTL_OPA": pinned_opa.path}, oldest=(1, 20))


@pytest.mark.parametrize("content", [None, b"#!/bin/sh\necho Version: 1.19.1\n", b"\x7fELF nonsense"])
def test_a_named_file_that_is_no_opa_is_an_error(
    environ: dict[str, str], tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "opa"
    if content is not None:
        path.write_bytes(content)
        path.chmod(0o755)

    with pytest.raises(UsageError, match="not an OPA executable"):
        find({**environ, "POLICYCTL_OPA": str(path)})


def test_finding_a_known_one_is_fast(pinned_opa: Binary, environ: dict[str, str], tmp_path: Path) -> None:
    environ["PATH"] = os.pathsep.join(["/usr/local/bin", "/usr/bin", "/bin", _on_path(pinned_opa, tmp_path / "bin")])
    find(environ)
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        find(environ)
        times.append(time.perf_counter() - begun)

    assert sorted(times)[10] < 0.005


@pytest.mark.parametrize("text", ["", "[]", "{", '{"x": 1}'])
def test_a_broken_memory_is_rebuilt(pinned_opa: Binary, environ: dict[str, str], text: str) -> None:
    memory = Path(environ["POLICYCTL_CACHE"]) / "opa" / "known.json"
    memory.parent.mkdir(parents=True)
    memory.write_text(text)

    assert inspect(pinned_opa.path, environ) == pinned_opa
    assert pinned_opa.path in json.loads(memory.read_text())


def test_a_cache_that_cannot_be_written_costs_only_time(pinned_opa: Binary, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert inspect(pinned_opa.path, {"POLICYCTL_CACHE": str(tmp_path / "file")}) == pinned_opa
