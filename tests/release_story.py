"""`make demo-release`: a model is trained and registered in a real MLflow, and released step by step.

Denied first; then card, evaluation, release record, reviews and approvals are added, until nothing is left to find; then a dataset is
changed, and the release is denied again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.mlflow_server import ROOT, program, running

EXAMPLE = ROOT / "examples" / "release"
PROFILE = "nist-ai-rmf"
_POLICYCTL = (sys.executable, "-m", "policyctl")


@dataclass(frozen=True)
class Told:
    """The verdict of each step, and how many facts the verdict on the released version depended on: derived, and stated by people."""

    verdicts: list[Verdict]
    derived: int
    attested: int


@dataclass(frozen=True)
class Verdict:
    """What `check` said: its exit code, and the findings and untold things as (control, code or reason, path)."""

    step: str
    code: int
    findings: tuple[tuple[str, str, str], ...]
    untold: tuple[tuple[str, str, str], ...]

    @property
    def count(self) -> int:
        return len(self.findings) + len(self.untold)


class Story:
    """One project: a repository with the code, an MLflow server, and the commands that people type."""

    def __init__(self, folder: Path, url: str, show: bool) -> None:
        self._folder, self._show = folder, show
        self._environment = {
            **os.environ,
            "MLFLOW_TRACKING_URI": url,
            "MLFLOW_DISABLE_TELEMETRY": "true",
            "DO_NOT_TRACK": "true",
        }
        for name in ("CI", "GITHUB_ACTIONS", "PYTHONPATH"):
            self._environment.pop(name, None)
        for file in ("prepare.py", "datasets.py", "train.py", "evaluate.py", "MODEL_CARD.md"):
            shutil.copy(EXAMPLE / file, folder / file)
        self._python("prepare.py")
        (folder / ".gitignore").write_text("__pycache__/\nrelease.yaml\n*.db*\n")
        self._run("git", "init", "--quiet", "--initial-branch", "main")
        self._run("git", "remote", "add", "origin", "https://git.example.com/pathology/biopsies.git")
        self._run("git", "add", ".")
        self._run(
            "git",
            "-c",
            "user.name=Ada Nowak",
            "-c",
            "user.email=ada@example.com",
            "commit",
            "--quiet",
            "-m",
            "Biopsies",
        )

    def train(self) -> None:
        self._say("python train.py")
        self._python("train.py")

    def add_card(self, version: int) -> None:
        """Puts the card among the files of the run that trained a version."""
        run = json.loads(self._run(*_POLICYCTL, "gather", f"mlflow:biopsies/{version}", "--list"))[0]["facts"]["run"][
            "id"
        ]
        self._say(f"mlflow artifacts log-artifact --run-id {run} --local-file MODEL_CARD.md")
        self._run(program("mlflow"), "artifacts", "log-artifact", "--run-id", run, "--local-file", "MODEL_CARD.md")

    def correct_card(self) -> None:
        self._say("sed -i 's/value: 0.97/value: 0.958/' MODEL_CARD.md")
        card = self._folder / "MODEL_CARD.md"
        card.write_text(card.read_text().replace("value: 0.97", "value: 0.958"))

    def evaluate(self, version: int) -> None:
        self._say(f"python evaluate.py {version}")
        self._python("evaluate.py", str(version))

    def write(self, version: int, *parts: str) -> None:
        """Writes release.yaml as people would: with the digest that policyctl gather shows, and today's day."""
        text = "".join((EXAMPLE / f"{part}.in").read_text() for part in parts)
        told = {
            "ARTEFACT": self.artefact(version),
            "VERSION": str(version),
            "TODAY": datetime.now(UTC).date().isoformat(),
            "TRAIN": hashlib.md5((self._folder / "data" / "train.csv").read_bytes()).hexdigest(),
        }
        for word, value in told.items():
            text = text.replace(word, value)
        (self._folder / "release.yaml").write_text(text)
        self._say("$EDITOR release.yaml")

    def artefact(self, version: int) -> str:
        """The digest of a version's files."""
        told = json.loads(self._run(*_POLICYCTL, "gather", f"mlflow:biopsies/{version}", "--list"))
        digest: str = told[0]["facts"]["artefact"]["sha256"]
        return digest

    def change(self, dataset: str) -> None:
        """Takes one row out of a dataset."""
        path = self._folder / "data" / f"{dataset}.csv"
        self._say(f"sed -i '$d' data/{dataset}.csv")
        path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))

    def check(self, step: str, source: str) -> Verdict:
        """What `policyctl check` says of a source; shown as it says it."""
        command = [*_POLICYCTL, "check", source, "--profile", PROFILE]
        self._say(f"policyctl check {source} --profile {PROFILE}")
        out = self._folder / "report.json"
        ended = subprocess.run(
            [*command, "-o", "table", "-o", f"json={out}", "--ledger", str(self._folder / "ledger.db")],
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            text=True,
        )
        if self._show:
            print(ended.stdout + ended.stderr, flush=True)
        results = [result for one in json.loads(out.read_text())["decisions"] for result in one["results"]]
        out.unlink()
        found = tuple((r["control"]["id"], f["code"], _dotted(f["path"])) for r in results for f in r["findings"])
        untold = tuple(
            (r["control"]["id"], u.get("reason", ""), _dotted(u["path"])) for r in results for u in r["undetermined"]
        )
        return Verdict(step, ended.returncode, found, untold)

    def facts(self, source: str) -> dict[str, int]:
        """What `policyctl control facts` counts in a source."""
        command = ("control", "facts", "--source", source)
        self._say(f"policyctl {' '.join(command)} | tail -1")
        counted: dict[str, int] = json.loads(self._run(*_POLICYCTL, *command, "--output", "json"))["summary"]
        if self._show:
            print(counted, flush=True)
        return counted

    def _python(self, script: str, *arguments: str) -> None:
        self._run(program("python"), script, *arguments)

    def _run(self, *command: str) -> str:
        ended = subprocess.run(command, cwd=self._folder, env=self._environment, capture_output=True, text=True)
        if ended.returncode:
            raise AssertionError(f"{command}: {ended.stdout}{ended.stderr}")
        return ended.stdout

    def _say(self, command: str) -> None:
        if self._show:
            print(f"\n$ {command}", flush=True)


