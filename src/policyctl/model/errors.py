"""What can go wrong, in words for people: what happened, to which thing, and the next step."""

from __future__ import annotations

ALLOWED, DENIED, USAGE, NOT_CHECKED, ENGINE, INTERRUPTED = 0, 1, 2, 3, 4, 130

_FIRST = (INTERRUPTED, ENGINE, USAGE, DENIED, NOT_CHECKED, ALLOWED)


def first_exit_code(codes: set[int]) -> int:
    """The one exit code of several: 130, 4, 2, 1, 3, 0, the first that occurs; 0 when there are none."""
    return next((code for code in _FIRST if code in codes), ALLOWED)


class PolicyctlError(Exception):
    """Base of every error that a user may see. `hint` says the next step."""

    exit_code = USAGE

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PolicyctlError):
    """The command, an option or a configuration file cannot be used as given."""


class InputError(PolicyctlError):
    """A file or a document cannot be read or understood."""


class ContentError(PolicyctlError):
    """The catalog, a mapping, a profile or a rule is inconsistent."""


class UntrustedBundle(PolicyctlError):
    """The bundle is not one that the configured key vouches for, or an older one than is allowed. Nothing is decided by it."""

    exit_code = ENGINE


class RegistryError(PolicyctlError):
    """A registry cannot be reached, refuses, or gives something else than was asked for."""


class EngineError(PolicyctlError):
    """OPA could not be asked, or its answer cannot be trusted. Nothing is allowed."""

    exit_code = ENGINE


class EvaluationError(EngineError):
    """OPA answered that evaluating failed (a built-in error): `message` is OPA's, with its `location`.

    `files` are the Rego files that OPA names, as paths inside the bundle.
    """

    def __init__(self, message: str, *, hint: str = "", files: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint=hint)
        self.files = files


class LedgerError(PolicyctlError):
    """The ledger could not be read or written. What is not recorded is not allowed."""

    exit_code = ENGINE


class UnknownEntry(LedgerError):
    """No entry, or more than one, has the name that was asked for. The ledger is well."""

    exit_code = USAGE
