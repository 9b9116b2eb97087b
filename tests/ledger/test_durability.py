from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from policyctl.ledger import NewEntry, open_ledger
from policyctl.ledger.verify import verify

WRITERS = Path(__file__).with_name("writers.py")


def started(*arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(WRITERS), *map(str, arguments)], stdout=subprocess.PIPE)


def answer(process: subprocess.Popen[bytes]):
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return json.loads(output)


def test_every_acknowledged_entry_survives_200_kills_of_its_writer(tmp_path):
    path = tmp_path / "ledger.db"

    acknowledged = answer(started("kill", path, 200, 20260504))

    with open_ledger(str(path), readonly=True) as ledger:
        report = verify(ledger)
        recorded = [entry.id for entry in ledger.entries()]
    assert report.ok, report.problems
    assert len(acknowledged) > 400
    assert [entry for entry in recorded if entry in set(acknowledged)] == acknowledged


def test_a_ledger_whose_creator_was_killed_is_used_by_the_next(tmp_path):
    paths = answer(started("kill_creators", tmp_path, 30, 7))

    for path in paths:
        with open_ledger(path) as ledger:
            ledger.append([NewEntry("decision", b"{}")])
            assert verify(ledger).ok


def test_a_full_disk_is_an_error_and_nothing_is_half_written(tmp_path):
    path = tmp_path / "ledger.db"

    seen = answer(started("fill_disk", path))

    assert "disk" in seen["message"]
    assert "space" in seen["hint"]
    assert seen["exit_code"] == 4
    assert len(seen["acknowledged"]) > 10
    with open_ledger(str(path), readonly=True) as ledger:
        assert verify(ledger).ok
        assert [entry.id for entry in ledger.entries()] == seen["acknowledged"]


def test_two_processes_write_at_once(tmp_path):
    path = tmp_path / "ledger.db"

    both = [started("write", path, 150) for _ in range(2)]
    one, other = (answer(process) for process in both)

    with open_ledger(str(path), readonly=True) as ledger:
        assert verify(ledger).ok
        recorded = [entry.id for entry in ledger.entries()]
    assert len(recorded) == 300
    assert [entry for entry in recorded if entry in set(one)] == one
    assert [entry for entry in recorded if entry in set(other)] == other


@pytest.fixture
def readable_by_all() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
        Path(name).chmod(0o755)


@pytest.mark.parametrize("still_open", [True, False])
def test_a_ledger_is_read_where_nothing_can_be_written(readable_by_all, still_open):
    path = readable_by_all / "ledger.db"
    writer = open_ledger(str(path))
    appended = writer.append([NewEntry("decision", b"{}")])
    if not still_open:
        writer.close()
    for each in readable_by_all.iterdir():
        each.chmod(0o444)
    readable_by_all.chmod(0o555)

    seen = answer(started("read_as_nobody", path))

    writer.close()
    assert seen == [each.id for each in appended]
