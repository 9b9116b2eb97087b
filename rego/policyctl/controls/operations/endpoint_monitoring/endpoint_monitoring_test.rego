package policyctl.controls.operations.endpoint_monitoring_test

import data.policyctl.controls.operations.endpoint_monitoring as control
import data.policyctl.testing.terraform

test_an_endpoint_with_a_scheduled_job_passes if {
	found := decided([endpoint, job, schedule("cron(0 * ? * * *)")])
	found.resources == {endpoint.address, job.address, schedule("").address}
	clean(found)
}

test_an_endpoint_without_a_job_fails if {
	codes([endpoint]) == {"not_monitored"}
	codes([endpoint, object.union(job, {"action": "delete"})]) == {"not_monitored"}
}

test_a_job_of_another_endpoint_is_none_of_this_one if {
	other := {
		"address": "aws_sagemaker_data_quality_job_definition.a",
		"values": job.values,
		"references": {"data_quality_job_input.endpoint_input.endpoint_name": ["aws_sagemaker_endpoint.b.name"]},
	}
	codes([endpoint, {"address": "aws_sagemaker_endpoint.b"}, other]) == {"not_monitored", "not_scheduled"}
}

test_a_job_that_nothing_runs_fails if {
	codes([endpoint, job]) == {"not_scheduled"}
}

test_a_job_or_schedule_that_the_plan_does_not_attach_is_undetermined if {
	loose_job := {
		"address": "aws_sagemaker_data_quality_job_definition.b",
		"values": object.union(job.values, {"data_quality_job_input": [{"endpoint_input": [{}]}]}),
		"unknown": ["data_quality_job_input.0.endpoint_input.0.endpoint_name"],
	}
	undetermined([endpoint, loose_job]) == {endpoint.address}
	loose_schedule := {
		"address": "aws_sagemaker_monitoring_schedule.b",
		"values": schedule("cron(0 * ? * * *)").values,
		"unknown": ["monitoring_schedule_config.0.monitoring_job_definition_name"],
	}
	undetermined([endpoint, job, loose_schedule]) == {endpoint.address}
	undetermined_in(ambiguous([endpoint, job], endpoint)) == {endpoint.address}
	whole := [endpoint, job, schedule("cron(0 * ? * * *)")]
	undetermined_in(ambiguous(whole, job)) == {endpoint.address}
}

test_a_job_without_a_baseline_fails if {
	every values in [{}, based(""), based(null), based(7), {"data_quality_baseline_config": []}] {
		codes([unbased(values)]) == {"no_baseline"}
	}
}

test_a_baseline_known_only_after_apply_is_undetermined_unless_it_lies_in_a_bucket_of_the_plan if {
	hidden := object.union(unbased(based(null)), {"unknown": ["data_quality_baseline_config"]})
	undetermined([hidden]) == {hidden.address}
	named := {"data_quality_baseline_config.constraints_resource.s3_uri": ["aws_s3_bucket.b.bucket"]}
	clean(decided([{"address": "aws_s3_bucket.b"}, object.union(hidden, {"references": named})]))
}

test_a_schedule_that_leaves_out_days_fails if {
	every expression in ["cron(0 0 ? * * *)", "cron(0 * ? * * *)", "cron(0 0/6 ?* * ? *)"] {
		codes([schedule(expression)]) == set()
	}
	every expression in [
		"cron(0 0 1 1 ? *)", "cron(0 0 1 * ? *)", "cron(0 0 ? * MON *)", "cron(0 0 ? 1 * *)", "cron(0 0 ? * * 2026)",
		"cron(0 0 ? * *)", "NOW", "", null, 7, ["cron(0 * ? * * *)"],
	] {
		codes([schedule(expression)]) == {"seldom"}
	}
	codes([{"address": "aws_sagemaker_monitoring_schedule.a"}]) == {"seldom"}
}

test_a_schedule_known_only_after_apply_is_undetermined if {
	every state in ["unknown", "masked"] {
		hidden := object.union(schedule(""), {state: ["monitoring_schedule_config"]})
		undetermined([hidden]) == {hidden.address}
	}
}

test_only_classes_with_the_duty_fail if {
	codes([labelled("high")]) == {"not_monitored"}
	codes([labelled("minimal")]) == set()
	undetermined([labelled("minimal")]) == set()
	undetermined([labelled("unclassified")]) == {endpoint.address}
	codes([labelled("unclassified")]) == set()
}

test_a_vertex_endpoint_is_watched_where_the_plan_shows_a_job if {
	vertex := {"address": "google_vertex_ai_endpoint.a", "values": {"model_deployment_monitoring_job": "projects/p/x"}}
	clean(decided([vertex]))
	undetermined([{"address": vertex.address}]) == {vertex.address}
	undetermined([{"address": vertex.address, "computed": ["model_deployment_monitoring_job"]}]) == {vertex.address}
}

test_a_deleted_endpoint_is_not_looked_at if {
	found := decided([object.union(endpoint, {"action": "delete"})])
	found.resources == set()
	clean(found)
}

test_what_is_looked_at_is_named if {
	control.resources == {"google_vertex_ai_endpoint.a"} with input as document([{"address": "google_vertex_ai_endpoint.a", "values": {"model_deployment_monitoring_job": "projects/p/x"}}])
}

