package policyctl.controls.documentation.signature_known_test

import data.policyctl.controls.documentation.signature_known as control
import data.policyctl.testing.model as make

test_inputs_and_outputs_pass if {
	control.resources == {"mlflow:wine/1"} with input as of(signature)
	control.findings == set() with input as of(signature)
	control.undetermined == set() with input as of(signature)
}

test_a_tensor_needs_no_name if {
	control.findings == set() with input as of({"inputs": [{"type": "float32"}], "outputs": [{"type": "float32"}]})
	control.undetermined == set() with input as of({"inputs": [{"type": "float32"}], "outputs": [{"type": "float32"}]})
}

test_a_version_without_a_signature_fails if {
	control.findings == {{
		"code": "no_signature",
		"resource": "mlflow:wine/1",
		"message": "the version does not say what it takes and gives",
		"path": ["signature"],
	}} with input as make.version({}, {}, {})
	every broken in [null, "", "inputs", 7, true, [signature]] {
		codes == {"no_signature"} with input as of(broken)
	}
}

test_one_side_alone_fails if {
	control.findings == {{
		"code": "no_outputs",
		"resource": "mlflow:wine/1",
		"message": "the version does not name its outputs",
		"path": ["signature", "outputs"],
	}} with input as of(object.union(signature, {"outputs": []}))
	every broken in [null, "", {}, "alcohol", 7] {
		codes == {"no_inputs"} with input as of(object.union(object.remove(signature, {"inputs"}), {"inputs": broken}))
	}
	codes == {"no_inputs", "no_outputs"} with input as of({})
}

test_a_column_of_unknown_type_cannot_be_told if {
	every broken in [null, "", "unknown", 7, ["double"]] {
		control.findings == set() with input as of(object.union(signature, {"outputs": [signature.inputs[0], {"name": "cultivar", "type": broken}]}))
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "the type of one of its outputs cannot be told",
			"path": ["signature", "outputs"],
		}} with input as of(object.union(signature, {"outputs": [signature.inputs[0], {"name": "cultivar", "type": broken}]}))
	}
	count(control.undetermined) == 1 with input as of(object.union(signature, {"inputs": [null]}))
}

codes := {finding.code | some finding in control.findings}

signature := {"inputs": [{"name": "alcohol", "type": "double"}], "outputs": [{"name": "cultivar", "type": "long"}]}

of(signature) := make.version({"signature": signature}, {}, {})
