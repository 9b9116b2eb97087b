import os
from pathlib import Path

import pytest

from policyctl.collectors.discovery import Found, discover
from policyctl.model.document import Input


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    for name in ("b/pod.yaml", "b/notes.txt", "a/plan.json", "README.md", "c/d/e.yml", "Makefile"):
        write(root / name)
    return root


def write(file: Path, text: str = "{}") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def found(paths: list[str], cwd: Path) -> list[str]:
    return [entry.path for entry in discover(paths, cwd) if isinstance(entry, Found)]


def others(paths: list[str], cwd: Path) -> list[Input]:
    return [entry for entry in discover(paths, cwd) if isinstance(entry, Input)]


def test_a_directory_gives_its_candidates_sorted_and_counts_the_rest(tree: Path) -> None:
    assert found(["."], tree) == ["README.md", "a/plan.json", "b/pod.yaml", "c/d/e.yml"]
    assert [(entry.path, entry.status) for entry in others(["."], tree)] == [
        ("Makefile", "skipped"),
        ("b/notes.txt", "skipped"),
    ]


def test_dockerfiles_are_candidates(tmp_path: Path) -> None:
    for name in ("Dockerfile", "gpu/Dockerfile.cuda", "serve.dockerfile", "Containerfile", "Dockerfile.dockerignore"):
        write(tmp_path / name, "FROM scratch\n")

    assert found(["."], tmp_path) == ["Containerfile", "Dockerfile", "gpu/Dockerfile.cuda", "serve.dockerfile"]
    assert [entry.path for entry in others(["."], tmp_path)] == ["Dockerfile.dockerignore"]


def test_a_named_file_is_found_whatever_its_name(tree: Path) -> None:
    assert list(discover(["b/notes.txt"], tree)) == [Found("b/notes.txt", str(tree / "b/notes.txt"), named=True)]


def test_a_file_reached_twice_is_found_once_and_as_named(tree: Path) -> None:
    entries = [
        entry for entry in discover([".", "a/plan.json", "./a/../a/plan.json", "a"], tree) if isinstance(entry, Found)
    ]

    assert [(entry.path, entry.named) for entry in entries if "plan" in entry.path] == [("a/plan.json", True)]


def test_files_outside_are_called_as_the_user_called_them(tree: Path) -> None:
    assert found(["../tree/a/plan.json"], tree / "b") == ["../tree/a/plan.json"] or found(
        ["../a/plan.json"], tree / "b"
    ) == ["../a/plan.json"]
    assert found([str(tree / "a/plan.json")], tree) == ["a/plan.json"]
    assert found([str(tree / "a")], tree / "b") == [str(tree / "a/plan.json")]


def test_standard_input_is_found_once(tree: Path) -> None:
    assert list(discover(["-", "-"], tree)) == [Found("-", "-", named=True)]


def test_globs_that_the_shell_left_alone_are_expanded(tree: Path) -> None:
    assert found(["**/*.yaml", "c/*"], tree) == ["b/pod.yaml", "c/d/e.yml"]


def test_a_file_whose_name_is_a_pattern_is_taken_at_its_word(tree: Path) -> None:
    write(tree / "a[1].json")

    assert found(["a[1].json"], tree) == ["a[1].json"]


@pytest.mark.parametrize("path", ["no-such", "no-such/*.json", "\x1b[2J"])
def test_what_finds_nothing_is_an_error(tree: Path, path: str) -> None:
    (entry,) = others([path], tree)

    assert entry.status == "error"
    assert entry.hint
    assert entry.message.isprintable()


def skipped(paths: list[str], cwd: Path) -> dict[str, str]:
    return {entry.path: entry.message for entry in others(paths, cwd) if entry.status == "skipped"}


def test_what_git_ignores_is_left_out_with_nested_rules_and_exceptions(tree: Path) -> None:
    write(tree / ".gitignore", "*.yml\n/a/\n[\n")
    write(tree / "c/d/.gitignore", "!e.yml\nf.yml\n")
    write(tree / "c/d/f.yml")
    write(tree / "c/g.yml")

    write(tree / "c/build.txt")
    write(tree / "c/d/.gitignore", "!e.yml\nf.yml\nbuild.txt\n")

    assert found(["."], tree) == ["README.md", "b/pod.yaml", "c/d/e.yml"]
    left_out = {path: why for path, why in skipped(["."], tree).items() if "ignored" in why}
    assert left_out == {
        "a": "ignored by git: not entered",
        "c/d/f.yml": "ignored by git",
        "c/g.yml": "ignored by git",
    }


