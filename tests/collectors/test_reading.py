import hashlib
import io
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.collectors.limits import Limits
from policyctl.collectors.reading import read
from policyctl.model.content import Content
from policyctl.model.errors import InputError


def content_of(text: str | bytes, name: str = "-") -> Content:
    return read(name, file="/dev/null", stdin=io.BytesIO(text.encode() if isinstance(text, str) else text))


def named(tmp_path: Path, name: str, text: str | bytes) -> Content:
    file = tmp_path / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(name, file=file)


def message_of(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read(path.name, file=path)
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize(
    ("name", "text", "syntax"),
    [
        ("plan.txt", '{"format_version": "1.2"}', "json"),
        ("plan", ' \n[{"a": 1}]', "json"),
        ("pod.yaml", '{"kind": "Pod"}', "json"),
        ("pod.yaml", "{kind: Pod}", "yaml"),
        ("pod.yml", "kind: Pod", "yaml"),
        ("manifest", "# made by helm\n---\nkind: Pod\n", "yaml"),
        ("card.md", "[![badge](b)](c)\n# Card\n", "markdown"),
        ("card.md", '{"model_details": {}}', "json"),
        ("card.markdown", "text", "markdown"),
        ("card.txt", "---\nlicense: mit\n---\n# Title\nIt is good\n", "markdown"),
        ("card.txt", "# A title\n", "markdown"),
        ("config.toml", "[section]\na = 1\n", "text"),
        ("LICENSE", "Apache License\n\n  Version 2.0\n", "text"),
        ("note.txt", "Note: this: is prose\n", "text"),
        ("empty", "", "text"),
    ],
)
def test_content_decides_the_syntax_and_the_name_helps(tmp_path: Path, name: str, text: str, syntax: str) -> None:
    assert named(tmp_path, name, text).syntax == syntax


def test_broken_objects_without_a_telling_name_are_not_taken_for_prose() -> None:
    with pytest.raises(InputError):
        content_of("apiVersion: v1\nkind: Pod\nmetadata: {name: [\n")


def test_yaml_in_braces_is_refused_for_duplicate_keys_as_json_is(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        named(tmp_path, "a.yaml", '{"a": 1,\n "a": 2}')

    assert "a.yaml:2" in caught.value.message


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    raw = b'\xef\xbb\xbf{"a": 1}\r\n'

    content = named(tmp_path, "a.json", raw)

    assert content.sha256 == hashlib.sha256(raw).hexdigest()
    assert content.values == ({"a": 1},)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_say_the_encoding(encoding: str) -> None:
    assert content_of('{"owner": "Zoë"}'.encode(encoding)).values == ({"owner": "Zoë"},)


def test_powershell_writes_big_endian_too() -> None:
    assert content_of(b"\xfe\xff" + "kind: Pod".encode("utf-16-be")).values == ({"kind": "Pod"},)


def test_half_a_character_is_named_by_its_offset() -> None:
    with pytest.raises(InputError) as caught:
        content_of(b"\xef\xbb\xbfa: \xff")

    assert "offset 6 (0xff)" in caught.value.message


def test_lines_come_with_the_content() -> None:
    assert content_of("a: 1\nb:\n  c: 2\n").line_of(0, ("b", "c")) == 3
    assert content_of('{"a": 1,\n"b": {"c": 2}}').line_of(0, ("b", "c")) == 2


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    big = tmp_path / "big.json"
    with big.open("wb") as stream:
        stream.truncate(Limits.JSON_BYTES + 1)

    assert "larger than 64 MiB" in message_of(big)


def test_yaml_and_text_have_a_lower_limit(tmp_path: Path) -> None:
    for name in ("big.yaml", "big.md"):
        (tmp_path / name).write_text("# " + "x" * Limits.YAML_BYTES)
        assert "larger than 16 MiB" in message_of(tmp_path / name)


def test_a_directory_is_named_as_one(tmp_path: Path) -> None:
    assert "is a directory" in message_of(tmp_path)


def test_a_pipe_that_nobody_writes_to_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")

    assert "a pipe, a socket or a device" in message_of(tmp_path / "pipe.yaml")


def test_a_device_is_refused() -> None:
    assert "device" in message_of(Path("/dev/zero"))


def test_the_shells_process_substitution_is_read() -> None:
    reader, writer = os.pipe()

    def write() -> None:
        with open(writer, "wb") as stream:
            stream.write(b'{"a": 1}')

    thread = threading.Thread(target=write)
    thread.start()
    content = read(f"/dev/fd/{reader}")
    thread.join()
    os.close(reader)

    assert content.values == ({"a": 1},)


@pytest.mark.parametrize("name", ["no-such-file.json", "a\0b.json"])
def test_a_missing_file_is_an_input_error(name: str) -> None:
    with pytest.raises(InputError) as caught:
        read(name)

    assert caught.value.message.isprintable()


def test_a_name_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a\x1b[2J\n.json"
    file.write_text("{")

    with pytest.raises(InputError) as caught:
        read(str(file))
    assert caught.value.message.isprintable()


@given(st.binary(max_size=200), st.sampled_from(["a.json", "a.yaml", "a.md", "a", "a.txt"]))
def test_any_bytes_give_a_content_or_an_input_error(raw: bytes, name: str) -> None:
    reader, writer = os.pipe()
    with open(writer, "wb") as stream:
        stream.write(raw)
    message, text = "", ""
    try:
        text = read(name, file=f"/dev/fd/{reader}").text
    except InputError as error:
        message = error.message
    finally:
        os.close(reader)

    assert message.isprintable()
    text.encode()
