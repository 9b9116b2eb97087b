# METADATA
# scope: package
# description: |
#   What of an object can be read as Kubernetes would: types of fields, image references, and pods that stand where none is looked for.
#   What cannot is told in words and never passes. A cluster refuses most of it; a file may hold anything.
package policyctl.readable

import data.policyctl.quantities

# METADATA
# description: The fields of a securityContext by the name of their fact, with where they stand and their type.
security_fields := {
	"privileged": {"path": ["privileged"], "type": "boolean"},
	"allow_privilege_escalation": {"path": ["allowPrivilegeEscalation"], "type": "boolean"},
	"run_as_non_root": {"path": ["runAsNonRoot"], "type": "boolean"},
	"read_only_root_filesystem": {"path": ["readOnlyRootFilesystem"], "type": "boolean"},
	"run_as_user": {"path": ["runAsUser"], "type": "number"},
	"run_as_group": {"path": ["runAsGroup"], "type": "number"},
	"fs_group": {"path": ["fsGroup"], "type": "number"},
	"proc_mount": {"path": ["procMount"], "type": "string"},
	"seccomp_profile": {"path": ["seccompProfile", "type"], "type": "string"},
	"app_armor_profile": {"path": ["appArmorProfile", "type"], "type": "string"},
	"host_process": {"path": ["windowsOptions", "hostProcess"], "type": "boolean"},
	"se_linux_type": {"path": ["seLinuxOptions", "type"], "type": "string"},
	"se_linux_user": {"path": ["seLinuxOptions", "user"], "type": "string"},
	"se_linux_role": {"path": ["seLinuxOptions", "role"], "type": "string"},
}

# METADATA
# description: Whether a value is of the type; a number is a whole one.
is_of(value, "number") if {
	is_number(value)
	floor(value) == value
}

is_of(value, type) if {
	type != "number"
	type_name(value) == type
}

# METADATA
# description: Whether a text is what a runtime takes for an image. The grammar is that of the collector.
is_image(reference) if {
	is_string(reference)
	count(reference) <= 512
	parts := split(reference, "/")
	regex.match(_reference, _with_registry(reference, parts))
	every digest in array.slice(split(reference, "@"), 1, 2) {
		_is_digest(digest)
	}
	some long in [trim_prefix(_with_registry(reference, parts), concat("", [_registry(reference, parts), "/"]))]
	count(split(split(long, "@")[0], ":")[0]) <= 255
}

# METADATA
# description: Sentences about an object whose pod stands at this path.
problems(root, path) := {text |
	some text in union({_pod(root, path), _types(root, path), _elsewhere(root, path)})
}

_pod(root, path) := {sprintf("%s names no container: there is no pod to look at", [concat(".", path)])} if {
	containers := object.get(root, array.concat(path, ["containers"]), null)
	not _some(containers)
} else := set()

_some(containers) if {
	is_array(containers)
	count(containers) > 0
}

# A pod's or container's image elsewhere in the object would be looked at by the collector, and is not here.
_elsewhere(root, path) := {sprintf("%v stands where no pod is looked for", [at]) |
	walk(root, [at, value])
	is_object(value)
	not array.slice(at, 0, 1) in [["metadata"], ["status"]]
	some key in {"containers", "initContainers", "image"}
	value[key] != null
	not _looked_at(at, path, key, value)
}

_looked_at(at, path, key, _) if {
	at == path
	key != "image"
}

_looked_at(at, path, "image", _) if {
	array.slice(at, 0, count(path)) == path
	at[count(path)] in {"containers", "initContainers", "sidecars", "ephemeralContainers"}
}

_looked_at(at, path, "image", value) if {
	array.slice(at, 0, count(path) + 1) == array.concat(path, ["volumes"])
	not value.image.repository
}

_types(root, path) := {sprintf("%s is not %s", [concat(".", [sprintf("%v", [part]) | some part in problem.path]), problem.wanted]) |
	some problem in _wrong(root, path)
}

_wrong(root, path) := union({
	{{"path": array.concat(path, field.path), "wanted": field.type} |
		some field in _pod_fields
		_is_wrong(object.get(root, array.concat(path, field.path), null), field.type)
	},
	{{"path": array.concat(at.path, field.path), "wanted": field.type} |
		some at in _containers(root, path)
		some field in _container_fields
		_is_wrong(object.get(at.node, field.path, null), field.type)
	},
	{{"path": array.concat(path, [key, index]), "wanted": "object"} |
		some key in array.concat(_container_lists, ["volumes"])
		some index, entry in object.get(root, array.concat(path, [key]), [])
		not is_object(entry)
	},
	{{"path": array.concat(at.path, problem), "wanted": "what belongs there"} |
		some at in _containers(root, path)
		some problem in _of_container(at.node)
	},
	{{"path": array.concat(path, problem), "wanted": "what belongs there"} |
		some problem in _of_pod(object.get(root, path, {}))
	},
	{{"path": array.concat(parent, ["metadata"]), "wanted": "labelled with texts"} |
		parent := array.slice(path, 0, count(path) - 1)
		_bad_metadata(object.get(root, array.concat(parent, ["metadata"]), {}))
	},
})

_bad_metadata(metadata) if not type_name(metadata) in {"object", "null"}

_bad_metadata(metadata) if _bad_labels(object.get(metadata, "labels", {}))

_bad_labels(labels) if not type_name(labels) in {"object", "null"}

