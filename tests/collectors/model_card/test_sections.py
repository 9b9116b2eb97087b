import time

import pytest

from policyctl.collectors.model_card import ModelCardCollector
from policyctl.collectors.model_card.headings import kinds_of
from policyctl.collectors.model_card.sections import read_body
from policyctl.collectors.model_card.wording import placeholders_in, words_in, written
from policyctl.collectors.reading import parse


def sections(text: str) -> list[tuple[str, str, int, int]]:
    return [(s["kind"], s["heading"], s.get("line", 0), s["words"]) for s in read_body(text, 1).sections]


def words_of(text: str, kind: str) -> int:
    return sum(section["words"] for section in read_body(text, 1).sections if section["kind"] == kind)


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("Intended uses & limitations", {"intended_use", "limitations"}),
        ("Bias, Risks, and Limitations", {"risks_and_bias", "limitations"}),
        ("Out-of-Scope Use", {"out_of_scope_use"}),
        ("Misuse, Malicious Use, and Out-of-Scope Use", {"out_of_scope_use"}),
        ("Unintended use cases", {"out_of_scope_use", "intended_use"}),
        ("Ethical Considerations", {"risks_and_bias"}),
        ("Training and evaluation data", {"training_data", "evaluation"}),
        ("Training procedure", {"training_procedure"}),
        ("Model description", {"description"}),
        ("Caveats and Recommendations", {"limitations", "recommendations"}),
        ("Personal and Sensitive Information", {"personal_information"}),
        ("Considerations for Using the Data", {"risks_and_bias"}),
        ("Licensing Information", {"licence"}),
        ("Model Card Contact", {"contact"}),
        ("CO2 emissions", {"environmental_impact"}),
        ("How to use", set()),
        ("Installation", set()),
        ("Biathlon results table", set()),
    ],
)
def test_wording_announces_kinds(heading: str, kinds: set[str]) -> None:
    assert set(kinds_of(heading)) == kinds


def test_underlined_and_html_headings_count_and_those_in_code_and_comments_do_not() -> None:
    text = """Intro words here
================

Limitations
-----------
It fails often.

```
## Intended use
code
```

<!--
## Training data
-->

<h2 align="center">Evaluation</h2>

Good results.
"""

    assert sections(text) == [
        ("description", "Intro words here", 1, 0),
        ("limitations", "Limitations", 4, 3),
        ("evaluation", "Evaluation", 17, 2),
    ]


def test_a_title_is_the_thing_and_not_a_section_of_its_words() -> None:
    assert sections("# Bias detector\nFinds bias in texts.\n") == [("description", "Bias detector", 1, 4)]


def test_a_heading_of_unknown_wording_has_the_kind_of_the_one_above() -> None:
    text = "# T\n## Training data\n### Corpora\nMany books.\n#### Sources\nShops.\n## Thanks\nTo all.\n"

    assert [section[:2] for section in sections(text)[1:]] == [
        ("training_data", "Training data"),
        ("training_data", "Corpora"),
        ("training_data", "Sources"),
        ("other", "Thanks"),
    ]


def test_bold_labels_are_sections_until_the_next_label_or_heading() -> None:
    text = """# Model card
## Uses
**Out-of-scope uses:** Not for medicine.

Nor for law.

**Status** static
## Data
"""

    assert ("out_of_scope_use", "Out-of-scope uses", 3, 6) in sections(text)
    assert ("intended_use", "Uses", 2, 2) in sections(text)


def test_a_label_of_a_list_item_holds_for_the_item() -> None:
    text = "# Model card\n## Model details\n- **License:** see the file\n- **Size:** 7B parameters\n"

    assert sections(text)[1:] == [("description", "Model details", 2, 3), ("licence", "License", 3, 3)]


def test_features_in_a_list_are_not_sections() -> None:
    assert words_of("# T\n## Features\n- **Bias-free:** no bias at all\n- **Safety:** safe\n", "risks_and_bias") == 0


@pytest.mark.parametrize(
    "text",
    [
        "[More Information Needed]",
        "[Needs More Information]",
        "[More Information Needed](https://example.com/contributing)",
        "More information needed for further recommendations.",
        "Users (both direct and downstream) should be made aware of the risks, biases and limitations of the model."
        " More information needed for further recommendations.",
        "{{ limitations | default('x') }}",
        "TODO: write this",
        "TBD",
        "To be added",
        "*(Forthcoming upon completion of training.)*",
        "<!-- This section is meant to convey limitations. -->",
        "- **Hardware Type:** [More Information Needed]\n- **Hours used:**",
        "**BibTeX:**",
        "![badge](x.png)",
        "---",
        "",
    ],
)
def test_what_a_template_left_there_is_not_written(text: str) -> None:
    assert words_of(f"# Model card\n## Limitations\n{text}\n", "limitations") == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It fails on [long texts](https://example.com/a).", 5),
        ("Todo lists are read well.", 5),
        ("**Curai's doctors**", 2),
        ("模型有偏见", 5),
        ("<details><summary>It fails</summary>\n\noften\n\n</details>", 3),
        ("> It fails", 2),
        ("| a | b |\n|---|---|\n| 1 | 2 |", 2),
        ("More information can be found in the paper.", 8),
    ],
)
def test_what_people_wrote_is_counted(text: str, words: int) -> None:
    assert words_of(f"# Model card\n## Limitations\n{text}\n", "limitations") == words


def test_a_section_with_nothing_but_a_placeholder_is_marked() -> None:
    marked = {
        s["heading"]: s["placeholder"]
        for s in read_body("# T\n## Limitations\nTODO\n## Evaluation\n## Data\nx\n", 1).sections
    }

    assert marked == {"T": False, "Limitations": True, "Evaluation": False, "Data": False}


