"""Every file of tests/data/bad: refused with a message that helps, or accepted as what it is."""

import gzip
import resource
import time
from pathlib import Path
from typing import Any

import pytest

from policyctl.collectors.reading import read
from policyctl.model.errors import InputError

BAD = Path(__file__).parents[1] / "data" / "bad"

REFUSED = {
    "binary-plan.tfplan": "zip archive",
    "empty.json": "1:1: the file is empty",
    "gzip-bomb-64mb.json.gz": "compressed with gzip",
    "json-10mb-single-line.json.gz": "compressed with gzip",
    "json-control-characters.json": "1:11: a line break",
    "json-deep-nesting-100k.json.gz": "compressed with gzip",
    "json-deep-objects-5000.json": "nested more than 200 deep",
    "json-duplicate-keys.json": 'the key "operation" stands twice',
    "json-huge-integers.json": "1e400 cannot be represented",
    "json-invalid-utf8.json": "offset 13 (0xe9)",
    "json-lone-surrogate.json": "half of a surrogate pair",
    "json-nan-infinity.json": "1:13: NaN",
    "plan-a-path-only.json": "holds a path",
    "plan-action-invalid-fixture.json": "676:29: text follows the JSON value",
    "plan-log-lines.json": "log lines of terraform plan -json",
    "plan-with-wrapper-lines.json": "other output stands around the JSON of a plan",
    "single-quotes-and-comments.json": "1:1: a comment",
    "trailing-comma.json": "1:40: a comma",
    "trailing-garbage.json": "2:1: text follows the JSON value",
    "truncated-mid-utf8.json": "offset 17 (0xc3)",
    "truncated-plan.json": "ends in the middle",
    "two-documents.json": "1:8: a second JSON value",
    "whitespace-only.json": "1:1: the file is empty",
    "yaml-billion-laughs.yaml": "11: aliases make this far larger",
    "yaml-custom-tags.yaml": "3: the tag '!Ref'",
    "yaml-deep-flow-2000.yaml": "nested more than 200 deep",
    "yaml-duplicate-keys.yaml": "8: the key 'securityContext' stands twice",
    "yaml-non-string-keys.yaml": "3: a key is null",
    "yaml-python-tags.yaml": "3: the tag",
    "yaml-quadratic-alias.yaml": "aliases make this far larger",
    "yaml-recursive-anchor.yaml": "2: the alias *a stands inside what it names",
    "yaml-tabs.yaml": "3:1: this is not YAML",
    "yaml-unclosed-quote.yaml": "this is not YAML",
}
ACCEPTED: dict[str, Any] = {
    "admission-25_null_request.json": (None,),
    "ansi-and-html-in-names.json": (
        {
            "name": "\x1b[31mred\x1b[0m\x07",
            "title": "<script>alert(1)</script>",
            "csv": "=cmd|' /C calc'!A0",
            "md": "[x](javascript:alert(1))",
        },
    ),
    "empty.yaml": (),
    "json-bom.json": ({"kind": "Pod", "metadata": {"name": "bom"}},),
    "json-crlf.json": ({"kind": "Pod", "metadata": {"name": "crlf"}},),
    "json-many-digits-5000.json": ({"n": "1" * 5000},),
    "json-utf16le.json": ({"kind": "Pod"},),
    "only-a-number.json": (42,),
    "only-a-string.json": ('{"kind": "Pod"}',),
    "only-null.json": (None,),
    "proto-pollution.json": ({"__proto__": {"admin": True}, "constructor": {"prototype": {"x": 1}}},),
    "top-level-array.json": ([{"kind": "Pod"}],),
    "yaml-empty-documents.yaml": (),
    "yaml-multiline-scalars.yaml": ({"a": "keep\n\n\n", "b": "fold me\ntwice", "c": "line joined", "d": "it's"},),
    "yaml-only-comments.yaml": (),
    "yaml-norway.yaml": (
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {
                "name": "countries",
                "labels": {
                    "country": False,
                    "encrypted": False,
                    "reviewed": True,
                    "version": 1.2,
                    "octal": 493,
                    "sexagesimal": "12:30:45",
                    "date": "2025-08-02",
                    "exp": 1000.0,
                    "hex": 255,
                    "under_score": 1000,
                    "tilde": None,
                    "empty": None,
                },
            },
        },
    ),
}
FOR_COLLECTORS = {
    "admission-12_err_pod.json",
    "admission-21_broken_admission_request.json",
    "admission-missing-request.json",
    "admission-null-object.json",
    "admission-response-only.json",
    "json-long-key.json",
    "path-traversal-names.json",
    "plan-future-format-version.json",
    "plan-null-fields.json",
    "plan-wrong-types.json",
    "rego-injection.json",
    "terraform-show-state.json",
    "terraform-state-not-plan.json",
    "yaml-merge-keys.yaml",
}
MARKDOWN = {
    "model-card-front-matter-is-a-list.md",
    "model-card-front-matter-late.md",
    "model-card-two-front-matters.md",
    "model-card-unclosed-front-matter.md",
    "readme-utf16.md",
    "symlink-loops.md",
}


def test_every_file_is_expected_somewhere() -> None:
    assert {file.name for file in BAD.iterdir()} == REFUSED.keys() | ACCEPTED.keys() | FOR_COLLECTORS | MARKDOWN


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_message_and_a_hint(name: str) -> None:
    began = time.process_time()
    with pytest.raises(InputError) as caught:
        read(name, file=BAD / name)

    assert caught.value.message.startswith(name + ":")
    assert REFUSED[name] in caught.value.message
    assert caught.value.message.isprintable()
    assert caught.value.hint
    assert time.process_time() - began < 10


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted_with_these_values(name: str) -> None:
    assert read(name, file=BAD / name).values == ACCEPTED[name]


@pytest.mark.parametrize("name", sorted(FOR_COLLECTORS))
def test_accepted_and_left_to_collectors(name: str) -> None:
    content = read(name, file=BAD / name)

    assert content.syntax == ("yaml" if name.endswith(".yaml") else "json")
    assert len(content.values) == 1


@pytest.mark.parametrize("name", sorted(MARKDOWN))
def test_markdown_has_text_and_no_values(name: str) -> None:
    content = read(name, file=BAD / name)

    assert (content.syntax, content.values) == ("markdown", ())
    assert "#" in content.text


def test_a_readme_in_utf_16_is_read_as_its_mark_says() -> None:
    assert read("readme-utf16.md", file=BAD / "readme-utf16.md").text.startswith("## How to Run")


def test_hints_say_how_to_make_a_plan_that_can_be_read() -> None:
    for name in ("binary-plan.tfplan", "plan-log-lines.json"):
        with pytest.raises(InputError) as caught:
            read(name, file=BAD / name)
        assert "terraform show -json" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("gzip-bomb-64mb.json.gz", None),
        ("json-10mb-single-line.json.gz", 42_000),
        ("json-deep-nesting-100k.json.gz", None),
    ],
)
def test_what_is_packed_is_within_time_and_memory_once_unpacked(name: str, outcome: int | None, tmp_path: Path) -> None:
    unpacked = tmp_path / "plan.json"
    unpacked.write_bytes(gzip.decompress((BAD / name).read_bytes()))
    began = time.process_time()  # of this process alone: other work on the machine is not the reader's

    if outcome is None:
        with pytest.raises(InputError):
            read("plan.json", file=unpacked)
    else:
        assert len(read("plan.json", file=unpacked).values[0]["resource_changes"]) == outcome

    assert time.process_time() - began < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1024 * 1024
