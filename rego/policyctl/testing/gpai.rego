# METADATA
# scope: package
# description: Makes records of general-purpose AI models, for tests of controls. Not part of the bundle.
package policyctl.testing.gpai

import data.policyctl.testing.record

# METADATA
# description: A document of one record with these facts.
model(facts) := record.of_kind("gpai_model", facts, {})

# METADATA
# description: A model under the threshold, stated to have no systemic risk.
small(facts) := model(object.union({"training_compute": amount(3.8, 24), "systemic_risk": {"present": false}}, facts))

# METADATA
# description: A model over the threshold, stated to have systemic risk.
big(facts) := model(object.union({"training_compute": amount(3.8, 25), "systemic_risk": {"present": true}}, facts))

# METADATA
# description: An amount as the collector reads it.
amount(significand, exponent) := {"significand": significand, "exponent": exponent}

# METADATA
# description: A claim of the exemption for open models that lacks nothing.
open := {
	"licence": "Apache-2.0",
	"weights": "https://models.example.org/base",
	"architecture": "https://models.example.org/base/config",
	"usage": "https://models.example.org/base/readme",
}
