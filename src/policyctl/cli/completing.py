"""What a shell offers where an option's value is completed. Each is asked only then, and starts nothing."""

from __future__ import annotations


def profiles() -> list[str]:
    """The ids of our profiles: a profile's file is named by its id."""
    from policyctl.library import own_root

    return sorted(path.stem for path in own_root().glob("controls_catalog/profiles/*.yaml"))


def formats() -> list[str]:
    """The output formats that are registered."""
    from policyctl.plugins import REPORTS, plugins

    return [plugin.name for plugin in plugins(REPORTS)]


def kinds() -> list[str]:
    """The kinds of documents."""
    from policyctl.model.document import KINDS

    return list(KINDS)


def text_or_json() -> list[str]:
    """The two formats of the commands that report nothing."""
    return ["table", "json"]


def tables() -> list[str]:
    """The formats of the commands whose rows are taken elsewhere."""
    return ["table", "csv", "markdown", "json"]
