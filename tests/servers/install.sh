#!/usr/bin/env bash
# Gets a program that tests need beyond Python from Debian's packages, where it is absent: install.sh PACKAGE PROGRAM
set -euo pipefail
package=$1 program=$2

# PostgreSQL keeps its programs off PATH.
found() { command -v "$program" >/dev/null || compgen -G "/usr/lib/$package/*/bin/$program" >/dev/null; }

if found; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  echo "test-servers: $program is not here, and without apt-get it cannot be installed: install it and run this again" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "test-servers: $program is not here: run \`sudo apt-get install $package\` and run this again" >&2
    exit 1
  fi
  as_root=(sudo -n)
fi
echo "test-servers: installing $program (apt-get install $package)"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
found || { echo "test-servers: $package was installed, and there is no $program" >&2; exit 1; }
