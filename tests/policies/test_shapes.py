"""Files in every format that is read have the shape that Conftest gives them.

`shapes/expected` holds what `conftest parse FILE` prints, version 0.71.1; a test of the servers' round asks it again.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from policyctl.collectors.configuration.formats import READERS, format_of
from policyctl.model.errors import InputError

SHAPES = Path(__file__).with_name("shapes")
FILES = sorted(path.name for path in SHAPES.iterdir() if path.is_file())


def expected(name: str) -> Any:
    """What Conftest prints."""
    return json.loads((SHAPES / "expected" / f"{name}.json").read_text())


def read(name: str, text: str) -> Any:
    """The configurations of a text, as the reader of its name's format has them."""
    return list(READERS[format_of(name)](text, name).values)


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_the_shape_that_conftest_gives_it(name: str) -> None:
    told = expected(name)

    assert read(name, (SHAPES / name).read_text()) == (told if isinstance(told, list) else [told])


@pytest.mark.servers
@pytest.mark.parametrize("name", FILES)
def test_conftest_gives_it_that_shape(conftest_path: str, name: str) -> None:
    printed = subprocess.run([conftest_path, "parse", name], cwd=SHAPES, capture_output=True, text=True, check=True)

    assert json.loads(printed.stdout) == expected(name)


def test_every_format_has_a_shape_here() -> None:
    assert {format_of(name) for name in FILES} == set(READERS)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"a": 1, "a": 2}'),
        ("a.json", "[" * 300 + "]" * 300),
        ("a.jsonc", '{"a": 1,}'),
        ("a.yaml", "a: [1"),
        ("a.yaml", "a: .inf"),
        ("a.toml", "a = inf"),
        ("a.toml", "a = "),
        ("a.toml", "a = " + "[" * 2000 + "]" * 2000),
        ("a.ini", "no section = 1\nand no value"),
        ("a.ini", '[a]\nb = """over\nlines"""'),
        ("a.env", "no assignment"),
        ("a.env", 'A="never closed'),
        ("a.env", "A='closed' and more"),
        ("a.properties", r"a = \u12"),
        ("a.properties", r"a = \ud800"),
        ("a.properties", "= no key"),
        ("a.xml", "<a><b></a>"),
        ("a.xml", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'),
        ("a.xml", "<a>" * 300 + "</a>" * 300),
        ("a.tf", 'resource "a" {'),
        ("a.tf", "a = 1\na = 2"),
        ("a.tf", r'a = "\ud800"'),
        ("a.tf", r'a = "\UFFFFFFFF"'),
        ("a.tf", "a = " + "[" * 5000 + "]" * 5000),
        ("a.xml", '<!DOCTYPE a SYSTEM "a.dtd"><a>&x;</a>'),
        ("a.cyclonedx", "{}"),
        ("Dockerfile", "RUN x"),
        ("Dockerfile", "FROM a\nFLY b"),
    ],
)
def test_what_is_not_of_the_format_or_beyond_the_limits_is_an_error_in_words(name: str, text: str) -> None:
    with pytest.raises(InputError):
        read(name, text)


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("dir/Dockerfile", "dockerfile"),
        ("Dockerfile.debug", "dockerfile"),
        ("dev.Dockerfile", "dockerfile"),
        (".env", "dotenv"),
        (".env.prod", "dotenv"),
        ("prod.env", "dotenv"),
        ("a.YML", "yaml"),
        ("a.tfvars", "hcl2"),
        ("-", "yaml"),
        ("Jenkinsfile.prod", "groovy"),
        ("nginx.conf", "nginx"),
        ("sbom.SPDX", "spdx"),
        ("sbom.spdx.json", "json"),
        ("other.conf", ""),
        ("CODEOWNERS", "codeowners"),
        (".gitignore", "ignore"),
        ("README", ""),
        ("readme.txt", ""),
    ],
)
def test_the_format_is_told_by_the_name_as_conftest_tells_it(name: str, format: str) -> None:
    assert format_of(name) == format
