# METADATA
# scope: package
# description: |
#   What a request to a cluster gives to judge: a document of the object, and of the object as it was before; or the reason why there is
#   nothing to judge. Without what `policyctl admission serve` may know of other objects, these are its answers to the same questions.
# schemas:
#   - input: {}
package policyctl.reviewing

import data.policyctl.portable

# METADATA
# description: Why there is nothing to judge.
not_judged := "what is deleted no longer runs" if {
	input.request.operation == "DELETE"
} else := "a connection changes no object" if {
	input.request.operation == "CONNECT"
} else := reason if {
	reason := _nothing_to_run[input.request.subResource]
} else := "nothing changes that a control looks at" if {
	_about(_now)
	_kept(_now) == _kept(_before)
}

# METADATA
# description: Why the request cannot be judged. What cannot be read never passes.
refused := "the request holds no object" if {
	not not_judged
	_now == null
} else := "the object is not of the kind that the request is about" if {
	not not_judged
	not _now_is_about
}

# METADATA
# description: The document of the object that the request would have the cluster keep, but for the profile.
document := _document(_placed(_now)) if {
	not not_judged
	not refused
}

# METADATA
# description: The document of the object as it was before an update.
document_before := _document(_placed(_before)) if _about(_before)

# METADATA
# description: What is asked about, for people.
named := sprintf("%v %v", [input.request.kind.kind, concat("/", [part | some part in [_namespace, _name]; part != ""])])

_now := object.get(input.request, "object", null)

_before := object.get(input.request, "oldObject", null)

_namespace := object.get(input.request, "namespace", "")

_name := object.get(input.request, "name", "")

_now_is_about if _about(_now)

_about(value) if {
	kind := input.request.kind
	value.kind == kind.kind
	value.apiVersion == concat("/", [part | some part in [object.get(kind, "group", ""), kind.version]; part != ""])
}

# Subresources that change nothing which a control looks at. Of any other, the object that comes with it is judged.
_nothing_to_run := {
	"status": "a status says what is, not what shall be",
	"scale": "only the number of replicas changes",
	"binding": "a pod is given its node",
	"eviction": "a pod is evicted",
	"token": "a token is asked for",
	"approval": "a certificate is approved",
	"finalize": "a namespace is finalised",
}

# What a cluster notes of an object for itself: no fact is read from it.
_bookkeeping := ["finalizers", "generation", "managedFields", "ownerReferences", "resourceVersion", "selfLink"]

_kept(value) := object.union(object.remove(value, ["status", "metadata"]), {"metadata": object.remove(value.metadata, _bookkeeping)})

# In the namespace of its request, whatever it leaves out.
_placed(value) := object.union(value, {"metadata": {"namespace": _namespace}}) if {
	is_object(value.metadata)
	object.get(value.metadata, "namespace", "") == ""
	_namespace != ""
} else := value

_document(value) := {
	"kind": "kubernetes_object",
	"subject": {"id": facts.id},
	"system": {},
	"simulated": false,
	"waivers": [],
	"facts": facts,
	"gaps": [gap |
		some reason in (unreadable | _not_looked_into(value))
		gap := {"code": "unreadable", "reason": reason, "paths": [["facts", "pods"], ["facts", "containers"]]}
	],
} if {
	facts := portable.document.facts with input as {"review": {"object": value}}
	unreadable := portable.unreadable with input as {"review": {"object": value}}
}

_not_looked_into(value) := set() if {
	some kind in _workloads[_group(value.apiVersion)]
	kind == value.kind
} else := {sprintf("no pod is looked for in objects of kind %v of %v", [value.kind, value.apiVersion])}

_group(version) := split(version, "/")[0] if {
	contains(version, "/")
} else := ""

# Kubernetes' own workloads, whose pod stands at one known place.
_workloads := {
	"": {"Pod", "PodTemplate", "ReplicationController"},
	"apps": {"DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"},
	"batch": {"CronJob", "Job"},
}
