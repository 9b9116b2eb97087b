"""Bytes to text: byte order marks, UTF-16, and the files that are no text at all."""

from __future__ import annotations

import codecs

from policyctl.model.errors import InputError
from policyctl.model.printable import printable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_BINARY = (
    (
        b"PK\x03\x04",
        "is a zip archive; a Terraform plan file is one",
        "for a plan: run terraform show -json PLANFILE > plan.json, and name plan.json",
    ),
    (b"\x1f\x8b", "is compressed with gzip", "unpack it first: gunzip -k FILE"),
    (b"BZh", "is compressed with bzip2", "unpack it first: bunzip2 -k FILE"),
    (b"\xfd7zXZ\x00", "is compressed with xz", "unpack it first: xz -dk FILE"),
    (b"\x28\xb5\x2f\xfd", "is compressed with zstd", "unpack it first: zstd -d FILE"),
    (b"%PDF-", "is a PDF document", "name its source in Markdown, YAML or JSON"),
)


def decode(content: bytes, path: str) -> str:
    """The text in a file's bytes: UTF-8, or what its byte order mark says (PowerShell writes UTF-16). The mark is left
    out.

    Raises InputError for archives, other binary content and bytes that are not text, with their offset.
    """
    for magic, what, hint in _BINARY:
        if content.startswith(magic):
            raise InputError(f"{printable(path)}: {what}, not text", hint=hint)
    mark, encoding = next(((m, e) for m, e in _MARKS if content.startswith(m)), (b"", "utf-8"))
    try:
        return content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        offset = error.start + len(mark)
        raise InputError(
            f"{printable(path)}: the byte at offset {offset} (0x{content[offset]:02x}) is not valid {encoding.upper()}",
            hint="save the file as UTF-8",
        ) from error
