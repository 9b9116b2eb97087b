# METADATA
# scope: package
# description: Makes documents of AI systems for tests of controls. Not part of the bundle.
package policyctl.testing.system

# METADATA
# description: A document of one system. `facts` adds to an id without roles and classes; `attested` is by family and name.
described(facts, parameters, attested) := {
	"kind": "system",
	"subject": {"id": "credit-scoring", "path": "system.yaml"},
	"system": {"id": "credit-scoring"},
	"as_of": "2026-11-21",
	"profile": {"parameters": parameters, "enforcement": {}},
	"gaps": [],
	"facts": object.union({"id": "credit-scoring", "stated": [key | some key, _ in facts], "roles": [], "classes": []}, facts),
	"attested": attested,
}

# METADATA
# description: A document about one attested control of a family, whose attestations may count for 365 days.
attested(family, name, given) := described({}, {family: {name: {"maximum_days": 365}}}, {family: {name: given}})

# METADATA
# description: The same where nobody attests anything.
unattested(family, name) := described({}, {family: {name: {"maximum_days": 365}}}, {})

# METADATA
# description: An attestation that counts; `changes` replaces what it says.
attestation(changes) := object.union(
	{
		"conclusion": "met",
		"statement": "Two clerks of each shift are assigned and trained.",
		"by": {"name": "Maria Keller", "role": "Head of Retail Risk"},
		"first_day": "2026-09-15",
		"last_day": "2027-09-14",
		"days": 365,
		"evidence": [{"title": "Assignment, version 3", "sha256": digest, "state": "elsewhere"}],
	},
	changes,
)

# METADATA
# description: The form of a SHA-256 digest.
digest := "0f3c000000000000000000000000000000000000000000000000000000000000"
