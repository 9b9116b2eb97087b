"""Rules that do not decide the same way twice: a decision that rests on the clock, the network or chance cannot be proven."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from policyctl.bundles.syntax import Module

_CLOCK, _NETWORK, _CHANCE, _MACHINE = "the clock", "the network", "chance", "the machine that OPA runs on"
IMPURE: Final = {
    "time.now_ns": _CLOCK,
    "io.jwt.decode_verify": _CLOCK,
    "crypto.x509.parse_and_verify_certificates": _CLOCK,
    "crypto.x509.parse_and_verify_certificates_with_options": _CLOCK,
    "http.send": _NETWORK,
    "net.lookup_ip_addr": _NETWORK,
    "json.match_schema": _NETWORK,
    "json.verify_schema": _NETWORK,
    "rand.intn": _CHANCE,
    "uuid.rfc4122": _CHANCE,
    "io.jwt.encode_sign": _CHANCE,
    "io.jwt.encode_sign_raw": _CHANCE,
    "opa.runtime": _MACHINE,
}
"""Built-in functions, and what they depend on beside their arguments. Source: `opa capabilities` of 1.22 (nondeterministic), and the
documentation of those that verify certificates as of now."""


def impure(modules: Mapping[str, Module]) -> Iterator[str]:
    """A sentence for each file and function: "controls/a/b/b.rego: calls time.now_ns, which depends on the clock"."""
    for name, module in sorted(modules.items()):
        refs = {ref for rule in module.rules.values() for ref in rule.refs}
        # A name that is neither input, data nor imported is taken for one of the package.
        called = {".".join(ref[len(module.package) :]) for ref in refs if ref[: len(module.package)] == module.package}
        for function in sorted(called & IMPURE.keys()):
            yield f"{name}: calls {function}, which depends on {IMPURE[function]}"
