# METADATA
# scope: package
# description: Makes documents of one version of a model, for tests of controls. Not part of the bundle.
package policyctl.testing.model

# METADATA
# description: A document of one version. `facts` overrides the defaults of a version that nobody has said anything about.
version(facts, parameters, system) := {
	"kind": "model",
	"subject": {"id": "mlflow:wine/1", "path": "mlflow:wine/1"},
	"system": system,
	"as_of": "2026-11-21",
	"profile": {"parameters": parameters, "enforcement": {}},
	"gaps": [],
	"attested": {},
	"facts": object.union(
		{
			"id": "mlflow:wine/1",
			"aliases": [],
			"tags": {},
			"evaluations": [],
			"data_checks": [],
			"conflicts": [],
		},
		facts,
	),
}

# METADATA
# description: Files with digests, and the digest of all.
artefact := {
	"files": [{"path": "model.skops", "size": 1, "sha256": digest}],
	"sha256": digest,
}

# METADATA
# description: The form of a SHA-256 digest.
digest := "0f3c000000000000000000000000000000000000000000000000000000000000"

# METADATA
# description: Another one.
other_digest := "1f3c000000000000000000000000000000000000000000000000000000000000"
