"""What a requirements.txt asks for."""

from __future__ import annotations

import pytest

from policyctl.collectors.python_requirements import add_requirements, requirements_of
from policyctl.model.gathered import Gathered

COMMIT = "54406578ae42b4c37aef6ff38eaf47578eccdea5"
DIGEST = "0f3c" * 16


def pinned(line: str) -> bool:
    (one,) = requirements_of(line)
    return one["pinned"]


@pytest.mark.parametrize(
    "line",
    [
        "mlflow==3.6.0",
        "mlflow[extras] == 3.6.0 ; python_version >= '3.10'",
        "mlflow===3.6.0",
        "mlflow>=3,==3.6.0",
        f"scorer @ git+https://git.example.com/scorer@{COMMIT}",
        f"scorer @ git+https://git.example.com/scorer@{COMMIT}#subdirectory=python",
        f"scorer @ https://files.example.com/scorer.whl#sha256={DIGEST}",
        f"mlflow==3.6.0 --hash=sha256:{DIGEST}",
    ],
)
def test_one_exact_version_is_pinned(line: str) -> None:
    assert pinned(line)


@pytest.mark.parametrize(
    "line",
    [
        "mlflow",
        "mlflow>=3.6.0",
        "mlflow~=3.6.0",
        "mlflow==3.*",
        "mlflow!=3.6.0",
        "scorer @ git+https://git.example.com/scorer@main",
        f"scorer @ git+https://git.example.com/scorer@{COMMIT[:12]}",
        "scorer @ https://files.example.com/scorer.whl",
        f"scorer @ https://files.example.com/scorer.whl#md5={DIGEST[:32]}",
        "./wheels/scorer.whl",
        "https://files.example.com/scorer.whl",
        "-e .",
        "-r more.txt",
        "--requirement=more.txt",
    ],
)
def test_all_else_is_not(line: str) -> None:
    assert not pinned(line)


def test_names_and_specifiers_are_as_written_in_their_order() -> None:
    assert requirements_of("Skops==0.13\n\nscikit-learn<2,>=1.7  # the trainer's\n") == [
        {"name": "Skops", "specifier": "==0.13", "pinned": True},
        {"name": "scikit-learn", "specifier": "<2,>=1.7", "pinned": False},
    ]


def test_what_names_no_package_is_called_by_its_line() -> None:
    assert [one["name"] for one in requirements_of("# ours\n\nskops==0.13\n./scorer.whl\n")] == ["skops", "line 4"]


def test_lines_that_go_on_are_one() -> None:
    text = f"skops==0.13 \\\n    --hash=sha256:{DIGEST} \\\n    --hash=sha256:{DIGEST}\nx\\"
    assert [(one["name"], one["pinned"]) for one in requirements_of(text)] == [("skops", True), ("x", False)]


def test_where_to_look_is_no_requirement() -> None:
    text = "--index-url https://packages.example.com/simple\n-c constraints.txt\n--pre\n# skops\n"
    assert requirements_of(text) == []


def test_a_file_that_is_no_text_is_a_gap() -> None:
    gathered = Gathered({"id": "wine/1"})
    add_requirements(gathered, b"\xff\xfe\x00\xd8", "model/requirements.txt")
    assert [gap["paths"] for gap in gathered.gaps] == [[["facts", "requirements"]]]
    assert "requirements" not in gathered.facts
