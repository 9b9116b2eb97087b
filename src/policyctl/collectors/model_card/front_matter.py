"""The YAML at the top of a card. What is there and cannot be read is a problem to tell, never an empty card."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from policyctl.collectors.reading import FRONT_MATTER
from policyctl.model.errors import InputError
from policyctl.model.printable import printable

if TYPE_CHECKING:
    from policyctl.collectors.yaml_lines import YamlLines

MODEL_KEYS: Final = frozenset(
    {
        "base_model",
        "base_model_relation",
        "library_name",
        "model-index",
        "model_name",
        "pipeline_tag",
        "datasets",
        "inference",
    }
)
DATASET_KEYS: Final = frozenset(
    {
        "annotations_creators",
        "configs",
        "dataset_info",
        "language_creators",
        "licenses",
        "multilinguality",
        "paperswithcode_id",
        "pretty_name",
        "size_categories",
        "source_datasets",
        "task_categories",
        "task_ids",
    }
)
_SHARED_KEYS: Final = frozenset(
    {"license", "license_name", "license_link", "language", "languages", "metrics", "widget"}
)
_KEYS: Final = "|".join(sorted(MODEL_KEYS | DATASET_KEYS | _SHARED_KEYS))
_CARD_KEY: Final = re.compile(rf"^(?:- )?({_KEYS})(?:[ \t]*:|[ \t]*$)", re.MULTILINE)
_LATE: Final = re.compile(r"^---[ \t]*\r?\n(?P<metadata>(?:(?!---)[^\n]*\n){1,200}?)---[ \t]*\r?$", re.MULTILINE)
_TOP: Final = 4000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`metadata` is what the front matter says; `problem` why it cannot be read, when it is there and cannot, at `problem_line`.

    `body` is the Markdown after it, beginning at line `body_line`. `lines` finds the lines of `metadata`.
    """

    is_present: bool
    metadata: dict[str, Any]
    body: str
    body_line: int
    problem: str | None = None
    lines: YamlLines | None = field(default=None, repr=False)
    problem_line: int = 1


def has_card_keys(text: str) -> bool:
    """Whether the top of `text` has, between two lines "---" or after one, keys that only cards have."""
    top = text[:_TOP].lstrip()
    if not top.startswith("---"):
        return False
    match = FRONT_MATTER.match(top)
    return _CARD_KEY.search(match["metadata"] if match else top) is not None


def split(text: str, path: str) -> FrontMatter:
    """The front matter and the body of a card's text. Front matter counts only if "---" is the file's first line."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return _without(text)
    # Not at the top: whether a text is a card is asked of every file.
    from policyctl.collectors.yaml_lines import YamlLines
    from policyctl.collectors.yaml_scalars import CORE
    from policyctl.collectors.yaml_values import parse_yaml

    body, body_line = text[match.end() :], text.count("\n", 0, match.end()) + 1
    try:
        values = parse_yaml(match["metadata"], path, CORE, first_line=2).values
    except InputError as error:
        where = error.message.removeprefix(f"{printable(path)}:")
        line = re.match(r"\d+", where)
        reason = f"the front matter cannot be read: line {where}"
        return FrontMatter(False, {}, body, body_line, reason, problem_line=int(line[0]) if line else 1)
    if len(values) != 1 or not isinstance(values[0], dict):
        if not values or isinstance(values[0], list):
            what = "is a list, not a mapping" if values else "is empty"
            return FrontMatter(False, {}, body, body_line, f"the front matter {what}")
        return _without(text)
    second = FRONT_MATTER.match(body.lstrip())
    if second and _CARD_KEY.search(second["metadata"]):
        begin = len(body) - len(body.lstrip())
        end = begin + second.end()
        reason = "there are two front matters, and readers differ in which one counts"
        problem_line = body_line + body.count("\n", 0, begin)
        body_line += body.count("\n", 0, end)
        return FrontMatter(False, {}, body[end:], body_line, reason, problem_line=problem_line)
    return FrontMatter(True, values[0], body, body_line, None, YamlLines(match["metadata"], CORE, first_line=2))


def _without(text: str) -> FrontMatter:
    """A text that does not begin with closed front matter: it has none, or one where it does not count."""
    problem, line = None, 1
    if text.startswith("---") and has_card_keys(text):
        problem = 'the front matter has no closing line "---"'
    elif (late := _LATE.search(text[:_TOP])) and _CARD_KEY.search(late["metadata"]):
        problem = "the front matter does not begin on the first line, so it is text to Hugging Face"
        line += text.count("\n", 0, late.start())
    if problem is None:
        return FrontMatter(False, {}, text, 1)
    heading = re.search(r"^#{1,6} ", text, re.MULTILINE)
    begin = heading.start() if heading else len(text)
    return FrontMatter(False, {}, text[begin:], text.count("\n", 0, begin) + 1, problem, problem_line=line)
