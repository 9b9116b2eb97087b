# METADATA
# scope: package
# description: |
#   Questions about a Terraform plan. No control logic, no provider's names. Every function is total, so that absence has a name.
package policyctl.lib.terraform

# METADATA
# description: The states in which an attribute has no value that anybody configured. What only the provider may set counts as not set.
not_set := {"absent", "null", "empty", "computed"}

# METADATA
# description: Managed resources of one type that the plan creates, changes or keeps.
planned(type) := {resource |
	some resource in input.facts.resources[type]
	_stays(resource)
}

# METADATA
# description: Data sources of one type, read or to be read.
read(type) := {resource |
	some resource in input.facts.resources[type]
	_is_data(resource)
}

# METADATA
# description: Managed resources of one type that the plan deletes, and does not make again.
deleted(type) := {resource |
	some resource in input.facts.resources[type]
	resource.action == "delete"
	not _is_data(resource)
}

# METADATA
# description: |
#   What the plan says of one attribute, by its dotted path: masked, unknown (a configured expression will give it), computed (only
#   the provider may), absent, null, empty ("", [], {}), known.
state(resource, path) := "masked" if {
	_named(resource.masked, path)
} else := "unknown" if {
	_named(resource.unknown, path)
} else := "computed" if {
	_named(resource.computed, path)
} else := _state_of(value(resource, path))

# METADATA
# description: |
#   The value at a dotted path, {"absent": true} where there is none. Ask for its state first.
value(resource, path) := found if {
	is_object(resource.values)
	found := object.get(resource.values, _keys(path), _nothing)
} else := _nothing

# METADATA
# description: |
#   The dotted paths, with indexes, of an attribute that a table writes without them ("encryption.key_id" gives "encryption.0.key_id"):
#   one for each block that the plan shows, the first where it shows none; maps and singly nested blocks have no index. At most three deep.
places(resource, path) := {path} if {
	not contains(path, ".")
} else := {concat(".", [block, last]) | some block in _blocks(resource, array.slice(parts, 0, count(parts) - 1))} if {
	parts := split(path, ".")
	last := parts[count(parts) - 1]
}

# METADATA
# description: |
#   Planned resources of the given types that the configuration names as the source of an attribute (its path without indexes). Those
#   of which the plan does not tell the instance are left out.
sources(resource, path, types) := {source |
	some reference in object.get(resource.references, path, [])
	reference.type in types
	not reference.ambiguous
	source := input.facts.resources[reference.type][reference.at]
	_stays(source)
}

# METADATA
# description: |
#   Addresses of planned resources of the given types that the configuration names as the source of an attribute, also those of which the
#   plan does not tell the instance. Enough to know what kind of thing the value will be.
origins(resource, path, types) := {source.address |
	some reference in object.get(resource.references, path, [])
	reference.type in types
	source := input.facts.resources[reference.type][reference.at]
	_stays(source)
}

# METADATA
# description: Planned resources of the given types of which an attribute at one of the paths names this resource.
referring(resource, types, paths) := {source |
	some reference in _referrers(resource, types, paths)
	not reference.ambiguous
	source := input.facts.resources[reference.type][reference.at]
	_stays(source)
}

# METADATA
# description: |
#   Addresses of resources that may be among `referring` (the plan does not tell which instance they name).
perhaps_referring(resource, types, paths) := {reference.address |
	some reference in _referrers(resource, types, paths)
	reference.ambiguous == true
}

# METADATA
# description: |
#   Addresses of planned resources of the given types that name something the plan does not resolve (a local, a value after apply) at
#   one of the paths: each may belong to any resource.
unattached(types, paths) := {resource.address |
	some type in types
	some resource in planned(type)
	some path in paths
	count({r | some r in object.get(resource.references, path, []); r.type != ""}) == 0
	_leaves_open(resource, path)
}

# The attribute itself, a block around it, or a part of it; the plan writes blocks with their indexes.
_leaves_open(resource, path) if {
	some open in array.concat(resource.unknown, resource.masked)
	_overlap(concat("", [plain(open), "."]), concat("", [path, "."]))
}

_overlap(a, b) if startswith(a, b)

_overlap(a, b) if startswith(b, a)

_referrers(resource, types, paths) := {reference |
	some reference in object.get(input.facts.referenced_by, resource.address, [])
	reference.type in types
	reference.path in paths
}

# Told by what a resource is not, so that one with a broken action or mode is looked at.
_stays(resource) if {
	not _is_data(resource)
	not _goes(resource)
}

_is_data(resource) if resource.mode == "data"

_goes(resource) if resource.action in {"delete", "forget"}

_nothing := {"absent": true}

_state_of(value) := "absent" if {
	value == _nothing
} else := "null" if {
	value == null
} else := "empty" if {
	value in {"", [], {}}
} else := "known"

# A list of paths names a path that it holds, or one below a path that it holds.
_named(paths, path) if path in paths

_named(paths, path) if {
	paths != []
	contains(path, ".")
	parts := split(path, ".")
	some length in numbers.range(1, count(parts) - 1)
	concat(".", array.slice(parts, 0, length)) in paths
}

_keys(path) := [path] if {
	not contains(path, ".")
} else := [key | some part in split(path, "."); key := _key(part)]

_key(part) := to_number(part) if {
	regex.match(`^[0-9]+$`, part)
} else := part

# METADATA
# description: A dotted path without its indexes, as references name it.
plain(path) := concat(".", [part | some part in split(path, "."); not regex.match(`^[0-9]+$`, part)])

_blocks(resource, [a]) := _elements(resource, {a})

_blocks(resource, [a, b]) := _within(resource, _elements(resource, {a}), b)

_blocks(resource, [a, b, c]) := _within(resource, _within(resource, _elements(resource, {a}), b), c)

_within(resource, blocks, name) := _elements(resource, {concat(".", [block, name]) | some block in blocks})

_elements(resource, paths) := {element |
	some path in paths
	some step in _steps(value(resource, path))
	element := concat("", [path, step])
}

# From a block to its elements: a map, or a block that is nested singly, has none.
_steps(blocks) := {sprintf(".%d", [index]) | some index, _ in blocks} if {
	is_array(blocks)
	count(blocks) > 0
} else := {""} if {
	is_object(blocks)
	blocks != _nothing
} else := {".0"}