def told(show: bool) -> Told:
    """The story, step by step."""
    with tempfile.TemporaryDirectory(prefix="policyctl-") as name:
        folder = Path(name)
        (folder / "server").mkdir()
        (folder / "project").mkdir()
        with running(folder / "server") as tracking:
            story = Story(folder / "project", tracking.url, show)
            story.train()
            verdicts = [story.check("registered without a card", "mlflow:biopsies/1")]
            story.add_card(1)
            verdicts.append(story.check("with a card", "mlflow:biopsies/1"))
            story.evaluate(1)
            verdicts.append(story.check("evaluated", "mlflow:biopsies/1"))
            story.correct_card()
            story.add_card(1)
            verdicts.append(story.check("with a card that says what was measured", "mlflow:biopsies/1"))
            story.write(1, "release.yaml")
            verdicts.append(story.check("with a release record", "release.yaml"))
            story.write(1, "release.yaml", "reviews.yaml")
            verdicts.append(story.check("reviewed and approved", "release.yaml"))
            counted = story.facts("release.yaml")
            story.change("test")
            verdicts.append(story.check("a dataset changed after the evaluation", "release.yaml"))
    return Told(verdicts, counted["derived"], counted["attested"])


def _dotted(path: list[str | int]) -> str:
    return ".".join(map(str, path))


def main() -> None:
    verdicts = told(show=True).verdicts
    print()
    for verdict in verdicts:
        outcome = {0: "allowed", 1: "denied", 3: "denied: cannot be told"}.get(verdict.code, str(verdict.code))
        print(f"{verdict.step:40} {verdict.count:3} findings  {outcome}")
    if [verdict.code == 0 for verdict in verdicts] != [False] * 5 + [True, False]:
        raise SystemExit("demo: another outcome was expected")


if __name__ == "__main__":
    main()
