"""Breaks a file as a text, and as bytes: cut off, with something in between, other line ends, bits the other way round."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

_PIECES: Final = (
    *("\n", "\r\n", "\t", " ", "---\n", "...\n", "{", "}", "[", "]", '"', "'", ",", ":", ": ", "- ", "# ", "&a ", "*a"),
    *("<<: *a\n", "!!python/object:os.system ", "%YAML 9.9\n", "|\n", ">-\n", "? ", "\u2028", "\x00", "null", "<!--"),
    *("9" * 400, "[" * 300, "{a: " * 300, "    \n" * 50),
)
_BYTES: Final = (
    *(
        b"\x00",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xc3",
        b"\xf4\x90\x80\x80",
        b"\xef\xbb\xbf",
        b"\xfe\xff",
        b"\xff\xfe",
        b"\r",
    ),
    *(b"\x1f\x8b", b"PK\x03\x04", b"\x85", b"\xe2\x80\xa8", b"\x1b", b"\x7f", b"\t", b"\x0b"),
)


@st.composite
def broken_text(draw: st.DrawFn, text: str) -> str:
    """The text with one thing wrong in it, somewhere."""
    at = draw(st.integers(0, len(text)))
    until = min(len(text), at + draw(st.sampled_from((1, 2, 10, 100, 2000))))
    before, between, after = text[:at], text[at:until], text[until:]
    return draw(
        st.sampled_from(
            (
                before + draw(st.sampled_from(_PIECES)) + between + after,
                before + draw(st.sampled_from(_PIECES)) + after,
                before + after,
                before,
                between + after,
                before + between + between + after,
                before.replace("\n", "\r\n") + between.replace("\n", "\r") + after,
                before + between.replace("  ", "\t", 1) + after,
                before + between.replace('"', "'", 1) + after,
                before + between.replace("\n", "\n ", 1) + after,
            )
        )
    )


@st.composite
def broken_bytes(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes with one thing wrong in them, somewhere."""
    at = draw(st.integers(0, len(content)))
    before, after = content[:at], content[at:]
    flipped = bytes([after[0] ^ (1 << draw(st.integers(0, 7)))]) if after else b""
    odd = draw(st.sampled_from(_BYTES))
    return draw(
        st.sampled_from(
            (
                before + flipped + after[1:],
                before + odd + after,
                odd + content,
                before,
                before + bytes(100) + after[100:],
            )
        )
    )
