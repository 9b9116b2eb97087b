package policyctl.controls.operations.endpoint_monitoring

import data.policyctl.lib.ai_resources
import data.policyctl.lib.settings
import data.policyctl.lib.terraform

resources contains resource.address if {
	some type in {
		"aws_sagemaker_data_quality_job_definition",
		"aws_sagemaker_endpoint",
		"aws_sagemaker_monitoring_schedule",
		"google_vertex_ai_endpoint",
	}
	some resource in terraform.planned(type)
}

# METADATA
# description: A defect of a resource whose system must be watched.
findings contains finding if {
	some defect in _defects
	ai_resources.duty(defect.resource, _duty) == "yes"

	finding := {
		"code": defect.code,
		"resource": defect.resource.address,
		"message": defect.message,
		"path": settings.place(defect.path),
	}
}

# METADATA
# description: There is a defect, and the risk class does not tell whether the model must be watched.
undetermined contains entry if {
	some defect in _defects
	ai_resources.duty(defect.resource, _duty) == "untold"

	entry := {
		"resource": defect.resource.address,
		"path": settings.place(ai_resources.label_attribute(defect.resource)),
		"reason": sprintf("%s, and the risk class does not tell whether the model must be watched", [defect.message]),
	}
}

# METADATA
# description: The plan does not tell whether or how the model is watched.
undetermined contains entry if {
	some open in _open
	ai_resources.duty(open.resource, _duty) in {"yes", "untold"}

	entry := {
		"resource": open.resource.address,
		"path": settings.place(open.path),
		"reason": open.reason,
	}
}

_defects contains {"resource": endpoint, "code": "not_monitored", "path": "name", "message": message} if {
	some endpoint in terraform.planned("aws_sagemaker_endpoint")
	_jobs(endpoint) == set()
	not _perhaps_monitored(endpoint)
	message := "no monitoring job watches the endpoint"
}

_defects contains {"resource": endpoint, "code": "not_scheduled", "path": "name", "message": message} if {
	some endpoint in terraform.planned("aws_sagemaker_endpoint")
	{_scheduled(job) | some job in _jobs(endpoint)} == {"no"}
	message := "nothing runs the endpoint's monitoring job"
}

_defects contains {"resource": job, "code": "no_baseline", "path": _baseline, "message": message} if {
	some job in terraform.planned("aws_sagemaker_data_quality_job_definition")
	_has_baseline(job) == "no"
	message := "the monitoring job has no baseline to compare with"
}

_defects contains {"resource": schedule, "code": "seldom", "path": _expression, "message": message} if {
	some schedule in terraform.planned("aws_sagemaker_monitoring_schedule")
	settings.text(schedule, _expression) in {"yes", "no"}
	not _daily(schedule)
	message := sprintf("the monitoring job is not shown to run at least once a day%s", [settings.told(schedule, _expression)])
}

_open contains {"resource": endpoint, "path": "name", "reason": reason} if {
	some endpoint in terraform.planned("aws_sagemaker_endpoint")
	_jobs(endpoint) == set()
	_perhaps_monitored(endpoint)
	reason := "the plan does not tell whether a monitoring job is this endpoint's"
}

_open contains {"resource": endpoint, "path": "name", "reason": reason} if {
	some endpoint in terraform.planned("aws_sagemaker_endpoint")
	told := {_scheduled(job) | some job in _jobs(endpoint)}
	"untold" in told
	not "yes" in told
	reason := "the plan does not tell whether a schedule is that of its monitoring job"
}

_open contains {"resource": job, "path": _baseline, "reason": reason} if {
	some job in terraform.planned("aws_sagemaker_data_quality_job_definition")
	_has_baseline(job) == "untold"
	reason := "the baseline is known only after apply"
}

_open contains {"resource": schedule, "path": _expression, "reason": reason} if {
	some schedule in terraform.planned("aws_sagemaker_monitoring_schedule")
	settings.text(schedule, _expression) == "untold"
	reason := "the schedule is known only after apply"
}

_open contains {"resource": endpoint, "path": "model_deployment_monitoring_job", "reason": reason} if {
	some endpoint in terraform.planned("google_vertex_ai_endpoint")
	settings.text(endpoint, "model_deployment_monitoring_job") != "yes"
	reason := "the plan does not show a monitoring job, which the provider cannot set"
}

_jobs(endpoint) := terraform.referring(endpoint, _job_types, _endpoint_paths)

_perhaps_monitored(endpoint) if count(terraform.perhaps_referring(endpoint, _job_types, _endpoint_paths)) > 0

_perhaps_monitored(_) if count(_loose(_job_types, _endpoint_paths)) > 0

_scheduled(job) := "yes" if {
	count(terraform.referring(job, _schedule_types, _job_paths)) > 0
} else := "untold" if {
	count(terraform.perhaps_referring(job, _schedule_types, _job_paths)) > 0
} else := "untold" if {
	count(_loose(_schedule_types, _job_paths)) > 0
} else := "no"

# Those that name something which the plan does not resolve; they may belong to anything.
_loose(types, paths) := {resource.address |
	some type in types
	some resource in terraform.planned(type)
	some path in paths
	count({reference | some reference in object.get(resource.references, path, []); reference.type != ""}) == 0
	some place in terraform.places(resource, path)
	terraform.state(resource, place) in {"unknown", "masked"}
}

_has_baseline(job) := "yes" if {
	settings.text(job, _baseline) == "untold"
	plain := "data_quality_baseline_config.constraints_resource.s3_uri"
	count(terraform.sources(job, plain, {"aws_s3_bucket"})) > 0
} else := settings.text(job, _baseline)

# SageMaker schedules whole hours: cron(minute hour day-of-month month day-of-week year). The day must not be narrowed.
_daily(schedule) if {
	expression := terraform.value(schedule, _expression)
	is_string(expression)
	startswith(expression, "cron(")
	fields := split(trim_suffix(trim_prefix(expression, "cron("), ")"), " ")
	count(fields) == 6
	every position in [2, 3, 4, 5] { fields[position] in {"*", "?", "?*", "*?"} }
}

_job_types := {"aws_sagemaker_data_quality_job_definition"}

_schedule_types := {"aws_sagemaker_monitoring_schedule"}

_endpoint_paths := {"data_quality_job_input.endpoint_input.endpoint_name"}

_job_paths := {"monitoring_schedule_config.monitoring_job_definition_name"}

_baseline := "data_quality_baseline_config.0.constraints_resource.0.s3_uri"

_expression := "monitoring_schedule_config.0.schedule_config.0.schedule_expression"

_duty := {
	"risk_class_keys": _parameters.risk_class_keys,
	"owed_for": _parameters.owed_for,
	"not_owed_for": _parameters.not_owed_for,
}

_parameters := input.profile.parameters.operations.endpoint_monitoring
