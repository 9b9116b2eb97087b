#!/usr/bin/env bash
# The demonstration: real files are judged, every decision is recorded, the record is verified and one decision is replayed.
# The files are not compliant, so `check` exits with 1; that is the expected result here.
set -uo pipefail
cd "$(dirname "$0")/.."
run="$PWD/${BIN:-.venv/bin}/policyctl"
ledger="$PWD/build/demo/ledger.db"
mkdir -p build/demo && rm -f "$ledger"*
cd examples

say() { printf '\n$ %s\n' "$*"; }

say policyctl check terraform kubernetes model_cards
"$run" check terraform kubernetes model_cards --ledger "$ledger"
code=$?
if [ $code -ne 1 ]; then
  echo "demo: expected exit code 1 (denied), got $code" >&2
  exit 1
fi
say policyctl ledger list --limit 3
"$run" ledger list --limit 3 --ledger "$ledger" || exit 1
say policyctl ledger verify
"$run" ledger verify --ledger "$ledger" || exit 1
say policyctl ledger replay 1
"$run" ledger replay 1 --ledger "$ledger" || exit 1