test_each_finding_is_told_in_full if {
	control.findings == {{
		"code": "not_scheduled",
		"resource": "aws_sagemaker_endpoint.a",
		"message": "nothing runs the endpoint's monitoring job",
		"path": ["values", "name"],
	}} with input as document([endpoint, job])
	control.findings == set() with input as ambiguous([endpoint, job], endpoint)
	control.findings == set() with input as document([object.union(schedule(""), {"masked": ["monitoring_schedule_config"]})])
	control.findings == {{
		"code": "not_monitored",
		"resource": "aws_sagemaker_endpoint.a",
		"message": "no monitoring job watches the endpoint",
		"path": ["values", "name"],
	}} with input as document([endpoint])
	control.findings == {{
		"code": "no_baseline",
		"resource": "aws_sagemaker_data_quality_job_definition.a",
		"message": "the monitoring job has no baseline to compare with",
		"path": ["values", "data_quality_baseline_config", 0, "constraints_resource", 0, "s3_uri"],
	}} with input as document([unbased({})])
	control.findings == {{
		"code": "seldom",
		"resource": "aws_sagemaker_monitoring_schedule.a",
		"message": "the monitoring job is not shown to run at least once a day: 7",
		"path": ["values", "monitoring_schedule_config", 0, "schedule_config", 0, "schedule_expression"],
	}} with input as document([schedule(7)])
}

test_each_thing_that_cannot_be_told_has_its_place_and_reason if {
	control.undetermined == {{
		"resource": "aws_sagemaker_endpoint.a",
		"path": ["values", "tags"],
		"reason": "no monitoring job watches the endpoint, and the risk class does not tell whether the model must be watched",
	}} with input as document([labelled("unclassified")])
	control.undetermined == {{
		"resource": "aws_sagemaker_endpoint.a",
		"path": ["values", "name"],
		"reason": "the plan does not tell whether a monitoring job is this endpoint's",
	}} with input as ambiguous([endpoint, job], endpoint)
	control.undetermined == {{
		"resource": "aws_sagemaker_endpoint.a",
		"path": ["values", "name"],
		"reason": "the plan does not tell whether a schedule is that of its monitoring job",
	}} with input as ambiguous([endpoint, job, schedule("cron(0 * ? * * *)")], job)
	control.undetermined == {{
		"resource": "google_vertex_ai_endpoint.a",
		"path": ["values", "model_deployment_monitoring_job"],
		"reason": "the plan does not show a monitoring job, which the provider cannot set",
	}} with input as document([{"address": {"address": "google_vertex_ai_endpoint.a", "values": {"model_deployment_monitoring_job": "projects/p/x"}}.address}])
	control.undetermined == {{
		"resource": "aws_sagemaker_monitoring_schedule.a",
		"path": ["values", "monitoring_schedule_config", 0, "schedule_config", 0, "schedule_expression"],
		"reason": "the schedule is known only after apply",
	}} with input as document([object.union(schedule(""), {"masked": ["monitoring_schedule_config"]})])
	control.undetermined == {{
		"resource": "aws_sagemaker_data_quality_job_definition.a",
		"path": ["values", "data_quality_baseline_config", 0, "constraints_resource", 0, "s3_uri"],
		"reason": "the baseline is known only after apply",
	}} with input as document([object.union(unbased(based(null)), {"unknown": ["data_quality_baseline_config"]})])
}

endpoint := {"address": "aws_sagemaker_endpoint.a"}

job := object.union(unbased(based("s3://b/constraints.json")), {"references": {
	"data_quality_job_input.endpoint_input.endpoint_name": ["aws_sagemaker_endpoint.a.name"],
}})

unbased(values) := {"address": "aws_sagemaker_data_quality_job_definition.a", "values": values}

based(uri) := {"data_quality_baseline_config": [{"constraints_resource": [{"s3_uri": uri}]}]}

schedule(expression) := {
	"address": "aws_sagemaker_monitoring_schedule.a",
	"values": {"monitoring_schedule_config": [{"schedule_config": [{"schedule_expression": expression}]}]},
	"references": {"monitoring_schedule_config.monitoring_job_definition_name": [
		"aws_sagemaker_data_quality_job_definition.a.name",
	]},
}

labelled(class) := object.union(endpoint, {"values": {"tags": {"risk": class}}})

clean(found) if {
	found.findings == set()
	found.undetermined == set()
}

codes(resources) := {f.code | some f in decided(resources).findings}

undetermined(resources) := undetermined_in(document(resources))

undetermined_in(given) := {u.resource | some u in open} if {
	open := control.undetermined with input as given
}

# The first resource that refers to `target` may refer to a sibling of it.
ambiguous(resources, target) := json.patch(document(resources), [{
	"op": "add",
	"path": sprintf("/facts/referenced_by/%s/0/ambiguous", [target.address]),
	"value": true,
}])

document(resources) := terraform.plan_for(resources, {"operations": {"endpoint_monitoring": {
	"risk_class_keys": ["risk"],
	"owed_for": ["high"],
	"not_owed_for": ["minimal"],
}}})

decided(resources) := answer if {
	answer := {
		"resources": control.resources,
		"findings": control.findings,
		"undetermined": control.undetermined,
	} with input as document(resources)
}
