"""The OPA that is installed where there is none, and the SHA-256 of its official release binaries.

Source: the public repository cashapp/hermit-packages, opa.hcl (snapshot of 2026-08-22), which records them
independently of the release page. 1.19.1 is the newest release with such a record. They were not compared with a
download of our own.
"""

VERSION = "1.19.1"

RELEASES = "https://github.com/open-policy-agent/opa/releases/download"
MODULE = "github.com/open-policy-agent/opa"

SHA256 = {
    "opa_darwin_amd64": "80a9e2bce1a44fd81dc4b5415439918786b4685f0709d533d0005abea7e10e02",
    "opa_darwin_arm64_static": "805ce3f336154150bef73bafa2dab8806631851bccc7cae95bef46ffabdf8fc3",
    "opa_linux_amd64_static": "c9f985ce0d345f5484006ade2c695ed9e3f308e4441139e46695c5c182ac0839",
    "opa_linux_arm64_static": "19dcb5186fd394c32023918c53eaacda55f835abb05e13e0f9a766dd1429494f",
}
"""File of the release to its digest."""

FILES = {
    ("darwin", "x86_64"): "opa_darwin_amd64",
    ("darwin", "arm64"): "opa_darwin_arm64_static",
    ("linux", "x86_64"): "opa_linux_amd64_static",
    ("linux", "aarch64"): "opa_linux_arm64_static",
}
"""`sys.platform` and `os.uname().machine` to the file of the release."""
