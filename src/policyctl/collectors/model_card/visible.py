"""What of a card's HTML and Markdown a reader can see: not comments, not elements that are hidden, not blank characters.

Sources: CommonMark (HTML blocks, comments, code spans), HTML (the `hidden` attribute, elements that are not rendered).
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

_NOT_RENDERED: Final = frozenset(
    {"datalist", "head", "iframe", "noembed", "noframes", "noscript", "script", "style", "template", "title"}
)
_RAW: Final = frozenset({"iframe", "noembed", "noframes", "noscript", "script", "style", "title"})
"""Elements in which a tag is text, except the one that ends them."""
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_TAG: Final = (
    r"(?<!\\)<(?P<end>/?)(?P<name>[a-zA-Z][\w-]{0,40})"
    r"(?P<attributes>(?:[^<>\"']++|\"[^\"]{0,1000}+\"|'[^']{0,1000}+')*+)>"
)
_IN_HTML: Final = re.compile(rf"(?P<comment><!--|-->)|{_TAG}")
_IN_MARKDOWN: Final = re.compile(rf"(?P<code>``[^`]*``|`[^`]*`)|(?P<comment><!--|-->)|{_TAG}")
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_HIDDEN: Final = re.compile(r"(?<![\w=-])hidden(?![\w-])", re.IGNORECASE)
_STYLE: Final = re.compile(r"(?<![\w-])style\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE)
_INVISIBLE: Final = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|font-size:0[a-z%]*|opacity:0(?:\.0*)?%?)(?:!important)?(?:;|$)"
)
_COMMENT: Final = "<!--"
_BLANK: Final = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"), " ")
"""Characters that fonts draw as nothing, though Unicode calls them letters or symbols."""


def visible_characters(text: str) -> str:
    """`text` without characters of no width, and with a space for each that is drawn as nothing."""
    if text.isascii():
        return text
    return "".join(one for one in text.translate(_BLANK) if unicodedata.category(one) != "Cf")


class Visibility:
    """Reads the blocks of one text in their order: what one of them opens may hide the following ones."""

    def __init__(self) -> None:
        self._hidden_by: str | None = None
        self._depth = 0
        self._opened_here = False

    @property
    def is_hidden(self) -> bool:
        """Whether what comes now cannot be seen."""
        return self._hidden_by is not None

    def seen(self, text: str, *, markdown: bool) -> str:
        """What can be seen of a paragraph or heading (`markdown`), or else of an HTML block. Lines stay where they are."""
        kept: list[str] = []
        position = 0
        last_end = text.rfind("-->")
        self._opened_here = not markdown
        for match in (_IN_MARKDOWN if markdown else _IN_HTML).finditer(text):
            before = self._shown(text[position : match.start()])
            position = match.end()
            piece = match[0]
            if match["comment"]:
                piece = self._comment(piece, match.start() < last_end, markdown)
            elif match["name"]:
                piece = self._tag(match)
            kept += (before, self._shown(piece))
        kept.append(self._shown(text[position:]))
        return "".join(kept).replace(_COMMENT, " ")

    def _shown(self, text: str) -> str:
        return "\n" * text.count("\n") if self.is_hidden else text

    def _comment(self, piece: str, ends: bool, markdown: bool) -> str:
        if piece == _COMMENT and not self.is_hidden:
            # In a paragraph, a comment that does not end there is text.
            if ends or not markdown:
                self._hidden_by = _COMMENT
                self._opened_here = True
        elif piece == "-->" and self._hidden_by == _COMMENT and self._opened_here:
            self._hidden_by = None
        return " "

    def _tag(self, match: re.Match[str]) -> str:
        name = match["name"].lower()
        if not self.is_hidden:
            if not match["end"] and name not in _VOID and (name in _NOT_RENDERED or _hides(match["attributes"])):
                self._hidden_by, self._depth = name, 1
            # An attribute may hold what looks like the tag's end.
            return f"<{match['end']}{name}>" if re.search("[<>]", match["attributes"]) else match[0]
        if name == self._hidden_by:
            if match["end"]:
                self._depth -= 1
            elif name not in _RAW:
                self._depth += 1
            if not self._depth:
                self._hidden_by = None
        return " "


def _hides(attributes: str) -> bool:
    if _HIDDEN.search(_QUOTED.sub('""', attributes)):
        return True
    found = _STYLE.search(attributes)
    style = re.sub(r"/\*.*?\*/|\s", "", html.unescape(found[1]).strip("\"'")).lower() if found else ""
    return _INVISIBLE.search(style) is not None
