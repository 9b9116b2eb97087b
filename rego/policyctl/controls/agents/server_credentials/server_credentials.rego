package policyctl.controls.agents.server_credentials

import data.policyctl.lib.agent

# METADATA
# description: All servers, those that are switched off as well, because what stands in the file is read by whoever has it.
resources contains server.id if some server in agent.servers

# METADATA
# description: The file itself, where it hands something to the agent or asks for an input.
resources contains input.facts.id if {
	_values != []
}

# METADATA
# description: A credential stands in the file.
findings contains finding if {
	some holder in _holders
	some value in agent.entries(holder.thing, "values")
	value.holds == "credential"

	finding := {
		"code": "credential",
		"resource": holder.resource,
		"message": sprintf("%s stands in the file", [_told(value)]),
		"path": agent.at(value, []),
	}
}

undetermined contains entry if {
	some holder in _holders
	some value in agent.entries(holder.thing, "values")
	not _is_told(value)

	entry := {
		"resource": holder.resource,
		"path": agent.at(value, []),
		"reason": "what stands there could not be read",
	}
}

undetermined contains entry if {
	some holder in _holders
	some entry in agent.unread(holder.thing, "values", holder.resource)
}

undetermined contains entry if some entry in agent.unread_servers

_holders := array.concat(
	[{"resource": input.facts.id, "thing": {"path": [], "values": _values}}],
	[{"resource": server.id, "thing": server} | some server in agent.servers],
)

default _values := null

_values := input.facts.values

_is_told(value) if value.holds in {"credential", "reference", "other"}

_told(value) := sprintf("the credential in the %s %s", [place, name]) if {
	place := _places[value.place]
	name := agent.text(value, "name", "")
	name != ""
} else := "a credential"

_places := {"env": "variable", "header": "header", "argument": "argument after", "url": "address", "input": "default of the input", "setting": "setting"}
