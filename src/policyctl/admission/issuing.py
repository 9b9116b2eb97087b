"""A certificate of the server's own, from a CA that is made for it and whose key nobody keeps.

A CA that outlives its certificates would have its key lie in the cluster, where whoever reads it could speak for the server. So each
certificate comes with a CA of its own, and those who are to believe it are told of the new one before it is used.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAYS = 90
_SKEW = timedelta(minutes=10)
"""How far the clocks of those who look at it may be behind."""
_USAGE = "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign"


@dataclass(frozen=True, slots=True)
class Issued:
    """PEM: the CA's certificate, the server's own, and its key."""

    ca: bytes
    chain: bytes
    key: bytes


def issue(hosts: Sequence[str], now: datetime) -> Issued:
    """A certificate for these names and addresses, for ninety days."""
    end = now + timedelta(days=DAYS)
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = _name(f"policyctl admission CA {now:%Y-%m-%dT%H:%M:%SZ}")
    ca = (
        _builder(ca_name, ca_name, ca_key, now, end)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .sign(ca_key, hashes.SHA256())
    )
    server = (
        _builder(_name("policyctl admission"), ca_name, key, now, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_host(host) for host in hosts]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Issued(_pem(ca), _pem(server), private)


def serves(chain: bytes, hosts: Sequence[str], now: datetime) -> bool:
    """Whether a certificate is for these hosts, and at most two thirds of its time are over. False for what is no certificate."""
    try:
        (found, *_) = x509.load_pem_x509_certificates(chain)
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, x509.ExtensionNotFound):
        return False
    begin, end = found.not_valid_before_utc, found.not_valid_after_utc
    return set(names) == set(map(_host, hosts)) and begin <= now < begin + (end - begin) * 2 / 3


def valid(bundle: bytes, now: datetime) -> list[bytes]:
    """The certificates of a PEM bundle that are valid now, each as PEM. None of what is no bundle."""
    try:
        found = x509.load_pem_x509_certificates(bundle)
    except ValueError:
        return []
    return [_pem(one) for one in found if one.not_valid_before_utc <= now < one.not_valid_after_utc]


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*given: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{name: name in given for name in _USAGE.split()}, encipher_only=False, decipher_only=False)


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def utc_now() -> datetime:
    """The time, to whole seconds: a certificate holds no others."""
    return datetime.now(UTC).replace(microsecond=0)
