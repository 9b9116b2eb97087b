"""What controls, files and programs say is shown as it is."""

from __future__ import annotations

import markdown

from policyctl.handbook.markup import code, fence, paragraphs, plain, table

HOSTILE = "a <script>alert(1)</script> | *b* _c_ [d](javascript:e) `f` # g & h"


def html(text: str) -> str:
    return markdown.markdown(text, extensions=["tables", "pymdownx.superfences"])


def test_text_is_never_markup() -> None:
    shown = html(plain(HOSTILE))
    assert shown == ("<p>a &lt;script&gt;alert(1)&lt;/script&gt; &#124; *b* _c_ [d](javascript:e) `f` # g &amp; h</p>")


def test_a_cell_stays_one_cell() -> None:
    shown = html(table(("A", "B"), [(plain(HOSTILE), code("x|<b>"))]))
    assert shown.count("<td>") == 2
    assert "<b>" not in shown
    assert "<script>" not in shown


def test_a_fence_is_longer_than_any_in_the_text() -> None:
    text = "before\n```yaml\na: 1\n```\nafter <b>"
    shown = html(fence(text, "card.md"))
    assert "<p>" not in shown
    assert "&lt;b&gt;" in shown


def test_what_is_set_off_is_an_example_to_copy() -> None:
    assert paragraphs("Write it:\n    a: 1\n      b: 2\nor leave it.\n") == (
        "Write it:\n\n```text\na: 1\n  b: 2\n```\n\nor leave it.\n"
    )
