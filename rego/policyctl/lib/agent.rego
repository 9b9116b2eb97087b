# METADATA
# scope: package
# description: |
#   Questions about an agent's configuration: the tool servers that it lists, and what it may do unasked. No control logic. Functions
#   are total, so that absence has a name.
package policyctl.lib.agent

# METADATA
# description: The servers that can be told apart, in their order.
servers := [server | some server in _servers; _is_known(server)]

# METADATA
# description: Those of them that the file does not switch off.
running := [server | some server in servers; not _is_off(server)]

# METADATA
# description: Servers of which nothing can be told, as entries of `undetermined`.
unread_servers contains entry if {
	some index, server in _servers
	not _is_known(server)

	entry := {
		"resource": input.facts.id,
		"path": [],
		"reason": sprintf("what the file says of its server %d could not be read", [index]),
	}
}

# METADATA
# description: Whether the file holds settings, which say what runs unasked; lists of servers do not.
is_settings if not _is_list

# METADATA
# description: What settings say about approval; an empty object where they could not be read.
default approval := {}

approval := input.facts.approval if {
	is_settings
	is_object(input.facts.approval)
}

# METADATA
# description: The rules that let something run unasked.
allowed := [rule | some rule in entries(approval, "rules"); not _is_restriction(rule)]

# METADATA
# description: The objects in the list under a key of a thing; none where there is no list.
entries(thing, key) := [entry | some entry in thing[key]; is_object(entry)] if {
	is_array(thing[key])
} else := []

# METADATA
# description: What cannot be read under a key that must hold a list of objects, as entries of `undetermined`.
unread(thing, key, resource) := set() if {
	is_array(thing[key])
	count(entries(thing, key)) == count(thing[key])
} else := {{
	"resource": resource,
	"path": at(thing, []),
	"reason": sprintf("what stands there of %s could not be read", [key]),
}}

# METADATA
# description: The path of what stands below a thing that knows its place.
at(thing, steps) := array.concat(thing.path, steps) if {
	is_array(thing.path)
} else := steps

# METADATA
# description: A text that says something, or the given word where it does not.
text(thing, key, otherwise) := thing[key] if {
	is_string(thing[key])
	trim_space(thing[key]) != ""
} else := otherwise

# METADATA
# description: Whether something holds of a thing, "yes" or "no"; "unread" where nobody can tell.
flag(thing, key) := "yes" if {
	thing[key] == true
} else := "no" if {
	thing[key] == false
} else := "unread"

# METADATA
# description: Whether a tool's name stands for several, or for nobody knows which.
is_pattern(tool) if {
	some mark in ["*", "?"]
	contains(text(tool, "name", "?"), mark)
} else := false

_is_known(server) if {
	is_string(server.id)
	server.id != ""
}

_is_off(server) if server.enabled == false

_is_list if input.facts.format == "mcp"

_is_restriction(rule) if rule.effect in {"ask", "deny"}

default _servers := []

_servers := input.facts.servers
