"""Lists and watches, one thread a kind: whatever breaks, it begins again, and says so to the cache meanwhile.

Source: Kubernetes API concepts, "Efficient detection of changes" and "Retrieving large results sets in chunks".
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

from policyctl.admission.cluster.api import Api, ApiError
from policyctl.admission.cluster.cache import Cache
from policyctl.admission.cluster.kinds import WATCHED, Watched
from policyctl.progress import say

_PAGE, _SECONDS = "500", "240"
"""Objects of a page, and how long a watch lasts."""
_FIRST_WAIT, _LONGEST_WAIT, _ABSENT_WAIT = 0.5, 30.0, 60.0
"""Seconds before the next attempt after a failure, doubled each time, and where the cluster does not have a kind."""
_NOT_FOUND, GONE = 404, 410


class Watches:
    """The watches of a cluster, which fill a cache until they are closed."""

    def __init__(self, api: Api, cache: Cache, watched: tuple[Watched, ...] = WATCHED) -> None:
        self._api, self._cache = api, cache
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._keep, args=(one,), daemon=True) for one in watched]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Ends them. A thread that waits for the API server ends with its connection."""
        self._ended.set()
        self._api.close()

    def _keep(self, watched: Watched) -> None:
        wait = _FIRST_WAIT
        while not self._ended.is_set():
            try:
                version = self._listed(watched)
                wait = _FIRST_WAIT
                while not self._ended.is_set():
                    version = self._changes(watched, version)
            except ApiError as error:
                if self._ended.is_set() or error.status == GONE:
                    continue
                absent = watched.optional and error.status == _NOT_FOUND
                if absent:
                    self._cache.replaced(watched.kind, ())
                else:
                    self._cache.failed(watched.kind, error.message)
                    say(f"policyctl: {watched.plural} of the cluster cannot be watched: {error.message}")
                self._ended.wait(_ABSENT_WAIT if absent else wait)
                wait = min(wait * 2, _LONGEST_WAIT)

    def _listed(self, watched: Watched) -> str:
        """Lists all, a page at a time; the version from which on to watch."""
        found: list[dict[str, Any]] = []
        only = {"labelSelector": watched.label} if watched.label else {}
        query = {"limit": _PAGE, **only}
        while True:
            page = self._api.get(watched.path, query)
            found += ({"apiVersion": watched.api_version, "kind": watched.kind, **item} for item in page["items"])
            if not (token := page["metadata"].get("continue")):
                self._cache.replaced(watched.kind, found)
                return str(page["metadata"]["resourceVersion"])
            query = {"limit": _PAGE, "continue": token, **only}

    def _changes(self, watched: Watched, version: str) -> str:
        """Takes changes until the watch ends, as it does in turn; the version from which on to watch again."""
        for what, value in events(self._api, watched.path, version, watched.label):
            version = value["metadata"]["resourceVersion"]
            if what == "BOOKMARK":
                self._cache.alive(watched.kind)
            else:
                self._cache.changed(watched.kind, value, deleted=what == "DELETED")
        self._cache.alive(watched.kind)
        return version


def events(api: Api, path: str, version: str, label: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """What one watch tells from a version on, until it ends as it does in turn: ADDED, MODIFIED, DELETED or BOOKMARK, and the object.

    Raises ApiError; with status 410 where the version is too old to watch from.
    """
    query = {"watch": "1", "resourceVersion": version, "allowWatchBookmarks": "true", "timeoutSeconds": _SECONDS}
    if label:
        query["labelSelector"] = label
    for line in api.lines(path, query):
        event = _event(line)
        value = event["object"]
        if event["type"] == "ERROR":
            raise ApiError(str(value.get("message", "the watch failed")), int(value.get("code", 0)))
        yield event["type"], value


def _event(line: str) -> dict[str, Any]:
    """One event of a watch. Raises ApiError for a line that broke off."""
    try:
        event: dict[str, Any] = json.loads(line)
    except ValueError as error:
        raise ApiError("the watch broke off") from error
    return event
