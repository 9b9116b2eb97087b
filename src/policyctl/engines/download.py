"""One file over HTTP, kept only if it has the digest that was expected."""

from __future__ import annotations

import os
from pathlib import Path

from policyctl.model.errors import EngineError

_MOST_BYTES = 300_000_000


class NotDownloaded(EngineError):
    """The file could not be had; nothing was changed."""


def download(url: str, path: Path, sha256: str) -> None:
    """Put the file at `url` to `path`, executable, as a whole or not at all.

    Raises NotDownloaded when the server cannot be reached or refuses, and EngineError when what it gives is not the
    expected file.
    """
    import hashlib

    import httpx

    digest = hashlib.sha256()
    size = 0
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with (
            httpx.stream("GET", url, follow_redirects=True, timeout=httpx.Timeout(60, connect=10)) as answer,
            open(temporary, "wb") as file,
        ):
            answer.raise_for_status()
            for chunk in answer.iter_bytes(1 << 20):
                digest.update(chunk)
                size += len(chunk)
                if size > _MOST_BYTES:
                    break
                file.write(chunk)
        if digest.hexdigest() != sha256:
            raise EngineError(
                f"{url} is not the official OPA: its SHA-256 is {digest.hexdigest()}, not {sha256}. It was deleted",
                hint="do not use this mirror; tell whoever runs it, or name another in POLICYCTL_OPA_URL",
            )
        temporary.chmod(0o755)
        os.replace(temporary, path)
    except httpx.HTTPStatusError as error:
        raise NotDownloaded(f"{url} cannot be downloaded: {error.response.status_code}") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise NotDownloaded(f"{url} cannot be downloaded: {error or type(error).__name__}") from error
    finally:
        temporary.unlink(missing_ok=True)
