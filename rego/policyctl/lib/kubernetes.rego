# METADATA
# scope: package
# description: |
#   Questions about a Kubernetes object and the pods inside it. No control logic. Every function is total, so that absence has a name.
#   What builds or runs an image has containers and no pods; the same questions are asked of it, and more in `lib.images`.
package policyctl.lib.kubernetes

# METADATA
# description: |
#   The id of the object where it runs pods, or where it cannot be told whether it does; empty for objects such as a Service.
workloads contains input.facts.id if _pods != []

workloads contains input.facts.id if _containers != []

# METADATA
# description: Whether the object may belong to an AI workload. Only the collector's plain "no" says that it does not.
default ai := true

ai := false if input.facts.ai_workload == false

# METADATA
# description: Whether the object may answer inference requests. Only the collector's plain "no" says that it does not.
default serving := true

serving := false if input.facts.serving == false

# METADATA
# description: |
#   Whether the object itself may answer inference requests. Templates of servers and graphs of services do not: each service says how
#   it serves.
answers if {
	ai
	serving
	not _template
}

# METADATA
# description: |
#   Whether the object may run a model: it answers with one, trains or is one, or is an AI workload because it names one. Where it is
#   not told why the object is an AI workload, it may be because of that.
runs_model if answers

runs_model if {
	ai
	input.facts.kind in _of_models
}

runs_model if {
	ai
	not _template
	_reasons == []
}

runs_model if {
	ai
	not _template
	some reason in _reasons
	not _another(reason)
}

runs_model if {
	ai
	not _template
	not is_array(_reasons)
}

# METADATA
# description: The containers of all roles, in their order.
containers := [container | some container in _containers; is_object(container)]

# METADATA
# description: The containers that run beside each other for as long as the pod does. Whose role is not known is one of them.
running := [container | some container in containers; _role(container) == "container"]

# METADATA
# description: The containers that may reserve resources, which those that are injected for debugging cannot.
reserving := [container | some container in containers; _role(container) != "ephemeral"]

# METADATA
# description: The pods, by the index that containers and relations name.
pods := {index: pod | some index, pod in _pods; is_object(pod)}

# METADATA
# description: The pod of a container; an empty one where it is not known.
pod_of(container) := pods[container.pod] if {
	pods[container.pod]
} else := {}

# METADATA
# description: |
#   What of the pods could not be told apart, as entries for `undetermined`: lists that are none, entries that are none, a pod without
#   containers, a container without its pod.
unreadable contains _unclear("the containers could not be read") if not is_array(_containers)

unreadable contains _unclear("the pods could not be read") if {
	not _without_pods
	not is_array(_pods)
}

unreadable contains _unclear("a container could not be read") if {
	some container in _containers
	not is_object(container)
}

unreadable contains _unclear("a pod could not be read") if {
	some pod in _pods
	not is_object(pod)
}

unreadable contains _unclear("a pod names no container") if {
	_containers == []
	_pods != []
}

unreadable contains _unclear("a container stands in no pod that is known") if {
	not _without_pods
	some container in containers
	pod_of(container) == {}
}

# METADATA
# description: The path of something below a container or pod.
at(thing, below) := array.concat(thing.path, below) if {
	is_array(thing.path)
} else := below

# METADATA
# description: What a container or another named thing is called, for messages.
name(thing) := thing.name if {
	is_string(thing.name)
	thing.name != ""
} else := "without a name"

# METADATA
# description: Whether a value is a number above zero.
positive(value) if {
	is_number(value)
	value > 0
}

_template if input.facts.kind in {"ServingRuntime", "ClusterServingRuntime", "LLMInferenceServiceConfig", "InferenceGraph"}

_of_models := {"TrainedModel", "TrainJob", "PyTorchJob", "TFJob", "MPIJob", "XGBoostJob", "PaddleJob", "JAXJob", "MXJob"}

default _reasons := null

_reasons := input.facts.ai_reasons

# A reason that is told and is no model.
_another(reason) if {
	is_string(reason)
	reason != ""
	not startswith(reason, "model ")
}

_without_pods if input.kind == "container_image"

_role(container) := container.role if {
	container.role in {"init", "ephemeral"}
} else := "container"

_unclear(reason) := {"resource": input.facts.id, "path": [], "reason": reason}

default _containers := null

_containers := input.facts.containers

default _pods := null

_pods := input.facts.pods
