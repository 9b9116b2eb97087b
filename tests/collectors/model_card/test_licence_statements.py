"""What a card says of its licence besides `license` in its metadata."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.collectors.model_card import ModelCardCollector
from policyctl.collectors.model_card.licence_names import limits_use, names_in
from policyctl.collectors.reading import parse
from policyctl.model.document import Collected


def collected(metadata: str, text: str) -> Collected:
    card = f"---\nlicense: mit\n{metadata}---\n# Model\n\n{text}"
    (entry,) = ModelCardCollector().collect([parse(card, "README.md", "0" * 64, len(card))])
    return entry.subjects[0]


def statements(metadata: str = "", text: str = "") -> list[Any]:
    found: list[Any] = collected(metadata, text).facts["licence_statements"]
    return found


def said(metadata: str = "", text: str = "") -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one["place"], one["says"], tuple(one["names"])) for one in statements(metadata, text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Apache License, Version 2.0", ["Apache-2.0"]),
        ("[Apache 2.0](./LICENSE) license", ["Apache-2.0"]),
        ("https://www.apache.org/licenses/LICENSE-2.0", ["Apache-2.0"]),
        ("the MIT License", ["MIT"]),
        ("a permit", []),
        ("CC BY-NC-SA 4.0", ["CC-BY-NC-SA-4.0"]),
        ("Creative Commons Attribution-NonCommercial 4.0 International", ["CC-BY-NC-4.0"]),
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/legalcode", ["CC-BY-NC-ND-4.0"]),
        ("CC0 1.0", ["CC0-1.0"]),
        ("GPLv3", ["GPL-3.0"]),
        ("AGPL", ["AGPL"]),
        ("GNU Lesser General Public License v2.1", ["LGPL-2.1"]),
        ("BSD 3-Clause", ["BSD-3-Clause"]),
        ("MPL-2.0.", ["MPL-2.0"]),
        ("OpenRAIL-M", ["RAIL"]),
        ("Llama 3.2 Community License", ["Llama"]),
        ("a fine-tuned-7b in JSON", []),
    ],
)
def test_licences_are_known_by_the_names_that_people_write(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "non-commercial use",
        "for research purposes only",
        "commercial use requires a separate agreement",
        "not for any commercial product",
        "All rights reserved",
        "a custom commercial license",
    ],
)
def test_words_that_take_back_what_a_licence_gives(text: str) -> None:
    assert limits_use(text)


@pytest.mark.parametrize("text", ["for commercial and research use", "free for everybody", "open source"])
def test_words_that_take_nothing_back(text: str) -> None:
    assert not limits_use(text)


@pytest.mark.parametrize(
    "text",
    [
        "## License\n\nCC-BY-NC-4.0\n",
        "## License: CC-BY-NC-4.0\n",
        "## License\n\nSee [here](https://creativecommons.org/licenses/by-nc/4.0/).\n",
        "## License\n\n```\nCC-BY-NC-4.0\n```\n",
        "**License:** CC-BY-NC-4.0\n",
        "**License:**\n\nCC-BY-NC-4.0\n",
        "- License: CC-BY-NC-4.0\n",
        "License: CC-BY-NC-4.0\n",
        "Licence - CC-BY-NC-4.0\n",
        "| License | CC-BY-NC-4.0 |\n|---|---|\n",
        "<table><tr><td>License</td><td>CC-BY-NC-4.0</td></tr></table>\n",
        "[![License](badge.svg)](https://creativecommons.org/licenses/by-nc/4.0)\n",
    ],
)
def test_a_place_for_licences_is_found(text: str) -> None:
    assert said(text=text) == [("section", "licence", ("CC-BY-NC-4.0",))]


def test_a_sentence_about_the_whole_is_one_too() -> None:
    assert said(text="This model is released\nunder CC-BY-NC-4.0.\n") == [("sentence", "licence", ("CC-BY-NC-4.0",))]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("license_name: cc-by-nc-4.0\n", ("licence", ("CC-BY-NC-4.0",))),
        ("license_name: llama3\n", ("terms", ())),
        ("license_link: https://ai.google.dev/gemma/terms\n", ("terms", ())),
        ("License: gpl-3.0\n", ("licence", ("GPL-3.0",))),
        ("license_details: [1]\n", ("terms", ())),
        ("tags:\n- license:gpl-3.0\n", ("licence", ("GPL-3.0",))),
    ],
)
def test_other_keys_of_the_metadata_say_something(key: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert said(key) == [("metadata", *expected)]


@pytest.mark.parametrize(
    "text",
    [
        "## License\n\nSee the [LICENSE](LICENSE) file for details.\n",
        "## License\n\n[license](https://huggingface.co/x/y/blob/main/LICENSE)\n",
        "## License\n\n[More Information Needed]\n",
        "<!-- License: GPL-3.0 -->\n",
        "## Code license\n\nGPL-3.0\n",
        "**License**\n\nThe licence below.\n\nIt was trained with tools under GPL-3.0.\n",
    ],
)
def test_who_only_points_to_the_licence_says_nothing(text: str) -> None:
    assert said(text=text) == []


def test_terms_that_name_no_licence_are_told() -> None:
    assert said(text="## License\n\nPay us before you use this.\n") == [("section", "terms", ())]


def test_a_limit_is_told_beside_the_licence() -> None:
    text = "## License\n\nMIT, for non-commercial use only.\n"

    assert said(text=text) == [("section", "licence", ("MIT",)), ("section", "limit", ())]


def test_lines_are_those_of_what_is_said() -> None:
    there = collected("license_name: llama3\n", "## License\n\nRead this.\n\nGPL-3.0\n")
    places = [there.locate("README.md", ("licence_statements", index)) for index in range(2)]

    assert [place.line for place in places if place] == [3, 11]


def test_what_is_repeated_is_told_once() -> None:
    assert len(statements(text="- License: GPL-3.0\n" * 20)) == 1
