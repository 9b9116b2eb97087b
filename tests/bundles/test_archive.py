"""An archive is read in one way only: what others might read otherwise is refused."""

from __future__ import annotations

import gzip
import io
import json
import tarfile

import pytest

from policyctl.bundles import archive
from policyctl.bundles.archive import UNREADABLE, files_in, pack
from policyctl.bundles.build import MANIFEST, Bundle, build, unpack
from policyctl.model.errors import ContentError


def tar(*entries: tuple[str, bytes, bytes]) -> bytes:
    """An archive of (path, type, content)."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as made:
        for path, type, content in entries:
            entry = tarfile.TarInfo(path)
            entry.type, entry.size = type, len(content)
            made.addfile(entry, io.BytesIO(content))
    return gzip.compress(raw.getvalue())


@pytest.fixture(scope="module")
def small() -> Bundle:
    return build("policyctl", {"policyctl/main/main.rego": b"package policyctl.main\n"}, {"name": "policyctl"})


def test_what_is_packed_is_read_again() -> None:
    assert files_in(pack({"b": b"2", "a/c": b""})) == {"a/c": b"", "b": b"2"}


def test_equal_files_give_equal_bytes_in_any_order() -> None:
    assert pack({"b": b"2", "a": b"1"}) == pack({"a": b"1", "b": b"2"})


def test_a_path_from_the_root_is_one_from_the_top_of_the_bundle() -> None:
    assert files_in(tar(("/a", tarfile.REGTYPE, b"1"), ("b", tarfile.DIRTYPE, b""))) == {"a": b"1"}


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ([("a", tarfile.REGTYPE, b"1"), ("a", tarfile.REGTYPE, b"2")], "in it twice"),
        ([("a", tarfile.REGTYPE, b"1"), ("/a", tarfile.REGTYPE, b"2")], "in it twice"),
        ([("./a", tarfile.REGTYPE, b"1")], "begin at the top"),
        ([("b/../a", tarfile.REGTYPE, b"1")], "begin at the top"),
        ([("//a", tarfile.REGTYPE, b"1")], "begin at the top"),
        ([("a", tarfile.SYMTYPE, b"")], "no plain file"),
        ([("a", tarfile.LNKTYPE, b"")], "no plain file"),
    ],
)
def test_what_others_might_read_otherwise_is_refused(entries: list[tuple[str, bytes, bytes]], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        files_in(tar(*entries))


NO_ARCHIVES = {
    "nothing": b"",
    "text": b"x",
    "a beginning": b"\x1f\x8b",
    "no tar": gzip.compress(b"x" * 600),
    "cut off": gzip.compress(b"")[:-4],
}


@pytest.mark.parametrize("content", NO_ARCHIVES.values(), ids=NO_ARCHIVES)
def test_what_is_no_archive_is_no_bundle(content: bytes) -> None:
    with pytest.raises(ContentError, match="no policyctl bundle"):
        unpack(content)


def test_a_damaged_archive_is_no_bundle_or_the_same_one(small: Bundle) -> None:
    """A byte of gzip's header may say anything; any other one matters."""
    read = [_read(_damaged(small.archive, position)) for position in range(len(small.archive))]

    assert read.count(None) > len(read) * 0.9
    assert all(found == small.files for found in read if found is not None)


def _damaged(archive: bytes, position: int) -> bytes:
    return archive[:position] + bytes([archive[position] ^ 0x55]) + archive[position + 1 :]


def _read(archive: bytes) -> object:
    try:
        return unpack(archive).files
    except ContentError:
        return None


def test_an_archive_is_not_unpacked_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LONGEST", 1024 * 1024)

    with pytest.raises(UNREADABLE, match="more than 1 MiB"):
        files_in(gzip.compress(b"\0" * 2 * 1024 * 1024))


@pytest.mark.parametrize(
    "path",
    [
        "policyctl/more/data.json",
        "policyctl/schemas/data.json",
        "policyctl/schemas/patch.json",
        "policyctl/data.yaml",
        "policy.wasm",
        ".manifest.pb",
        "a.txt",
    ],
)
def test_a_file_that_we_do_not_write_is_refused(small: Bundle, path: str) -> None:
    with pytest.raises(ContentError, match=f"it holds {path}"):
        unpack(pack({**small.files, path: b"{}"}))


@pytest.mark.parametrize(
    "change",
    [
        {"rego_version": 0},
        {"roots": [""]},
        {"wasm": []},
        {"file_rego_versions": {"/policyctl/main/main.rego": 0}},
        {"metadata": {"name": "policyctl", "sequence": 0}},
        {"metadata": {"name": "policyctl", "sequence": True}},
        {"metadata": {"name": "policyctl", "sequence": "7"}},
        {"metadata": {"name": "policyctl", "more": 1}},
        {"metadata": {"name": 7}},
        {"metadata": []},
        {"revision": None},
        {"revision": 7},
    ],
)
def test_a_manifest_that_says_more_than_ours_is_refused(small: Bundle, change: dict[str, object]) -> None:
    manifest = {**json.loads(small.files[MANIFEST]), **change}

    with pytest.raises(ContentError, match=r"manifest|no policyctl bundle"):
        unpack(pack({**small.files, MANIFEST: json.dumps(manifest).encode()}))


def test_content_of_another_revision_is_refused(small: Bundle) -> None:
    with pytest.raises(ContentError, match="not that of revision"):
        unpack(pack({**small.files, "policyctl/more.rego": b"package policyctl.more\n"}))
