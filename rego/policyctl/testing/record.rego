# METADATA
# scope: package
# description: Makes documents of records that people keep, for tests of controls. Not part of the bundle.
package policyctl.testing.record

# METADATA
# description: A document of one record. `facts` adds to its id and system; `parameters` is by family and name.
of_kind(kind, facts, parameters) := {
	"kind": kind,
	"subject": {"id": "r-1", "path": "record.yaml"},
	"system": {"id": "credit-scoring"},
	"as_of": "2026-11-21",
	"profile": {"parameters": parameters, "enforcement": {}},
	"gaps": [],
	"attested": {},
	"facts": object.union({"id": "r-1", "system": "credit-scoring"}, facts),
}

# METADATA
# description: Evidence that is what its digest says.
evidence(title) := {"title": title, "sha256": digest, "state": "elsewhere"}

# METADATA
# description: The form of a SHA-256 digest.
digest := "0f3c000000000000000000000000000000000000000000000000000000000000"
