from __future__ import annotations

import subprocess
import sys

import pytest

from policyctl.ledger import initialise_ledger, open_ledger
from policyctl.ledger.address import masked
from policyctl.model.errors import LedgerError, UsageError


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("ledger.db", "ledger.db"),
        ("/var/lib/p@ss:word/ledger.db", "/var/lib/p@ss:word/ledger.db"),
        ("sqlite:////var/lib/a@b:c/ledger.db", "sqlite:////var/lib/a@b:c/ledger.db"),
        ("postgresql://host:5432/policy", "postgresql://host:5432/policy"),
        ("postgresql://ci@host/policy", "postgresql://ci@host/policy"),
        ("postgresql://ci:hidden@host:5432/policy", "postgresql://ci:***@host:5432/policy"),
        ("postgresql://:hidden@host/policy", "postgresql://:***@host/policy"),
        ("postgresql://ci:@host/policy", "postgresql://ci:***@host/policy"),
        ("postgresql://ci:hid@den@host/policy", "postgresql://ci:***@host/policy"),
        ("postgresql://ci:hid/den?hidden@host/policy", "postgresql://ci:***@host/policy"),
        ("postgresql:///policy?host=/run/pg&password=hidden&user=ci", "postgresql:///policy?host=/run/pg&password=***&user=ci"),
        ("postgresql://ci@host/policy?sslpassword=hidden#x", "postgresql://ci@host/policy?sslpassword=***#x"),
        ("oracle://ci:hidden@host", "oracle://ci:***@host"),
    ],
)  # fmt: skip
def test_an_address_is_shown_without_its_password(address, shown):
    assert masked(address) == shown


@pytest.mark.parametrize("opened", [open_ledger, lambda url: initialise_ledger(url, {})])
def test_an_address_that_nothing_knows_is_told_without_its_password(opened):
    with pytest.raises(UsageError, match=r"no ledger can be kept at oracle://ci:\*\*\*@host") as error:
        opened("oracle://ci:hidden@host")

    assert "hidden" not in error.value.message + error.value.hint


def test_a_file_has_no_roles(tmp_path):
    with pytest.raises(UsageError, match="has no roles"):
        initialise_ledger(str(tmp_path / "ledger.db"), {"writer": ["ci"]})

    initialise_ledger(str(tmp_path / "ledger.db"), {})
    with open_ledger(str(tmp_path / "ledger.db"), readonly=True) as ledger:
        assert ledger.head() is None


@pytest.mark.parametrize(
    "url", ["postgresql://ci:p@ss@host/db", "postgresql://ci:pa/ss@host/db", "postgres://a?b@host/db"]
)
def test_an_address_whose_parts_cannot_be_told_apart_is_refused(url):
    with pytest.raises(UsageError, match="more than the one @") as error:
        open_ledger(url)

    assert "%40" in error.value.hint
    assert "ss@host" not in error.value.message


@pytest.mark.parametrize("package", ["sqlalchemy", "psycopg"])
def test_without_the_extra_the_next_step_is_said(package):
    program = f"""
import sys
sys.modules[{package!r}] = None
from policyctl.cli.main import run
sys.exit(run(["ledger", "list", "--ledger", "postgresql://ci:hidden@127.0.0.1:1/policy"]))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert done.returncode == 4
    assert f"a ledger in PostgreSQL needs the package {package}" in done.stderr
    assert "pip install 'policyctl[postgres]'" in done.stderr


def test_a_server_that_is_not_there_is_an_error_without_the_password():
    with pytest.raises(LedgerError, match="cannot be reached") as error:
        open_ledger("postgresql://ci:hidden@127.0.0.1:1/policy")

    assert (error.value.exit_code, "ci:***@127.0.0.1:1" in error.value.message) == (4, True)
    assert "hidden" not in error.value.message + error.value.hint


@pytest.mark.parametrize(
    "url", ["postgresql://ci:hid%zzden@host/policy", "postgresql://ci:hidden@host/policy?nonsense=hidden"]
)
def test_an_address_that_postgresqls_library_cannot_read_is_not_quoted(url):
    with pytest.raises(LedgerError, match="cannot read this address") as error:
        open_ledger(url)

    assert "hid%zzden" not in error.value.message
    assert "ci:***@host" in error.value.message
