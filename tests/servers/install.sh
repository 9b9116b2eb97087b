#!/usr/bin/env bash
# What the tests marked `servers` need beyond Python: PostgreSQL, 15 in Debian 12. Installs it where it is absent.
set -euo pipefail

found() { command -v pg_ctl >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/pg_ctl' >/dev/null; }

if found; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  echo "test-servers: PostgreSQL is not here, and without apt-get it cannot be installed: install it and run this again" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "test-servers: PostgreSQL is not here: run \`sudo apt-get install postgresql\` and run this again" >&2
    exit 1
  fi
  as_root=(sudo -n)
fi
echo "test-servers: installing PostgreSQL (apt-get install postgresql)"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
found || { echo "test-servers: postgresql was installed, and there is no pg_ctl" >&2; exit 1; }
