"""DVC's digest of a folder. The folder of `releases/dvc-wine` and its digest in dvc.lock were written by DVC itself."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from policyctl.collectors.dvc.digests import folder_digest, listing_of
from policyctl.model.errors import InputError
from tests.conftest import DATA

BY_DVC = "fe95e6d94d321d16f0005bc583198a36.dir"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "releases/dvc-wine/data/split", tmp_path / "split")
    return tmp_path / "split"


def digest(folder: Path) -> str:
    return folder_digest(listing_of(str(folder)))


def test_a_folder_has_the_digest_that_dvc_gives_it(folder: Path) -> None:
    assert digest(folder) == BY_DVC


@pytest.mark.parametrize("change", ["row", "name", "more", "less"])
def test_any_change_gives_another_digest(folder: Path, change: str) -> None:
    train = folder / "train.csv"
    if change == "row":
        train.write_bytes(train.read_bytes().replace(b"13.2", b"13.3"))
    elif change == "name":
        train.rename(folder / "test.csv")
    elif change == "more":
        (folder / "deep" / "empty").touch()
    else:
        train.unlink()

    assert digest(folder) != BY_DVC


@pytest.mark.parametrize("what", ["link", "linked folder", ".dvcignore", ".git", "rules above"])
def test_where_dvc_may_see_other_files_there_is_no_digest(folder: Path, what: str) -> None:
    above = folder.parent
    if what == "link":
        os.symlink(folder / "train.csv", folder / "deep" / "link.csv")
    elif what == "linked folder":
        os.symlink(above, folder / "above")
    elif what == ".dvcignore":
        (folder / "deep" / ".dvcignore").touch()
    elif what == ".git":
        (folder / ".git").mkdir()
    else:
        (above / ".dvcignore").write_text("# left out\n\n*.csv\n")

    with pytest.raises(InputError):
        listing_of(str(folder))


def test_only_rules_of_the_same_dvc_repository_count(folder: Path) -> None:
    (folder.parent / ".dvcignore").write_text("# as dvc init writes it\n\n")
    assert digest(folder) == BY_DVC

    (folder.parent / ".dvcignore").write_text("*.csv\n")
    shutil.copytree(folder, folder.parent / "other" / "split")
    (folder.parent / "other" / ".dvc").mkdir()
    assert digest(folder.parent / "other" / "split") == BY_DVC


def test_a_folder_that_cannot_be_listed_has_no_digest(folder: Path) -> None:
    with pytest.raises(OSError, match="absent"):
        listing_of(str(folder / "absent"))