def test_placeholders_are_counted() -> None:
    assert placeholders_in("[More Information Needed] and {{ name }}\n<!-- [More Information Needed] -->\nTODO x") == 3


@pytest.mark.parametrize(
    "piece",
    [
        *("<!--", "[", "**a", "{{", "{%", "<", "![", "TODO ", "# ", "> ", "- ", "`", "<h2>", "[a](", "_"),
        *("a <!--", "--> ", '<a "', "<a '\"", "<div hidden>", "a `<b>", "&", "N/A ", "\u3164"),
    ],
)
def test_hostile_repetition_takes_no_time(piece: str) -> None:
    text = (piece * 200_000)[:200_000]
    began = time.perf_counter()

    words_in(written(text))
    placeholders_in(text)
    read_body(text, 1)

    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("path", "text", "recognised"),
    [
        ("README.md", "---\nlicense: mit\n---\n# x\n", True),
        ("README.md", "---\nlicense: mit\ntags: [\n# x\n", True),
        ("README.md", "\n---\npipeline_tag: x\n---\n", True),
        ("README.md", "---\ntitle: Blog\nlayout: post\n---\n# x\n", False),
        ("README.md", "# Project\n## Installation\n## Usage\n## Limitations\n## License\n", False),
        ("README.md", "# My model\n## Intended use\n## Limitations\n", True),
        ("README.md", "# Model card for x\n", True),
        ("docs/MODEL_CARD.md", "# x\n", True),
        ("docs/dataset-card.md", "# x\n", True),
        ("discard.md", "# x\n", False),
        ("modelcard.yaml", "license: mit\n", False),
    ],
)
def test_cards_are_told_from_other_markdown(path: str, text: str, recognised: bool) -> None:
    assert ModelCardCollector().recognises(parse(text, path, "0" * 64, len(text))) == recognised


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Trained on speech. Add dataset details here before public release:\n\nhours\nsplit of the data", 3),
        ("Describe the data here.", 0),
        ("Add results here:\nF1\nThis sentence is one that somebody wrote.", 7),
        ("We add noise here: it helps.", 6),
        ("We set the threshold before release of each version.", 9),
    ],
)
def test_what_the_author_was_told_to_add_is_not_written_text(text, kept):
    assert words_in(written(text)) == kept


SENTENCE = "It fails on long texts and on rare words."


@pytest.mark.parametrize(
    "text",
    [
        "\u3164 \u115f\u1160 \uffa0 \u2800 \u200b \u00ad \u2060 \ufeff",
        "&#x3164; &#12644; &nbsp; &zwnj;",
        f"<!-- {SENTENCE}\n\n{SENTENCE}",
        f"<div>\n<!--\n\n{SENTENCE}\n</div>",
        f"<style>\n{SENTENCE}\n</style>",
        f"<script>\n\n{SENTENCE} '<script>'\n</script>",
        f"<template>\n\n{SENTENCE}\n\n</template>",
        f"<div hidden>\n\n{SENTENCE}\n\n<div>\n\n{SENTENCE}\n\n</div>\n\n{SENTENCE}\n\n</div>",
        f"<span hidden>{SENTENCE}</span>",
        f'<p class="a>b" style="color: red; DISPLAY : none">{SENTENCE}</p>',
        f"<p style='display:none!important'>{SENTENCE}</p>",
        f'<p title="> {SENTENCE}"></p>',
        f"```\n{SENTENCE}\n```",
        "N/A",
        "n/a n/a N/A",
        "Not applicable.",
        "None",
        "**To follow**",
        "unknown, TBD",
        "1 2 3 4 5 6 7 8 9 10",
    ],
)
def test_what_nobody_can_read_states_nothing(text: str) -> None:
    assert words_of(f"# Model card\n## Limitations\n{text}\n", "limitations") == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("foo " * 60, 1),
        ("foo bar " * 60, 2),
        ("foo\u200bbar \u3164 baz", 2),
        (f"<div hidden>\n\nno\n\n</div>\n\n{SENTENCE}", 9),
        (f"<!-- a\n\nb -->\n\n{SENTENCE}", 9),
        (f"The tag `<script>` and `<!--` hide nothing here.\n\n{SENTENCE}", 15),
        (f"<div data-hidden aria-hidden='true' class='hidden'>\n\n{SENTENCE}\n\n</div>", 9),
        (f"a <!-- that does not end is text.\n\n{SENTENCE}", 16),
        (f"```html\n<!-- <div hidden>\n```\n\n{SENTENCE}", 9),
        ("None of the tests covers rare words.", 7),
    ],
)
def test_what_can_be_seen_is_counted(text: str, words: int) -> None:
    assert words_of(f"# Model card\n## Limitations\n{text}\n", "limitations") == words


def test_a_heading_that_is_hidden_is_no_section() -> None:
    text = f"# T\n<div hidden>\n\n## Limitations\n{SENTENCE}\n\n</div>\n\n## Evaluation\nGood.\n"

    assert [section[:3] for section in sections(text)[1:]] == [("evaluation", "Evaluation", 9)]


def test_words_that_say_that_nothing_is_said_are_a_placeholder() -> None:
    (_, section) = read_body("# T\n## Limitations\nN/A. Not applicable.\n", 1).sections

    assert section["placeholder"]


def test_code_counts_where_no_statement_is_asked_for() -> None:
    assert words_of("# T\n## Citation\n```\nsome title here\n```\n", "citation") == 3
