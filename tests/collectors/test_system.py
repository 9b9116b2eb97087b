import pytest

from policyctl.collectors.reading import parse
from policyctl.collectors.system import SystemCollector, describes_system, read_system
from policyctl.model.content import Content
from policyctl.model.document import Location
from policyctl.model.errors import InputError

WHOLE = """policyctl: system
id: credit-scoring
title: Credit scoring
owner: Retail Risk
purpose: Scores consumers who apply for credit.
roles: [provider, deployer]
classes:
  - id: high_risk
    route: annex_iii
    basis: Annex III, point 5(b)
  - id: transparency
market: [EU, "NO"]
placed_on_market: 2026-09-01
put_into_service: 2027-03-01
significantly_changed: "2027-06-30"
public_authority: no
"""


def content_of(text: str) -> Content:
    return parse(text, "system.yaml", "0" * 64, len(text))


def message_of(text: str) -> str:
    with pytest.raises(InputError) as caught:
        read_system(content_of(text))
    assert caught.value.hint
    return caught.value.message


def test_every_key_is_read() -> None:
    assert read_system(content_of(WHOLE)) == {
        "id": "credit-scoring",
        "title": "Credit scoring",
        "owner": "Retail Risk",
        "purpose": "Scores consumers who apply for credit.",
        "roles": ["provider", "deployer"],
        "classes": [
            {"id": "high_risk", "route": "annex_iii", "basis": "Annex III, point 5(b)"},
            {"id": "transparency"},
        ],
        "market": ["EU", "NO"],
        "placed_on_market": "2026-09-01",
        "put_into_service": "2027-03-01",
        "significantly_changed": "2027-06-30",
        "public_authority": False,
    }


def test_what_is_left_out_stays_absent() -> None:
    assert read_system(content_of("policyctl: system\nid: a\n")) == {"id": "a"}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("policyctl: system\ntitle: A\n", 1, "no id"),
        ("policyctl: system\nid: a\nrole: [provider]\n", 3, "no key 'role'"),
        ("policyctl: system\nid: a b\n", 2, "not an id"),
        ("policyctl: system\nid: 7\n", 2, "not an id"),
        ("policyctl: system\nid: a\nroles: provider\n", 3, "not a list"),
        ("policyctl: system\nid: a\nroles:\n- provider\n- vendor\n", 5, "roles.1 is none of"),
        ("policyctl: system\nid: a\nclasses: [{id: high_risk}]\n", 3, "needs its route"),
        ("policyctl: system\nid: a\nclasses:\n- id: high_risk\n  route: annex_ii\n", 5, "classes.0.route is none of"),
        ("policyctl: system\nid: a\nclasses:\n- id: gpai\n  route: annex_i\n", 5, "only the class high_risk"),
        ("policyctl: system\nid: a\nclasses:\n- id: high-risk\n", 4, "is none of"),
        ("policyctl: system\nid: a\nclasses: [high_risk]\n", 3, "not a mapping"),
        ("policyctl: system\nid: a\nclasses:\n- route: annex_i\n", 4, "has no id"),
        ("policyctl: system\nid: a\nclasses:\n- id: gpai\n  because: x\n", 5, "no key 'because'"),
        ("policyctl: system\nid: a\nput_into_service: 2027-02-30\n", 3, "not a day"),
        ("policyctl: system\nid: a\nput_into_service: 1 March 2027\n", 3, "not a day"),
        ("policyctl: system\nid: a\nput_into_service: 20270301\n", 3, "not a day"),
        ("policyctl: system\nid: a\nput_into_service: 2027-W01-1\n", 3, "not a day"),
        ("policyctl: system\nid: a\npublic_authority: maybe\n", 3, "not true or false"),
        ("policyctl: system\nid: a\nowner: ''\n", 3, "not text"),
        ("policyctl: system\nid: a\nowner:\n", 3, "not text"),
        ("policyctl: system\nid: a\nmarket: [1]\n", 3, "not text"),
        ('policyctl: system\nid: a\n"\\e[31m": 1\n', 3, r"\x1b[31m"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, what: str) -> None:
    message = message_of(text)

    assert message.startswith(f"system.yaml:{line}: ")
    assert what in message
    assert message.isprintable()


@pytest.mark.parametrize(
    "text", ["", "id: a\n", "- policyctl: system\n", "policyctl: system\nid: a\n---\npolicyctl: system\nid: b\n"]
)
def test_one_marked_mapping_is_expected(text: str) -> None:
    assert "does not describe a system" in message_of(text)


def test_a_file_is_known_by_its_mark_and_not_by_its_name() -> None:
    assert describes_system(content_of("policyctl: system\n"))
    assert not describes_system(content_of("id: a\n"))
    assert not describes_system(content_of("- policyctl: system\n"))


def test_a_system_is_a_subject_with_what_it_states() -> None:
    (entry,) = SystemCollector().collect([content_of("policyctl: system\nid: a\nowner: B\nroles: [deployer]\n")])
    (subject,) = entry.subjects

    assert (entry.status, subject.subject) == ("decided", {"id": "a", "path": "system.yaml"})
    assert subject.facts == {
        "id": "a",
        "stated": ["id", "owner", "roles"],
        "owner": "B",
        "roles": ["deployer"],
        "classes": [],
        "answers": {},
    }
    assert subject.locate("a", ("owner",)) == Location("system.yaml", 3)


def test_an_answer_is_found_where_its_name_is_written_in_parts() -> None:
    text = "policyctl: system\nid: a\nanswers:\n  practices:\n    a:\n      harm: yes\n"
    (collected,) = SystemCollector().collect([content_of(text)])
    (subject,) = collected.subjects

    assert subject.locate("a", ("answers", "practices.a.harm")) == Location("system.yaml", 6)
    assert subject.locate("a", ("answers", "practices.b")) == Location("system.yaml", 4)


def test_a_system_that_is_misspelt_is_an_error_and_no_subject() -> None:
    (entry,) = SystemCollector().collect([content_of("policyctl: system\nid: a\nonwer: B\n")])

    assert (entry.status, entry.subjects) == ("error", ())
    assert entry.message.startswith("system.yaml:3: ")


def test_what_readers_of_yaml_disagree_about_is_a_gap() -> None:
    (entry,) = SystemCollector().collect([content_of("policyctl: system\nid: a\nowner: B\n<<: {owner: C}\n")])
    (subject,) = entry.subjects

    assert [gap.get("paths") for gap in subject.gaps] == [[["facts", "owner"]]]
