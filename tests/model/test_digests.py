"""Digests are compared as the controls compare them."""

from __future__ import annotations

import json
import subprocess

import pytest

from policyctl.model.digests import is_strong, same_data
from tests.conftest import ROOT

MD5, OTHER_MD5 = "d41d8cd98f00b204e9800998ecf8427e", "0cc175b9c0f1b6a831c399e269772661"
SHA256, OTHER_SHA256 = f"{MD5}{OTHER_MD5}", f"{OTHER_MD5}{MD5}"
PAIRS = [
    (MD5, MD5.upper(), "yes"),
    (MD5, f" md5:{MD5}.dir", "yes"),
    (MD5, SHA256, "yes"),  # a registry that has little room keeps the first digits
    ("0f3c0f3c", "0f3c0f3c", "yes"),
    (MD5, OTHER_MD5, "no"),
    (SHA256, f"sha256:{OTHER_SHA256}", "no"),
    ("0f3c0f3c", "0f3c0f3d", "no"),
    (MD5, OTHER_SHA256, "untold"),
    (SHA256, SHA256[:31], "untold"),
    ("0f3c0f3c", MD5, "untold"),
    (MD5, None, "untold"),
    (MD5, 7, "untold"),
]


@pytest.mark.parametrize(("one", "other", "answer"), PAIRS)
def test_the_answer_is_the_same_whoever_comes_first(one: str, other: object, answer: str) -> None:
    assert same_data(one, other) == answer
    assert same_data(other, one) == answer


def test_the_controls_say_the_same(opa_path: str) -> None:
    asked = [*PAIRS, *((other, one, answer) for one, other, answer in PAIRS)]
    query = "[[lib.same_data(one, other), lib.is_strong(one)] | some [one, other, _] in input]"
    query = query.replace("lib.", "data.policyctl.lib.model.")
    rules = ("--data", str(ROOT / "rego"), "--ignore", "*_test.rego")
    command = [opa_path, "eval", *rules, "--stdin-input", query]
    answer = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True).stdout

    told = json.loads(answer)["result"][0]["expressions"][0]["value"]
    assert told == [[same_data(one, other), is_strong(one)] for one, other, _ in asked]
