package policyctl.controls.security.no_local_authentication_test

import data.policyctl.controls.security.no_local_authentication as control
import data.policyctl.testing.terraform as make

test_a_resource_of_each_type_with_identities_only_passes if {
	every type, values in _good {
		_codes({"address": _address(type), "values": values}) == set()
		_untold({"address": _address(type), "values": values}) == 0
		control.resources == {_address(type)} with input as make.plan([{"address": _address(type), "values": values}])
	}
}

test_a_resource_of_each_type_with_keys_or_root_fails if {
	object.keys(_good) == object.keys(_bad)
	every type, values in _bad {
		count(_codes({"address": _address(type), "values": values})) == 1
	}
}

test_a_resource_of_each_type_that_says_nothing_fails if {
	every type, _ in _good {
		count(_codes({"address": _address(type)})) == 1
	}
}

test_root_and_keys_are_told_apart if {
	_codes({"address": "aws_sagemaker_notebook_instance.n"}) == {"root_access"}
	_codes({"address": "azurerm_cognitive_account.a"}) == {"shared_key"}
}

test_a_value_of_a_wrong_type_fails if {
	every value in ["false", 0, null, "", [], [false], {}] {
		_codes({"address": "azurerm_search_service.s", "values": {"local_authentication_enabled": value}}) == {"shared_key"}
	}
	every value in ["disabled", "", 0, null, false, ["Disabled"]] {
		_codes({"address": "aws_sagemaker_notebook_instance.n", "values": {"root_access": value}}) == {"root_access"}
	}
}

test_metadata_without_the_key_fails if {
	_codes({
		"address": "google_workbench_instance.w",
		"values": {"gce_setup": [{"metadata": {"terraform": "true"}}]},
	}) == {"root_access"}
}

test_what_is_known_after_apply_or_masked_is_undetermined if {
	every state in ["unknown", "masked"] {
		resource := {"address": "google_workbench_instance.w", state: ["gce_setup.0.metadata"]}
		_codes(resource) == set()
		_untold(resource) == 1
	}
}

test_a_value_that_only_the_provider_sets_fails if {
	_codes({"address": "google_workbench_instance.w", "computed": ["gce_setup"]}) == {"root_access"}
}

test_a_deleted_account_is_not_looked_at if {
	control.resources == set() with input as make.plan([{"address": "azurerm_cognitive_account.a", "action": "delete"}])
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "shared_key",
		"resource": "azurerm_cognitive_account.a",
		"message": "a shared key or local account opens it",
		"path": ["values", "local_auth_enabled"],
	}} with input as make.plan([{"address": "azurerm_cognitive_account.a"}])
	control.findings == {{
		"code": "root_access",
		"resource": "aws_sagemaker_notebook_instance.n",
		"message": "users of the notebook are root on its machine: 0",
		"path": ["values", "root_access"],
	}} with input as make.plan([{"address": "aws_sagemaker_notebook_instance.n", "values": {"root_access": 0}}])
}

_good := {
	"aws_sagemaker_notebook_instance": {"root_access": "Disabled"},
	"azurerm_cognitive_account": {"local_auth_enabled": false},
	"azurerm_ai_services": {"local_authentication_enabled": false},
	"azurerm_search_service": {"local_authentication_enabled": false},
	"azurerm_bot_service_azure_bot": {"local_authentication_enabled": false},
	"azurerm_machine_learning_compute_instance": {"local_auth_enabled": false},
	"azurerm_machine_learning_compute_cluster": {"local_auth_enabled": false},
	"google_workbench_instance": {"gce_setup": [{"metadata": {"notebook-disable-root": "true"}}]},
	"google_notebooks_instance": {"metadata": {"notebook-disable-root": "true"}},
}

_bad := {
	"aws_sagemaker_notebook_instance": {"root_access": "Enabled"},
	"azurerm_cognitive_account": {"local_auth_enabled": true},
	"azurerm_ai_services": {"local_authentication_enabled": true},
	"azurerm_search_service": {"local_authentication_enabled": true},
	"azurerm_bot_service_azure_bot": {"local_authentication_enabled": true},
	"azurerm_machine_learning_compute_instance": {"local_auth_enabled": true},
	"azurerm_machine_learning_compute_cluster": {"local_auth_enabled": true},
	"google_workbench_instance": {"gce_setup": [{"metadata": {"notebook-disable-root": "false"}}]},
	"google_notebooks_instance": {"metadata": {"notebook-disable-root": "false"}},
}

_address(type) := concat(".", [type, "x"])

_codes(resource) := {f.code | some f in control.findings with input as make.plan([resource])}

_untold(resource) := number if {
	number := count(control.undetermined) with input as make.plan([resource])
}