_bad_labels(labels) if {
	some value in labels
	not type_name(value) in {"string", "null"}
}

_is_wrong(value, type) if {
	value != null
	not is_of(value, type)
}

_container_lists := ["initContainers", "containers", "sidecars", "ephemeralContainers"]

_containers(root, path) := {{"path": array.concat(path, [key, index]), "node": node} |
	some key in _container_lists
	some index, node in object.get(root, array.concat(path, [key]), [])
	is_object(node)
}

_context_fields := array.concat(
	[{"path": array.concat(["securityContext"], field.path), "type": field.type} | some field in security_fields],
	[{"path": array.concat(["securityContext"], path), "type": type} |
		some type, paths in {
			"object": [[], ["seccompProfile"], ["appArmorProfile"], ["windowsOptions"], ["seLinuxOptions"], ["capabilities"]],
			"array": [["sysctls"], ["capabilities", "add"], ["capabilities", "drop"]],
		}
		some path in paths
	],
)

_pod_fields := array.concat(_context_fields, [{"path": [key], "type": type} |
	some type, keys in {
		"boolean": ["hostNetwork", "hostPID", "hostIPC", "automountServiceAccountToken"],
		"string": ["serviceAccountName", "serviceAccount"],
		"array": array.concat(_container_lists, ["volumes"]),
	}
	some key in keys
])

_container_fields := array.concat(_context_fields, [{"path": path, "type": type} |
	some type, paths in {
		"string": [["name"]],
		"object": [["resources"], ["resources", "limits"], ["resources", "requests"], ["livenessProbe"], ["readinessProbe"], ["startupProbe"]],
		"array": [["args"], ["env"], ["envFrom"], ["ports"]],
	}
	some path in paths
])

# Lists and mappings inside a container, entry by entry.
_of_container(node) := union({
	_of_context(node),
	{["command"] | not type_name(object.get(node, "command", null)) in {"array", "string", "null"}},
	{[key, index] | some key in ["command", "args"]; is_array(node[key]); some index, text in node[key]; not is_string(text)},
	{[key, index] | some key in ["env", "envFrom", "ports"]; some index, entry in node[key]; not is_object(entry)},
	{["env", index] | some index, entry in node.env; not _is_variable(entry)},
	{["ports", index, "hostPort"] | some index, entry in node.ports; _is_wrong(object.get(entry, "hostPort", null), "number")},
	{["resources", key] | some key, _ in node.resources; not key in {"limits", "requests", "claims"}},
	{["resources", key, resource] |
		some key in ["limits", "requests"]
		some resource, value in node.resources[key]
		quantities.is_wrong(resource, value)
	},
})

_of_context(node) := union({
	{["securityContext", "sysctls", index] | some index, entry in node.securityContext.sysctls; not _is_named(entry)},
	{["securityContext", "capabilities", key, index] |
		some key in ["add", "drop"]
		some index, text in node.securityContext.capabilities[key]
		not is_string(text)
	},
})

_of_pod(spec) := union({
	_of_context(spec),
	{["volumes", index] | some index, volume in spec.volumes; is_object(volume); not _is_volume(volume)},
})

_is_named(entry) if {
	is_string(entry.name)
	entry.name != ""
}

_is_variable(entry) if {
	_is_named(entry)
	type_name(object.get(entry, "value", null)) in {"string", "null"}
	type_name(object.get(entry, "valueFrom", null)) in {"object", "null"}
	_one_source(entry)
}

_one_source(entry) if object.get(entry, "valueFrom", null) in [null, {}]

_one_source(entry) if not object.get(entry, "value", null) in {null, ""}

_one_source(entry) if {
	known := {"secretKeyRef", "configMapKeyRef", "fieldRef", "resourceFieldRef", "fileKeyRef"}
	count([key | some key, value in entry.valueFrom; key in known; value != null]) == 1
}

_is_volume(volume) if {
	type_name(object.get(volume, "name", null)) in {"string", "null"}
	count([key | some key, value in volume; key != "name"; value != null]) <= 1
	type_name(object.get(volume, "hostPath", null)) in {"object", "null"}
	type_name(object.get(volume, ["hostPath", "path"], null)) in {"string", "null"}
	type_name(object.get(volume, "projected", null)) in {"object", "null"}
	_objects(object.get(volume, ["projected", "sources"], null))
}

_objects(null)

_objects(listed) if {
	is_array(listed)
	every entry in listed {
		is_object(entry)
	}
}

# What the runtime reads: a first part is a registry only where it cannot be a part of a repository's name.
_with_registry(reference, parts) := reference if {
	_is_registry(parts)
} else := concat("/", ["docker.io", reference])

_registry(_, parts) := parts[0] if {
	_is_registry(parts)
} else := "docker.io"

_is_registry(parts) if {
	count(parts) > 1
	regex.match(`[.:]|^localhost$|[A-Z]`, parts[0])
}

_reference := concat("", [
	`^`, `(?:`, _label, `(?:\.`, _label, `)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?/`, _part, `(?:/`, _part, `)*`,
	`(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?`,
	`(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$`,
])

_label := `(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])`

_part := `[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*`

_is_digest(digest) if {
	[algorithm, encoded] := split(digest, ":")
	encoded == lower(encoded)
	count(encoded) == object.get({"sha256": 64, "sha384": 96, "sha512": 128}, algorithm, count(encoded))
}
