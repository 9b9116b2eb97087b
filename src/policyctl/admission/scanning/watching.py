"""What a cluster tells of a kind once it was listed: a thread for each list, and one queue for all that they hear."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from policyctl.admission.cluster.api import Api, ApiError
from policyctl.admission.cluster.discovery import MISSHAPEN, misshapen
from policyctl.admission.cluster.watching import GONE, events
from policyctl.admission.scanning.reading import Place

_PAUSE = 1.0
"""Seconds between two watches, so that a server that ends each at once is not asked without end."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An object was added, changed or, with `deleted`, is gone."""

    place: Place
    value: Mapping[str, Any]
    deleted: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """Nothing more is heard of a kind: it must be listed again. `reason` is empty where that is as it should be: it was watched from a
    version that is too old by now.
    """

    place: Place
    reason: str = ""


class Hearing:
    """Follows lists, each from the version that it was of, until it is closed."""

    def __init__(self, api: Api) -> None:
        """The API server is asked at connections of this object's own, which it closes."""
        self._api = api
        self._heard: SimpleQueue[tuple[object, Changed | Lost]] = SimpleQueue()
        self._followers: dict[Place, object] = {}
        self._ended = threading.Event()

    def follow(self, place: Place, version: str) -> None:
        """From this version on; whoever followed it before is not heard any more."""
        self._followers[place] = follower = object()
        threading.Thread(target=self._follow, args=(place, version, follower), daemon=True).start()

    def leave(self, place: Place) -> None:
        """Nothing more of it is heard."""
        self._followers.pop(place, None)

    def heard(self, seconds: float) -> list[Changed | Lost]:
        """What has been heard since the last time; waits for so long, and ends early only where nothing is heard at all."""
        until = time.monotonic() + seconds
        found: list[Changed | Lost] = []
        while (left := until - time.monotonic()) > 0 and not self._ended.is_set():
            try:
                follower, one = self._heard.get(timeout=left)
            except Empty:
                break
            if self._followers.get(one.place) is follower:
                found.append(one)
        return found

    def close(self) -> None:
        """Ends them. A thread that waits for the API server ends with its connection."""
        self._ended.set()
        self._api.close()

    def _follow(self, place: Place, version: str, follower: object) -> None:
        one, namespace = place
        try:
            while not self._ended.is_set() and self._followers.get(place) is follower:
                for what, value in events(self._api, one.path(namespace), version):
                    version = value["metadata"]["resourceVersion"]
                    if what != "BOOKMARK":
                        self._heard.put((follower, Changed(place, value, deleted=what == "DELETED")))
                self._ended.wait(_PAUSE)
        except ApiError as error:
            self._heard.put((follower, Lost(place, "" if error.status == GONE else error.message)))
        except MISSHAPEN as error:
            self._heard.put((follower, Lost(place, misshapen(error))))
