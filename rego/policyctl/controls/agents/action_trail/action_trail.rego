package policyctl.controls.agents.action_trail

import data.policyctl.lib.agent

# METADATA
# description: Settings of a program that can tell somebody of its tool calls. Lists of servers cannot say it.
resources contains input.facts.id if _is_able

# METADATA
# description: Hooks are switched off, and no telemetry takes their place.
findings contains _finding("hooks_off", "hooks are switched off, and nothing else is told what the agent does", ["disableAllHooks"]) if {
	_is_able
	_trail.off == true
	count(agent.entries(_trail, "recorders")) > 0
	count(_working) == 0
}

# METADATA
# description: No hook and no telemetry is told of tool calls.
findings contains _finding("no_trail", "nothing is told what the agent does, so that nobody can look it up", agent.at(_trail, [])) if {
	_is_able
	_trail.recorders == []
}

# METADATA
# description: Only some tools are watched.
findings contains _finding("some_tools", "only calls of some tools are told to somebody, those of the others leave no trace", agent.at(some_recorder, [])) if {
	_is_able
	count([recorder | some recorder in _working; agent.text(recorder, "covers", "") != "some"]) == 0
	some_recorder := _working[0]
}

undetermined contains entry if {
	_is_able
	some entry in agent.unread(_trail, "recorders", input.facts.id)
}

undetermined contains _untold(_trail, "whether hooks are switched off could not be read") if {
	_is_able
	agent.flag(_trail, "off") == "unread"
}

undetermined contains _untold(recorder, "which calls are told to somebody could not be read") if {
	_is_able
	some recorder in agent.entries(_trail, "recorders")
	not _is_told(recorder)
}

_is_able if not _is_unable

_is_unable if input.facts.format in {"mcp", "vscode", "cursor"}

default _trail := {}

_trail := input.facts.trail

# Telemetry does not run through hooks.
_working := [recorder |
	some recorder in agent.entries(_trail, "recorders")
	_is_on(recorder)
]

_is_on(recorder) if recorder.by == "telemetry"

_is_on(_) if _trail.off == false

_is_told(recorder) if {
	recorder.by in {"hook", "telemetry"}
	recorder.covers in {"all", "some"}
}

_finding(code, message, path) := {"code": code, "resource": input.facts.id, "message": message, "path": path}

_untold(thing, reason) := {"resource": input.facts.id, "path": agent.at(thing, []), "reason": reason}