def test_what_is_named_is_not_told_to_be_left_out(tree: Path) -> None:
    write(tree / ".gitignore", "pod.yaml\na\n")

    assert found([".", "b/pod.yaml", "a"], tree) == ["README.md", "c/d/e.yml", "b/pod.yaml", "a/plan.json"]
    assert not skipped([".", "b/pod.yaml", "a"], tree).keys() & {"b/pod.yaml", "a"}


def test_rules_above_the_directory_hold_up_to_the_repository(tree: Path) -> None:
    write(tree / ".gitignore", "*.json\n")
    write(tree.parent / ".gitignore", "*.yml\n")
    assert found(["a"], tree) == ["a/plan.json"]

    (tree / ".git" / "info").mkdir(parents=True)
    write(tree / ".git/info/exclude", "pod.yaml\n")
    assert found(["a", "b", "c"], tree) == ["c/d/e.yml"]


def test_an_ignored_directory_or_file_that_is_named_is_looked_at(tree: Path) -> None:
    (tree / ".git").mkdir()
    write(tree / ".gitignore", "a/\n*.yaml\n")

    assert found(["a"], tree) == ["a/plan.json"]
    assert found(["b/pod.yaml"], tree) == ["b/pod.yaml"]


def test_folders_of_tools_are_not_entered(tree: Path) -> None:
    for folder in (".git", ".venv", "node_modules", ".terraform"):
        write(tree / folder / "x.json")

    assert "x.json" not in " ".join(found(["."], tree))
    not_entered = {path for path, why in skipped(["."], tree).items() if "tools keep for themselves" in why}
    assert not_entered == {".venv", "node_modules", ".terraform"}


def test_links_in_circles_are_errors_that_name_the_path(tree: Path) -> None:
    (tree / "loop-a").symlink_to("loop-b")
    (tree / "loop-b").symlink_to("loop-a")
    (tree / "gone.yaml").symlink_to("missing")

    errors = [entry.path for entry in others(["."], tree) if entry.status == "error"]

    assert errors == ["gone.yaml", "loop-a", "loop-b"]
    assert "b/pod.yaml" in found(["."], tree)


def test_a_link_to_the_tree_itself_gives_each_file_once(tree: Path) -> None:
    (tree / "here").symlink_to(".")

    assert found(["."], tree) == ["README.md", "a/plan.json", "b/pod.yaml", "c/d/e.yml"]


def test_links_that_lead_out_are_not_followed(tree: Path) -> None:
    write(tree.parent / "outside" / "secret.json")
    (tree / "up").symlink_to("../outside")
    (tree / "secret.json").symlink_to("../outside/secret.json")

    assert "secret" not in " ".join(found(["."], tree))
    assert {path for path, why in skipped(["."], tree).items() if "leads out" in why} == {"up", "secret.json"}


def test_a_link_that_is_named_is_followed(tree: Path) -> None:
    write(tree.parent / "outside.json")
    (tree / "link.json").symlink_to("../outside.json")

    assert found(["link.json"], tree) == ["link.json"]


def test_a_sibling_whose_name_begins_alike_is_outside(tree: Path) -> None:
    write(tree.parent / "tree-2" / "x.json")
    (tree / "x.json").symlink_to("../tree-2/x.json")

    assert "x.json" not in found(["."], tree)


def test_a_directory_named_like_a_file_is_walked(tree: Path) -> None:
    write(tree / "plan.json" / "inner.json")

    assert found(["plan.json"], tree) == ["plan.json/inner.json"]


def test_odd_names_are_found_and_can_be_recorded(tree: Path) -> None:
    for name in (b"two\nlines.json", b"-dash.json", b"caf\xe9.json", b"x" * 250 + b".json"):
        (tree / "odd").mkdir(exist_ok=True)
        with open(os.path.join(os.fsencode(tree / "odd"), name), "wb") as stream:
            stream.write(b"{}")

    names = found(["odd"], tree)

    assert names == ["odd/-dash.json", "odd/caf\\xe9.json", "odd/two\nlines.json", "odd/" + "x" * 250 + ".json"]
    assert all(name.encode() for name in names)
