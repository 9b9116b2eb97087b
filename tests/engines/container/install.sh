#!/usr/bin/env bash
# The container engine of the tests: podman and runc, with the network plug-ins that Debian's podman depends on; and mmdebstrap, which
# makes the base that policyctl's own image is built on.
set -euo pipefail

missing() {
  local name
  for name in podman runc mmdebstrap; do
    command -v "$name" >/dev/null || echo "$name"
  done
}

[ -z "$(missing)" ] && exit 0
if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  echo "containers: $(missing | xargs) missing. Install them (Debian, Ubuntu: apt-get install podman runc mmdebstrap, as root)" >&2
  exit 1
fi
echo "containers: installing $(missing | xargs)"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { apt-get update && apt-get install -y --no-install-recommends podman runc mmdebstrap; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "containers: apt-get could not install podman, runc and mmdebstrap; install them by hand" >&2
  exit 1
fi
