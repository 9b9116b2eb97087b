# METADATA
# scope: package
# description: |
#   The facts of one object of Kubernetes' own workload kinds, as the collector makes them, from the object that is reviewed: `id`,
#   and of the pod and its containers what `fields` names. What is of the wrong type is left out, and told in `unreadable`.
# schemas:
#   - input: {}
package policyctl.portable

import data.policyctl.quantities
import data.policyctl.readable

# METADATA
# description: What a control is asked about. `profile` is what the Constraint says in its parameters.
document := {
	"kind": "kubernetes_object",
	"profile": {"parameters": object.get(input, ["parameters", "profile"], {})},
	"facts": {"id": id, "kind": object.get(_object, "kind", ""), "pods": pods, "containers": containers},
}

# METADATA
# description: Sentences about what could not be read, or stands where no pod is looked for.
unreadable := readable.problems(_object, pod_path)

# METADATA
# description: Where the pod stands in the object.
pod_path := ["spec"] if {
	_object.kind == "Pod"
} else := ["template", "spec"] if {
	_object.kind == "PodTemplate"
} else := ["spec", "jobTemplate", "spec", "template", "spec"] if {
	_object.kind == "CronJob"
} else := ["spec", "template", "spec"]

id := sprintf("%v.%v/%v/%v", [_text("kind"), _group, _namespace, _name])

pods := [pod |
	containers != []
	pod := {
		"path": pod_path,
		"host_network": _is_on("hostNetwork"),
		"host_pid": _is_on("hostPID"),
		"host_ipc": _is_on("hostIPC"),
		"security_context": _security_context(_spec),
		"volumes": [_volume(index, volume) | some index, volume in _listed(_spec, ["volumes"]); is_object(volume)],
	}
]

containers := [container |
	some listed in _lists
	some index, node in _listed(_spec, [listed.key])
	is_object(node)
	container := object.union_n([
		{
			"id": sprintf("%s/%s", [concat(".", pod_path), _called(listed.key, index, node)]),
			"path": array.concat(pod_path, [listed.key, index]),
			"pod": 0,
			"role": listed.role,
			"name": _called(listed.key, index, node),
			"image_source": _image_source(node),
			"limits": quantities.of(object.get(node, ["resources", "limits"], {})),
			"requests": quantities.of(object.get(node, ["resources", "requests"], {})),
			"security_context": _security_context(node),
			"host_ports": [port.hostPort | some port in _listed(node, ["ports"]); port.hostPort != 0; is_number(port.hostPort)],
		},
		_image(node),
	])
]

_object := input.review.object

# What stands where a list should is told in `unreadable`, and holds no entries.
_listed(node, path) := found if {
	found := object.get(node, path, [])
	is_array(found)
} else := []

_text_at(node, path) := found if {
	found := object.get(node, path, "")
	is_string(found)
} else := ""

_lists := [
	{"key": "initContainers", "role": "init"},
	{"key": "containers", "role": "container"},
	{"key": "sidecars", "role": "container"},
	{"key": "ephemeralContainers", "role": "ephemeral"},
]

default _spec := {}

_spec := found if {
	found := object.get(_object, pod_path, {})
	is_object(found)
}

default _text(_) := ""

_text(key) := _object[key] if is_string(_object[key])

_group := split(_text("apiVersion"), "/")[0]

_namespace := _object.metadata.namespace if {
	is_string(_object.metadata.namespace)
	_object.metadata.namespace != ""
} else := "-"

_name := _object.metadata.name if {
	is_string(_object.metadata.name)
	_object.metadata.name != ""
} else := sprintf("%v*", [object.get(_object, ["metadata", "generateName"], "")])

default _is_on(_) := false

_is_on(key) if _spec[key] == true

_called(key, index, node) := node.name if {
	is_string(node.name)
	node.name != ""
} else := sprintf("%s[%d]", [key, index])

_image_source(node) := "missing" if {
	object.get(node, "image", null) in {null, ""}
} else := "manifest"

_image(node) := {"image": {"reference": node.image, "digest": split(node.image, "@")[1]}} if {
	readable.is_image(node.image)
	contains(node.image, "@")
} else := {"image": {"reference": node.image}} if {
	readable.is_image(node.image)
} else := {}

# A volume that names no source is an emptyDir; one that names several cannot be read.
_volume(index, volume) := object.union_n([
	{
		"name": _text_at(volume, ["name"]),
		"path": array.concat(pod_path, ["volumes", index]),
		"source": _source(volume),
	},
	{"host_path": _text_at(volume, ["hostPath", "path"]) | object.get(volume, "hostPath", null) != null},
	{"token": true | some source in _listed(volume, ["projected", "sources"]); object.get(source, "serviceAccountToken", null) != null},
])

_source(volume) := "hostPath" if {
	object.get(volume, "hostPath", null) != null
} else := source if {
	source := [key | some key, value in volume; key != "name"; value != null][0]
} else := "emptyDir"

_security_context(node) := object.union_n([
	{name: value |
		some name, field in readable.security_fields
		value := object.get(node, array.concat(["securityContext"], field.path), null)
		readable.is_of(value, field.type)
	},
	{"sysctls": [entry.name | some entry in _listed(node, ["securityContext", "sysctls"]); is_string(entry.name); entry.name != ""] |
		node.securityContext.sysctls != null
	},
	{name: [text | some text in _listed(node, ["securityContext", "capabilities", key]); is_string(text)] |
		some name, key in {"capabilities_add": "add", "capabilities_drop": "drop"}
		node.securityContext.capabilities[key] != null
	},
])
