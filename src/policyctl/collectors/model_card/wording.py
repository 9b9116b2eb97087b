"""What people wrote in a card, apart from what a template left there.

Templates: the model and dataset cards of huggingface_hub, and the placeholders that authors leave by hand.
"""

from __future__ import annotations

import html
import re
from typing import Final

from policyctl.collectors.model_card.visible import visible_characters

_PLACEHOLDER: Final = re.compile(
    r"""
    \[\s*(?:needs\s+)?more\s+information(?:\s+needed)?\s*\](?:\([^()\s]*\))?   # [More Information Needed](link)
    | \b(?:more\s+information\s+(?:is\s+)?needed)\b[^.\n]*\.?                 # More information needed for further …
    | \b(?:needs\s+more\s+information)\b
    | \[(?:insert|your|add|describe|dataset\sname|model\sname|model\sid)\b[^\[\]\n]*\](?!\()
    | \{\{[^{}]*\}\} | \{%[^%]*%\}                                             # Jinja
    | \b(?-i:TODO|TBD|FIXME|XXX)\b[^\n]*
    | \b(?:to\s+be\s+(?:added|announced|completed|decided|defined|determined|done|filled\s+in|written))\b
    | (?:(?<![^\n])|(?<=[.!?]\s))(?:add|describe|document|fill\s+in|insert|provide|set)\b     # Add the hours here before release:
      [^.:\n]{0,80}\b(?:here|before\s+(?:public\s+)?(?:release|publication))\b[^.:\n]*
      (?::(?:\s*\n[^\n]*[^\s.!?](?=[ \t]*(?:\n|\Z)))*|\.)?                      # and what to add, which is no sentences
    | \((?:forthcoming|coming\ssoon)[^()]*\) | \b(?:coming\s+soon)\b | \b(?:lorem\s+ipsum)\b[^\n]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TEMPLATE: Final = re.compile(
    r"\busers(?: \(both direct and downstream\))? should be made aware of the risks[^.\n]*\.?"
    r"|\bcarbon emissions can be estimated using[^\n]*"
    r"|\buse the code below to get started with the model\.?",
    re.IGNORECASE,
)
_IMAGE: Final = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_LINK: Final = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_TAG: Final = re.compile(r"<[a-zA-Z/!][^<>]*>")
_NOTHING: Final = re.compile(
    r"\b(?:n\s*[/.]\s*a\b\.?|na\b|(?:tbd|tba|tbc|unknown|none|nothing|pending|unspecified"
    r"|to\s+(?:follow|come)|not\s+(?:applicable|available|known|specified|provided))\b)",
    re.IGNORECASE,
)
_FEWEST_DIFFERENT: Final = 5
_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+(?:['’.-][^\W_]+)*")


def placeholders_in(text: str) -> int:
    """How many phrases in `text` stand for something that nobody wrote yet."""
    return sum(1 for _ in _PLACEHOLDER.finditer(without_comments(text)))


def written(text: str) -> str:
    """What a person wrote in a piece of Markdown: without comments, tags, images, link targets, placeholders and
    template sentences.
    """
    text = _PLACEHOLDER.sub(" ", without_comments(text))
    text = _LINK.sub(r"\1", _IMAGE.sub(" ", text))
    text = html.unescape(_TEMPLATE.sub(" ", _TAG.sub(" ", text)))
    return visible_characters(text).strip()


def words_in(text: str) -> int:
    """The words of a text. Chinese, Japanese and Korean characters count one each."""
    return sum(1 for _ in _WORD.finditer(text))


def stated(text: str) -> tuple[int, bool]:
    """How many words a piece of Markdown states, and whether something stands there in place of a statement.

    A word has a letter. Fewer than 5 different ones count once each: repeating a word adds nothing.
    """
    said = written(text)
    words = [word.casefold() for word in _WORD.findall(said) if any(map(str.isalpha, word))]
    if words and not _WORD.search(_NOTHING.sub(" ", said)):
        return 0, True
    different = len(set(words))
    count = different if different < _FEWEST_DIFFERENT else len(words)
    return count, not count and placeholders_in(text) > 0


def says_nothing(text: str) -> bool:
    """Whether a text is empty or a placeholder: "unknown", "n/a", "TBD", "[More Information Needed]"."""
    return not _WORD.search(_NOTHING.sub(" ", written(text)))


def plain(heading: str) -> str:
    """A heading as people read it: without emphasis, links, tags, "[optional]" and what decorates its ends."""
    text = _LINK.sub(r"\1", _TAG.sub(" ", without_comments(heading)))
    text = re.sub(r"\[optional\]|\(optional\)", " ", text, flags=re.IGNORECASE)
    return " ".join(html.unescape(text).replace("*", "").replace("`", "").replace("\\", "").split()).strip(" #:_.-")


def without_comments(text: str) -> str:
    """`text` without HTML comments. One that does not end hides the rest.

    Linear: a pattern would try again at each of a million openings.
    """
    kept = []
    position = 0
    while (begin := text.find("<!--", position)) >= 0:
        end = text.find("-->", begin)
        kept.append(text[position:begin])
        if end < 0:
            return "".join(kept)
        position = end + len("-->")
    return "".join(kept) + text[position:]
