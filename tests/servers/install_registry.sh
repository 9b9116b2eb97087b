#!/usr/bin/env bash
# What the tests of bundle push and pull need: a registry of OCI artefacts, Debian's docker-registry. Installs it where it is absent.
set -euo pipefail

if command -v docker-registry >/dev/null; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  echo "test-servers: docker-registry is not here, and without apt-get it cannot be installed: install it and run this again" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "test-servers: docker-registry is not here: run \`sudo apt-get install docker-registry\` and run this again" >&2
    exit 1
  fi
  as_root=(sudo -n)
fi
echo "test-servers: installing a registry (apt-get install docker-registry)"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker-registry >/dev/null
command -v docker-registry >/dev/null || { echo "test-servers: docker-registry was installed, and is not on PATH" >&2; exit 1; }
