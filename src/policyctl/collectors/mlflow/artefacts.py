"""The files of a model and of its run, listed and read through the server, whatever store it keeps them in.

Source: MLflow's tracking server: "List Artifacts", "List Logged Model Artifacts", and the addresses from which its own web pages
get files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from policyctl.collectors.artefact_digests import MOST_FILES, digest_of
from policyctl.collectors.mlflow.api import listed
from policyctl.collectors.mlflow.values import number
from policyctl.collectors.registries.cards import CARD_BYTES
from policyctl.collectors.registries.server import Answer, Query, Server, SourceError
from policyctl.model.facts.model import Artefact, ArtefactFile

LARGEST: Final = 16 * 1024**3
"""Bytes of all files of one version together that are read to hash them."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a model or run. `path` is relative to the root that was listed; `size` in bytes, as the listing gives it."""

    path: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Folder:
    """The files below a logged model, or below one folder of a run."""

    server: Server
    listing: str
    listing_query: Query
    below: str
    content: str
    content_query: Query
    named: str
    root: str = ""

    @classmethod
    def of_model(cls, server: Server, id: str) -> Folder:
        """Those of a logged model."""
        base, pages = f"api/2.0/mlflow/logged-models/{id}", f"ajax-api/2.0/mlflow/logged-models/{id}"
        listing, content = f"{base}/artifacts/directories", f"{pages}/artifacts/files"
        return cls(server, listing, {}, "artifact_directory_path", content, {}, "artifact_file_path")

    @classmethod
    def of_run(cls, server: Server, id: str, root: str = "") -> Folder:
        """Those of a run, below the folder `root`."""
        query = {"run_id": id}
        return cls(server, "api/2.0/mlflow/artifacts/list", query, "path", "get-artifact", query, "path", root)

    def files(self) -> tuple[list[File], Answer]:
        """Every file, sorted by path, and the answer about the folder itself. Raises SourceError, also for more than are counted."""
        first = self._listed(self.root, "")
        found: list[File] = []
        waiting = [(self.root, first)]
        while waiting:
            folder, answer = waiting.pop()
            for entry in self._entries(folder, answer):
                path = entry.get("path")
                # A folder that lists its own parent would be listed for ever.
                if not isinstance(path, str) or not _inside(path, folder):
                    raise SourceError(f"{folder or 'the model'}: the listing names a file that does not lie in it")
                if entry.get("is_dir"):
                    waiting.append((path, self._listed(path, "")))
                else:
                    size = number(entry.get("file_size"))
                    found.append(File(_relative(path, self.root), None if size is None else int(size)))
                if len(found) + len(waiting) > MOST_FILES:
                    raise SourceError(f"more than {MOST_FILES} files", hint="register a model of fewer files")
        return sorted(found, key=lambda file: file.path), first

    def top(self) -> tuple[list[str], Answer]:
        """The paths of the files that lie in the folder itself, and the answer about it. Raises SourceError."""
        answer = self._listed(self.root, "")
        paths = [str(entry.get("path")) for entry in self._entries(self.root, answer) if not entry.get("is_dir")]
        return sorted(_relative(path, self.root) for path in paths if _inside(path, self.root)), answer

    def read(self, path: str, longest: int) -> bytes:
        """The bytes of one file. Raises SourceError."""
        return b"".join(self._pieces(path, longest))

    def digest(self, path: str, longest: int) -> tuple[str, int]:
        """The SHA-256 of one file, and its size. Raises SourceError."""
        hashed, size = hashlib.sha256(), 0
        for piece in self._pieces(path, longest):
            hashed.update(piece)
            size += len(piece)
        return hashed.hexdigest(), size

    def _pieces(self, path: str, longest: int) -> Iterator[bytes]:
        whole = f"{self.root}/{path}" if self.root else path
        return self.server.pieces(self.content, {**self.content_query, self.named: whole}, longest=longest)

    def _listed(self, folder: str, token: str) -> Answer:
        query = {**self.listing_query, **({self.below: folder} if folder else {})}
        return self.server.get(self.listing, {**query, **({"page_token": token} if token else {})})

    def _entries(self, folder: str, answer: Answer) -> Iterator[dict[str, Any]]:
        for _ in range(MOST_FILES):
            yield from listed(answer, "files")
            token = answer.value.get("next_page_token")
            if not token:
                return
            answer = self._listed(folder, token)
        raise SourceError(f"{folder or 'the model'}: the listing has no end")


def hashed(folder: Folder, files: list[File], kept: Collection[str]) -> tuple[Artefact, dict[str, bytes]]:
    """The files with their digests, and the digest of all; and the bytes of those that are `kept`, as they were hashed.

    Raises SourceError where a file cannot be read, all are too large together, or one that is kept is.
    """
    listing: list[ArtefactFile] = []
    contents: dict[str, bytes] = {}
    left = LARGEST
    for file in files:
        if file.path in kept:
            contents[file.path] = content = folder.read(file.path, CARD_BYTES)
            sha256, size = hashlib.sha256(content).hexdigest(), len(content)
        else:
            sha256, size = folder.digest(file.path, left)
        left -= size
        listing.append({"path": file.path, "size": size, "sha256": sha256})
    return {"files": listing, "sha256": digest_of(listing)}, contents


def _inside(path: str, folder: str) -> bool:
    rest = path.removeprefix(f"{folder}/") if folder else path
    return (
        bool(rest)
        and (not folder or rest != path)
        and "/" not in rest.strip("/")
        and rest.strip("/") not in ("", ".", "..")
    )


def _relative(path: str, root: str) -> str:
    return path.removeprefix(f"{root}/") if root else path
