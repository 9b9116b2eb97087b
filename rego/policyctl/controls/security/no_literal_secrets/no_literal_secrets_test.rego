package policyctl.controls.security.no_literal_secrets_test

import data.policyctl.controls.security.no_literal_secrets as control
import data.policyctl.testing.images as make_image
import data.policyctl.testing.kubernetes as make

test_an_object_without_literals_passes if {
	control.resources == {"Deployment/ml/scorer"} with input as of([], [variable({"source": "secret"})])
	control.findings == set() with input as of([], [variable({"source": "secret"})])
	control.undetermined == set() with input as of([], [variable({"source": "secret"})])
}

test_a_literal_is_a_finding_wherever_it_stands if {
	every where in ["env", "argument", "config_map", "annotation", "field"] {
		codes == {sprintf("secret_in_%s", [where])} with input as of([literal({"where": where})], [])
		control.undetermined == set() with input as of([literal({"where": where})], [])
	}
}

test_a_literal_says_what_it_stands_under_and_never_its_value if {
	control.findings == {{
		"code": "secret_in_env",
		"resource": "Deployment/ml/scorer",
		"message": "a credential stands in a variable as text (HF_TOKEN)",
		"path": ["spec", "env", 0, "value"],
	}} with input as of([literal({})], [variable({})])
}

test_a_literal_without_a_name_is_still_a_finding if {
	every broken in [null, "", 1] {
		codes == {"secret_in_env"} with input as of([literal({"name": broken, "path": broken})], [])
	}
}

test_a_variable_that_the_list_lacks_is_a_finding if {
	codes == {"secret_in_env"} with input as of([], [variable({})])
}

test_an_argument_that_the_list_lacks_is_a_finding if {
	argument := {"path": ["spec", "args", 1], "option": "--api-key"}
	codes == {"secret_in_argument"} with input as arguments([], [argument])
	count(control.findings) == 1 with input as arguments([literal({"where": "argument", "path": ["spec", "args", 1]})], [argument])
}

test_a_credential_from_a_config_map_is_a_finding if {
	codes == {"secret_from_config_map"} with input as of([], [variable({"source": "config_map"})])
}

test_a_plain_variable_passes if {
	every source in ["literal", "config_map", "field", "reference", "empty"] {
		codes == set() with input as of([], [variable({"source": source, "secret_like": false})])
		control.undetermined == set() with input as of([], [variable({"source": source, "secret_like": false})])
	}
}

test_a_variable_that_cannot_be_told_is_undetermined if {
	every broken in [{"secret_like": null}, {"secret_like": "true"}, {"source": null}, {"source": ""}, {"source": ["secret"]}] {
		count(control.undetermined) == 1 with input as of([], [variable(broken)])
	}
	count(control.undetermined) == 1 with input as of([], [object.remove(variable({}), {"source"})])
	count(control.undetermined) == 1 with input as of([], ["HF_TOKEN"])
}

test_variables_that_cannot_be_read_do_not_pass if {
	every broken in [null, "HF_TOKEN", {}] {
		count(control.undetermined) == 1 with input as of([], broken)
		count(control.undetermined) == 1 with input as arguments([], broken)
	}
}

test_literals_that_cannot_be_read_do_not_pass if {
	every broken in [null, "", {}, [null], ["HF_TOKEN"], [literal({"where": "elsewhere"})], [literal({"where": null})]] {
		count(control.undetermined) > 0 with input as of(broken, [])
	}
	count(control.undetermined) > 0 with input as {"facts": object.remove(of([], []).facts, {"literal_secrets"})}
}

test_containers_that_cannot_be_read_do_not_pass if {
	count(control.undetermined) == 1 with input as make.object_of({"containers": null}, {})
}

