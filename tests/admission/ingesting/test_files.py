"""Decision logs in files, and what the ledger's commands say of the entries made of them."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.admission.ingesting.events import REVISION, answered, event
from tests.admission.ingesting.serving import bodies

LINE = json.dumps({**event("a"), "level": "info", "msg": "Decision Log", "type": "openpolicyagent.org/decision_logs"})
OTHER = json.dumps({"level": "info", "msg": "Received request.", "time": "2026-11-22T10:01:33Z"})


def ledger(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "policyctl", "ledger", *words, "--ledger", str(folder / "ledger.db")]
    return subprocess.run(line, capture_output=True, text=True, check=False, cwd=folder)


def ingest(folder: Path, **files: bytes) -> subprocess.CompletedProcess[str]:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return ledger(folder, "ingest", *(str(folder / name) for name in files), "--revision", REVISION)


def test_lines_of_the_console_and_arrays_are_taken_once_packed_or_not(tmp_path: Path) -> None:
    array = json.dumps([event("a"), event("b")]).encode()
    lines = f"{OTHER}\n{LINE}\n\n{json.dumps(event('c'))}\n".encode()
    ran = ingest(tmp_path, console=lines, array=array, packed=gzip.compress(array), two=gzip.compress(lines))

    assert (ran.returncode, ran.stdout) == (0, "3 events recorded, 5 on record already, 0 refused\n"), ran.stderr
    assert sorted(one["decision_id"] for one in bodies(str(tmp_path / "ledger.db"))) == ["a", "b", "c"]


def test_what_cannot_be_read_is_named_and_the_rest_is_taken(tmp_path: Path) -> None:
    lines = f"not json\n{LINE}\n7\n".encode() + b"\xff\n"
    cut = gzip.compress(json.dumps(event("b")).encode() + b"\n" + random.Random(1).randbytes(200_000).hex().encode())[
        :-20
    ]
    ran = ingest(tmp_path, lines=lines, cut=cut)

    assert ran.returncode == 2
    assert ran.stdout == "2 events recorded, 0 on record already, 4 refused\n"
    assert "lines:1: not JSON" in ran.stderr
    assert "lines:4: not JSON" in ran.stderr
    assert "cannot be read to its end" in ran.stderr


def test_files_without_an_event_are_no_clean_log(tmp_path: Path) -> None:
    ran = ingest(tmp_path, empty=b"", array=b"[]", console=f"{OTHER}\n".encode())

    assert (ran.returncode, ran.stdout) == (3, "0 events recorded, 0 on record already, 0 refused\n")
    assert "these files hold no event" in ran.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name files of decision logs"),
        (("absent.json",), "absent.json: cannot be read"),
        (("--listen", "0.0.0.0:0"), "plain HTTP is for this machine alone"),
        (("--listen", "127.0.0.1:0", "--client-ca", "ca.crt"), "plain HTTP is for this machine alone"),
        (("--listen", "0.0.0.0:0", "--cert", "a", "--key", "b"), "anybody could write into the ledger"),
        (("--listen", "127.0.0.1:0", "--cert", "a"), "--cert and --key go together"),
        (("a.json", "--listen", "127.0.0.1:0"), "name files of decision logs"),
        (("--listen", "127.0.0.1:0", "--token-file", "short"), "too short"),
    ],
)
def test_what_contradicts_itself_is_refused(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    (tmp_path / "short").write_text("x")
    ran = ledger(tmp_path, "ingest", *words)

    assert (ran.returncode, said in ran.stderr) == (2, True), ran.stderr
    assert not (tmp_path / "ledger.db").exists()


def test_the_ledger_tells_them_from_decisions_of_its_own(tmp_path: Path) -> None:
    events = [event("a", result=answered("allow")), event("b", path="other")]
    ingest(tmp_path, log=json.dumps(events).encode())

    listed = json.loads(ledger(tmp_path, "list", "--output", "json").stdout)["entries"]
    assert [(one["kind"], one["outcome"]) for one in listed] == [("ingested", "unknown"), ("ingested", "allow")]
    assert json.loads(ledger(tmp_path, "list", "--kind", "decision", "--output", "json").stdout) == {"entries": []}
    assert "ingested  allow    Pod.v1/ml/p" in ledger(tmp_path, "list", "--kind", "ingested").stdout
    shown = json.loads(ledger(tmp_path, "show", "1").stdout)
    assert (shown["header"]["kind"], shown["body"]["replayable"]) == ("ingested", False)
    assert json.loads(ledger(tmp_path, "show", "1", "--document").stdout)["path"] == "system/main"
    assert ledger(tmp_path, "verify").returncode == 0


def test_they_cannot_be_replayed(tmp_path: Path) -> None:
    ingest(tmp_path, log=json.dumps([event("a")]).encode())
    ran = ledger(tmp_path, "replay", "1")

    assert ran.returncode == 2
    assert "is what an OPA of others says that it decided: it cannot be replayed" in ran.stderr
