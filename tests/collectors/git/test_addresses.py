"""Addresses of repositories: what may be shown of them, and when two are one."""

from __future__ import annotations

import pytest

from policyctl.collectors.git.addresses import public, same_repository


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://ada:s3cret@git.example.org/wine.git", "https://git.example.org/wine.git"),
        ("https://s3cret@git.example.org:8443/a/wine", "https://git.example.org:8443/a/wine"),
        ("https://a@b:s3cret@git.example.org/wine", "https://git.example.org/wine"),
        ("https://git.example.org/wine?token=s3cret#s3cret", "https://git.example.org/wine"),
        ("SSH://git:s3cret@git.example.org/wine", "ssh://git.example.org/wine"),
        ("git@git.example.org:a/wine.git", "git.example.org:a/wine.git"),
        ("ext::sh -c s3cret", ""),
        ("/home/ada/s3cret", ""),
        ("file:///home/ada/s3cret", ""),
        ("C:\\s3cret", ""),
        ("", ""),
    ],
)
def test_an_address_is_shown_without_what_is_secret(address: str, shown: str) -> None:
    assert public(address) == shown


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("git@git.example.org:a/wine.git", "https://git.example.org/a/wine", True),
        ("ssh://git@git.example.org:2222/a/wine.git", "https://GIT.example.org/A/Wine/", True),
        ("https://git.example.org/a/wine", "https://git.example.org/b/wine", False),
        ("https://git.example.org/a/wine", "https://git.example.com/a/wine", False),
        ("/home/ada/wine", "https://git.example.org/a/wine", None),
        ("https://git.example.org/a/wine", "", None),
    ],
)
def test_two_addresses_of_servers_can_be_compared(one: str, other: str, same: bool | None) -> None:
    assert same_repository(one, other) is same
    assert same_repository(other, one) is same