test_a_config_map_is_looked_at_and_a_secret_is_not if {
	control.resources == {"ConfigMap/ml/x"} with input as make.object_of({"id": "ConfigMap/ml/x", "kind": "ConfigMap", "api_version": "v1"}, {})
	control.resources == set() with input as make.object_of({"kind": "Secret", "api_version": "v1"}, {})
	control.undetermined == set() with input as make.object_of({"kind": "Secret", "api_version": "v1", "literal_secrets": null}, {})
	control.resources == {"Deployment/ml/scorer"} with input as make.object_of({"kind": "Secret", "api_version": "bitnami.com/v1alpha1"}, {})
}

codes := {finding.code | some finding in control.findings}

literal(changes) := object.union({"path": ["spec", "env", 0, "value"], "where": "env", "name": "HF_TOKEN"}, changes)

variable(changes) := object.union(
	{
		"name": "HF_TOKEN",
		"path": ["spec", "env", 0],
		"source": "literal",
		"secret_like": true,
	},
	changes,
)

of(literals, env) := make.object_of(
	{
		"literal_secrets": literals,
		"containers": [make.container({"env": env})],
		"pods": [make.pod({})],
	},
	{},
)

arguments(literals, secrets) := make.object_of(
	{
		"literal_secrets": literals,
		"containers": [make.container({"arguments_secrets": secrets})],
		"pods": [make.pod({})],
	},
	{},
)

test_a_credential_in_a_dockerfile_is_judged_like_one_in_a_manifest if {
	literal := {"path": ["instructions", 4, "value"], "where": "env", "name": "HF_TOKEN"}
	{f.code | some f in control.findings} == {"secret_in_env"} with input as make_image.dockerfile_of({"literal_secrets": [literal]})
	control.findings == set() with input as make_image.dockerfile_of({})
	control.undetermined == set() with input as make_image.dockerfile_of({})
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "secret_in_argument",
		"resource": "Deployment/ml/scorer",
		"message": "a credential stands in an argument as text (of container scorer)",
		"path": ["spec", "args", 1],
	}} with input as arguments([], [{"path": ["spec", "args", 1], "option": "--api-key"}])
	control.findings == {{
		"code": "secret_from_config_map",
		"resource": "Deployment/ml/scorer",
		"message": "a credential is read from a ConfigMap (HF_TOKEN)",
		"path": ["spec", "env", 0],
	}} with input as of([], [variable({"source": "config_map"})])
	control.findings == {{
		"code": "secret_in_env",
		"resource": "Deployment/ml/scorer",
		"message": "a credential stands in a variable as text (known by its shape)",
		"path": [],
	}} with input as of([literal({"name": "", "path": ""})], [])
	control.findings == {{
		"code": "secret_in_env",
		"resource": "Deployment/ml/scorer",
		"message": "a credential stands in a variable as text (known by its shape)",
		"path": [],
	}} with input as of([literal({"name": 1, "path": 1})], [])
	control.findings == {{
		"code": "secret_in_field",
		"resource": "Deployment/ml/scorer",
		"message": "a credential stands in a field as text (HF_TOKEN)",
		"path": ["spec", "env", 0, "value"],
	}} with input as of([literal({"where": "field"})], [])
	control.findings == {{
		"code": "secret_in_config_map",
		"resource": "Deployment/ml/scorer",
		"message": "a credential stands in a ConfigMap as text (HF_TOKEN)",
		"path": ["spec", "env", 0, "value"],
	}} with input as of([literal({"where": "config_map"})], [])
	control.findings == {{
		"code": "secret_in_annotation",
		"resource": "Deployment/ml/scorer",
		"message": "a credential stands in an annotation as text (HF_TOKEN)",
		"path": ["spec", "env", 0, "value"],
	}} with input as of([literal({"where": "annotation"})], [])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": [],
		"reason": "the variables of container scorer could not be read",
	}} with input as of([], {})
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": [],
		"reason": "a variable of container scorer could not be read",
	}} with input as of([], ["HF_TOKEN"])
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": [],
		"reason": "a literal could not be read",
	}} with input as of([null], [])
	control.undetermined == {{
		"resource": "Deployment/ml/scorer",
		"path": [],
		"reason": "the literals of the object could not be read",
	}} with input as of("", [])
}
