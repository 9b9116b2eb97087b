package policyctl.controls.logging.inference_capture

import data.policyctl.law
import data.policyctl.lib.ai_resources
import data.policyctl.lib.settings
import data.policyctl.lib.terraform

resources contains endpoint.address if {
	some type, _ in _types
	some endpoint in terraform.planned(type)
}

# METADATA
# description: A defect of an endpoint that must record its requests.
findings contains finding if {
	some defect in _defects
	ai_resources.duty(defect.endpoint, _duty) == "yes"

	finding := {
		"code": defect.code,
		"resource": defect.endpoint.address,
		"message": defect.message,
		"path": settings.place(defect.path),
	}
}

# METADATA
# description: The endpoint does not record, or not enough, and its risk class does not tell whether it must.
undetermined contains entry if {
	some defect in _defects
	ai_resources.duty(defect.endpoint, _duty) == "untold"

	entry := {
		"resource": defect.endpoint.address,
		"path": settings.place(ai_resources.label_attribute(defect.endpoint)),
		"reason": "requests are not recorded in full, and the risk class does not tell whether they must be",
	}
}

# METADATA
# description: A setting is known only after apply, or masked.
undetermined contains entry if {
	some open in _open
	ai_resources.duty(open.endpoint, _duty) in {"yes", "untold"}

	entry := {
		"resource": open.endpoint.address,
		"path": settings.place(open.path),
		"reason": "what is recorded is known only after apply",
	}
}

_defects contains {"endpoint": endpoint, "code": "no_capture", "path": setting.on, "message": message} if {
	some type, setting in _types
	some endpoint in terraform.planned(type)
	settings.one_of(endpoint, setting.on, {true}) == "no"
	message := "requests and responses are not recorded"
}

_defects contains {"endpoint": endpoint, "code": "sampling_too_low", "path": setting.share, "message": message} if {
	some type, setting in _types
	some endpoint in terraform.planned(type)
	settings.one_of(endpoint, setting.on, {true}) in {"yes", "untold"}
	settings.at_least(endpoint, setting.share, _least(setting)) == "no"
	least := law.by_class(_parameters.minimum_percentage)
	message := sprintf("not shown to record at least %v %% of the requests%s", [least, settings.told(endpoint, setting.share)])
}

_defects contains {"endpoint": endpoint, "code": "one_sided", "path": _modes, "message": message} if {
	some endpoint in terraform.planned("aws_sagemaker_endpoint_configuration")
	settings.one_of(endpoint, "data_capture_config.0.enable_capture", {true}) in {"yes", "untold"}
	_both_sides(endpoint) == "no"
	message := "not both the requests and the responses are recorded"
}

_open contains {"endpoint": endpoint, "path": setting.on} if {
	some type, setting in _types
	some endpoint in terraform.planned(type)
	settings.one_of(endpoint, setting.on, {true}) == "untold"
}

_open contains {"endpoint": endpoint, "path": setting.share} if {
	some type, setting in _types
	some endpoint in terraform.planned(type)
	settings.one_of(endpoint, setting.on, {true}) in {"yes", "untold"}
	settings.at_least(endpoint, setting.share, _least(setting)) == "untold"
}

_open contains {"endpoint": endpoint, "path": _modes} if {
	some endpoint in terraform.planned("aws_sagemaker_endpoint_configuration")
	settings.one_of(endpoint, "data_capture_config.0.enable_capture", {true}) in {"yes", "untold"}
	_both_sides(endpoint) == "untold"
}

_both_sides(endpoint) := "yes" if {
	_captured(endpoint) & {"InputAndOutput"} != set()
} else := "yes" if {
	{"Input", "Output"} - _captured(endpoint) == set()
} else := "untold" if {
	terraform.state(endpoint, _modes) in {"unknown", "masked"}
} else := "untold" if {
	some path, _ in settings.blocks(endpoint, _modes)
	settings.text(endpoint, sprintf("%s.capture_mode", [path])) == "untold"
} else := "no"

_captured(endpoint) := {block.capture_mode |
	some path, block in settings.blocks(endpoint, _modes)
	settings.text(endpoint, sprintf("%s.capture_mode", [path])) == "yes"
}

_modes := "data_capture_config.0.capture_options"

# The share in the provider's unit: `whole` is what records everything.
_least(setting) := (law.by_class(_parameters.minimum_percentage) * setting.whole) / 100

_types := {
	"aws_sagemaker_endpoint_configuration": {
		"on": "data_capture_config.0.enable_capture",
		"share": "data_capture_config.0.initial_sampling_percentage",
		"whole": 100,
	},
	"google_vertex_ai_endpoint": {
		"on": "predict_request_response_logging_config.0.enabled",
		"share": "predict_request_response_logging_config.0.sampling_rate",
		"whole": 1,
	},
}

_duty := {
	"risk_class_keys": _parameters.risk_class_keys,
	"owed_for": _parameters.owed_for,
	"not_owed_for": _parameters.not_owed_for,
}

_parameters := input.profile.parameters.logging.inference_capture
