import pytest

from policyctl.model.printable import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plan.json", "plan.json"),
        ("Modèle de crédit 模型", "Modèle de crédit 模型"),
        ("\x1b[31mred\x1b[0m\x07", r"\x1b[31mred\x1b[0m\x07"),
        ("two\nlines\r", r"two\nlines\r"),
        ("\u202eexe.txt", r"\u202eexe.txt"),
        ("\udcff.yaml", r"\udcff.yaml"),
        ("\u2028", r"\u2028"),
    ],
)
def test_what_a_terminal_would_act_on_becomes_visible(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_long_text_is_cut_at_the_limit() -> None:
    assert printable("abcdef", 6) == "abcdef"
    assert printable("abcdefg", 6) == "abcde…"
