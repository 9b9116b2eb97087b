"""Where a key for bundles is configured, nothing is decided, served or replayed by a bundle that it does not vouch for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from policyctl.bundles.archive import files_in, pack
from policyctl.bundles.build import CATALOG, MANIFEST, SIGNATURES, Bundle, numbered, revision_of
from policyctl.bundles.signature import sign
from tests.bundles.conftest import keys, own
from tests.conftest import EXAMPLES, Ran, Run
from tests.engines.conftest import runtime

__all__ = ["keys", "own", "runtime"]

MAIN = "policyctl/main/main.rego"
CARD = "bloom.md"


@dataclass(frozen=True)
class Place:
    """A tree with a model card, the working directory; beside it bundles, keys, and a folder for a trusted configuration."""

    run: Run
    tree: Path
    outside: Path
    keys: Path
    bundles: Path

    @property
    def key(self) -> str:
        return str(self.keys / "p256.pub")

    def bundle(self, name: str) -> str:
        return str(self.bundles / f"{name}.tar.gz")

    def trust(self, **settings: object) -> str:
        (self.outside / "trusted").mkdir(exist_ok=True)
        (self.outside / "trusted" / "policyctl.yaml").write_text(json.dumps(settings))
        return str(self.outside / "trusted")

    def check(self, *arguments: str) -> Ran:
        return self.run("check", CARD, *arguments)


def poisoned(files: dict[str, bytes]) -> dict[str, bytes]:
    """A decision that denies nothing, and a manifest that vouches for it."""
    main = files[MAIN].replace(b'"deny" in object.filter', b'false\n\t"deny" in object.filter')
    assert main != files[MAIN]
    return revised({**files, MAIN: main})


def with_another_file(files: dict[str, bytes]) -> dict[str, bytes]:
    return revised({**files, "policyctl/evil.rego": b"package policyctl.evil\n"})


def revised(files: dict[str, bytes]) -> dict[str, bytes]:
    manifest = json.loads(files[MANIFEST])
    return {**files, MANIFEST: json.dumps({**manifest, "revision": revision_of(files)}, sort_keys=True).encode()}


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory, keys: Path, own: Bundle) -> Path:
    """A folder of archives: the signed one, and what is wrong with each of the others in its name."""

    def signed(files: dict[str, bytes], key: str = "p256") -> dict[str, bytes]:
        return {**files, SIGNATURES: sign(files, str(keys / f"{key}.pem"))[0]}

    good = signed(numbered(own, 7))
    named = {
        "signed": good,
        "unsigned": numbered(own, 7),
        "unnumbered": signed(numbered(own, None)),
        "old": signed(numbered(own, 3)),
        "other": signed(numbered(own, 7), "other"),
        "changed": poisoned(good),
        "more": with_another_file(good),
    }
    folder = tmp_path_factory.mktemp("bundles")
    for name, files in named.items():
        (folder / f"{name}.tar.gz").write_bytes(pack(files))
    (folder / "none.tar.gz").write_bytes(b"no archive")
    return folder


@pytest.fixture
def place(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: Path, bundles: Path) -> Iterator[Place]:
    """Whatever engine was left running is stopped."""
    tree, outside = tmp_path / "tree", tmp_path / "outside"
    tree.mkdir()
    outside.mkdir()
    shutil.copy(EXAMPLES / "model_cards" / "bloom.md", tree / CARD)
    monkeypatch.chdir(tree)
    yield Place(run, tree, outside, keys, bundles)
    run("engine", "stop")


def flat(ran: Ran) -> str:
    """What a report says, without its line ends."""
    return " ".join(ran.out.split())


REFUSED = {
    "unsigned": "the bundle is not signed",
    "other": "the bundle is not signed by",
    "changed": "is not the one that was signed",
    "more": "holds a file that was not signed: policyctl/evil.rego",
    "none": "the bundle cannot be read",
}
Door = Callable[[Place, str], Ran]


def by_options(place: Place, name: str) -> Ran:
    return place.check("--bundle", place.bundle(name), "--bundle-key", place.key)


def by_a_trusted_configuration(place: Place, name: str) -> Ran:
    shutil.copy(place.bundle(name), place.outside / "b.tar.gz")
    return place.check("--trusted-config", place.trust(bundle="../b.tar.gz", bundle_key=place.key))


def by_starting_an_engine(place: Place, name: str) -> Ran:
    return place.run("engine", "start", "--bundle", place.bundle(name), "--bundle-key", place.key)


DOORS: list[Door] = [by_options, by_a_trusted_configuration, by_starting_an_engine]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("name", "why"), REFUSED.items())
def test_a_bundle_that_the_key_does_not_vouch_for_is_refused(place: Place, door: Door, name: str, why: str) -> None:
    ran = door(place, name)

    assert (ran.code, ran.out) == (4, "")
    assert why in ran.err


@pytest.mark.parametrize("door", DOORS[:2])
def test_a_signed_bundle_decides_as_our_content_does(place: Place, own: Bundle, door: Door) -> None:
    without = place.check()
    ran = door(place, "signed")

    assert ran.code == without.code
    assert own.identity.revision[:12] in ran.out
    assert ".tar.gz: signed by the key sha256:" in flat(ran)
    assert "…, number 7" in flat(ran)
    assert [line for line in ran.out.splitlines() if line.startswith("  ")] == [
        line for line in without.out.splitlines() if line.startswith("  ")
    ]


def test_an_engine_that_is_left_running_has_the_signed_bundle(place: Place) -> None:
    started = by_starting_an_engine(place, "signed")
    ran = place.check("--bundle", place.bundle("signed"), "--bundle-key", place.key, "-o", "json")

    assert started.code == 0, started.err
    assert json.loads(ran.out)["decisions"][0]["engine"]["kind"] == "shared"


def test_the_environment_names_bundle_and_key(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYCTL_BUNDLE", place.bundle("signed"))
    monkeypatch.setenv("POLICYCTL_BUNDLE_KEY", Path(place.key).read_text())
    ran = place.check()

    assert ".tar.gz: signed by the key sha256:" in flat(ran)
    monkeypatch.setenv("POLICYCTL_BUNDLE", place.bundle("changed"))
    assert place.check().code == 4
    assert place.run("doctor").code == 4
    monkeypatch.setenv("POLICYCTL_BUNDLE", place.bundle("signed"))
    assert "signed by the key sha256:" in place.run("doctor").out


def test_a_bundle_without_a_key_decides_and_the_report_says_that_nobody_vouches_for_it(place: Place) -> None:
    ran = place.check("--bundle", place.bundle("unsigned"))

    assert "not verified: no key is configured" in flat(ran)
    assert ran.code == place.check().code


def test_a_refused_bundle_records_nothing(place: Place) -> None:
    by_options(place, "changed")

    assert place.run("ledger", "list").code != 0


@pytest.mark.parametrize(
    ("name", "why"), [("old", "older than is allowed: number 3, and 7 is the least"), ("unnumbered", "has no number")]
)
def test_a_bundle_that_was_brought_back_is_refused(
    place: Place, monkeypatch: pytest.MonkeyPatch, name: str, why: str
) -> None:
    trusted = place.trust(bundle=place.bundle(name), bundle_key=place.key, bundle_sequence_min=7)
    ran = place.check("--trusted-config", trusted)
    assert (ran.code, ran.out) == (4, "")
    assert why in ran.err

    assert place.run("engine", "start", "--trusted-config", trusted).code == 4
    monkeypatch.setenv("POLICYCTL_BUNDLE_SEQUENCE_MIN", "7")
    assert by_options(place, name).code == 4
    assert "number 7" in flat(by_options(place, "signed"))


def test_replay_asks_for_the_signature_and_not_for_the_number(place: Place) -> None:
    assert place.check("--bundle", place.bundle("old"), "--bundle-key", place.key).code in (0, 1, 3)
    trusted = place.trust(bundle=place.bundle("signed"), bundle_key=place.key, bundle_sequence_min=7)

    same = place.run("ledger", "replay", "1", "--trusted-config", trusted, "--ledger", own_ledger(place))
    assert same.code == 0, same.err
    assert same.out.startswith("SAME")
    other = place.run("ledger", "replay", "1", "--bundle-key", str(place.keys / "other.pub"))
    assert (other.code, other.out) == (4, "")
    assert "is not signed by" in other.err


def test_replay_of_a_decision_by_an_unsigned_bundle_is_refused_under_a_key(place: Place) -> None:
    place.check("--bundle", place.bundle("unsigned"))
    ran = place.run("ledger", "replay", "1", "--bundle-key", place.key)

    assert (ran.code, ran.out) == (4, "")
    assert "the bundle is not signed" in ran.err
    assert place.run("ledger", "replay", "1").code == 0


def own_ledger(place: Place) -> str:
    """The ledger of the user, by its name: a trusted configuration has none."""
    from policyctl.settings import default_ledger

    return default_ledger()


def test_the_archive_on_record_is_the_signed_one(place: Place) -> None:
    by_options(place, "signed")
    ran = place.run("ledger", "show", "1")
    recorded = json.loads(ran.out)["body"]["blobs"]["bundle"]
    told = json.loads(place.run("bundle", "inspect", place.bundle("signed"), "-o", "json").out)

    assert recorded == told["digest"]
    assert SIGNATURES in files_in(Path(place.bundle("signed")).read_bytes())


CONFIGURED_WRONG = {
    "a key for bundles is configured, and no bundle": {"bundle_key": "KEY"},
    "bundle_sequence_min says nothing without a key": {"bundle": "signed", "bundle_sequence_min": 2},
    "a bundle decides alone": {"bundle": "signed", "content": ["own"]},
    "cannot be read": {"bundle": "missing"},
    "bundle_sequence_min must be a int": {"bundle_sequence_min": "7"},
    "key ": {"bundle": "signed", "bundle_key": "missing"},
}


@pytest.mark.parametrize(("why", "told"), CONFIGURED_WRONG.items())
def test_a_configuration_that_contradicts_itself_is_a_usage_error(
    place: Place, why: str, told: dict[str, object]
) -> None:
    values = {**told, **({"bundle": place.bundle(str(told["bundle"]))} if "bundle" in told else {})}
    ran = place.check("--trusted-config", place.trust(**{k: place.key if v == "KEY" else v for k, v in values.items()}))

    assert (ran.code, ran.out) == (2, "")
    assert why in ran.err


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "٣"])
def test_a_least_number_that_is_none_is_a_usage_error(
    place: Place, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    monkeypatch.setenv("POLICYCTL_BUNDLE_SEQUENCE_MIN", number)

    assert place.check().code == 2


def test_a_key_in_the_tree_is_refused(place: Place) -> None:
    shutil.copy(place.key, place.tree / "mine.pub")
    ran = place.check("--bundle", place.bundle("signed"), "--bundle-key", "mine.pub")

    assert ran.code == 2
    assert "a key for bundles lies outside the tree that is judged" in ran.err


def test_beside_a_key_from_outside_the_tree_does_not_choose_the_bundle(place: Place) -> None:
    """It could name an older one that the same key has signed."""
    (place.tree / "policyctl.yaml").write_text(json.dumps({"bundle": place.bundle("old")}))
    ran = place.check("--bundle-key", place.key)
    told = place.check("--bundle-key", place.key, "--bundle", place.bundle("signed"))

    assert ran.code == 2
    assert "no bundle" in ran.err
    assert "bundle is a claim without effect: a key for bundles was given" in flat(told)
    assert "number 7" in flat(told)


def test_on_ones_own_machine_the_local_configuration_names_bundle_and_key(place: Place) -> None:
    shutil.copy(place.key, place.tree / "mine.pub")
    for name, code in (("signed", place.check().code), ("changed", 4)):
        (place.tree / "policyctl.yaml").write_text(json.dumps({"bundle": place.bundle(name), "bundle_key": "mine.pub"}))
        assert place.check().code == code


@pytest.mark.parametrize("trusted", [True, False])
def test_a_bundle_in_the_tree_that_no_key_vouches_for_has_no_effect_where_the_trees_word_has_none(
    place: Place, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    shutil.copy(place.bundle("unsigned"), place.tree / "b.tar.gz")
    if not trusted:
        monkeypatch.setenv("CI", "true")
    ran = place.check("--bundle", "b.tar.gz", *(["--trusted-config", place.trust()] if trusted else []))

    assert ran.code == 2
    assert "a bundle that no key vouches for" in ran.err


def test_a_tree_does_not_vouch_for_its_own_bundle_in_a_pipeline(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes the tree could sign rules of their own with a key of their own, and name both."""
    shutil.copy(place.key, place.tree / "mine.pub")
    shutil.copy(place.bundle("signed"), place.tree / "b.tar.gz")
    (place.tree / "policyctl.yaml").write_text(json.dumps({"bundle": "b.tar.gz", "bundle_key": "mine.pub"}))
    monkeypatch.setenv("CI", "true")
    ran = place.check()

    assert ran.code == 2
    assert "a bundle that no key vouches for" in ran.err


def test_documents_of_all_kinds_are_decided(place: Place) -> None:
    """OPA is given the whole bundle, without the signature, for which it would want the key."""
    shutil.copytree(EXAMPLES / "kubernetes", place.tree / "k8s")
    ran = place.run("check", ".", "--bundle", place.bundle("signed"), "--bundle-key", place.key, "--no-record")

    assert ran.code == place.run("check", ".", "--no-record").code
    assert ran.code in (0, 1, 3)


def rid_of_a_kind(catalog: dict[str, Any]) -> None:
    for profile in catalog["profiles"].values():
        del profile["kinds"]["model_card"]


def another_fact(catalog: dict[str, Any]) -> None:
    catalog["reads"]["SUP-005"].append(["facts", "horoscope"])


def another_shape(catalog: dict[str, Any]) -> None:
    name = next(iter(catalog["facts"]["model_card"]))
    catalog["facts"]["model_card"][name] = "number"


def no_rules(catalog: dict[str, Any]) -> None:
    del catalog["rules"]


def test_an_own_profile_does_not_extend_one_of_another_shape(place: Place, own: Bundle) -> None:
    catalog = json.loads(own.files[CATALOG])
    catalog["profile_files"]["baseline"]["mood"] = "good"
    archive = place.outside / "elsewhere.tar.gz"
    archive.write_bytes(pack(revised({**own.files, CATALOG: json.dumps(catalog).encode()})))
    (place.outside / "acme.yaml").write_text("id: acme\ntitle: Acme's\ndescription: as ours\nextends: baseline\n")
    ran = place.check("--bundle", str(archive), "--profile", str(place.outside / "acme.yaml"))

    assert (ran.code, ran.out) == (2, "")
    assert "profiles are not as this version" in ran.err


@pytest.mark.parametrize("edit", [rid_of_a_kind, another_fact, another_shape, no_rules])
def test_a_bundle_that_expects_other_facts_than_are_gathered_is_refused(
    place: Place, own: Bundle, edit: Callable[[dict[str, Any]], None]
) -> None:
    """What another version of this program gathers is not there, and might pass in silence."""
    catalog = json.loads(own.files[CATALOG])
    edit(catalog)
    archive = place.outside / "elsewhere.tar.gz"
    archive.write_bytes(pack(revised({**own.files, CATALOG: json.dumps(catalog).encode()})))
    ran = place.check("--bundle", str(archive))

    assert (ran.code, ran.out) == (2, "")
    assert "was built by another version of policyctl" in ran.err
