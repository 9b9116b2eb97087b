package policyctl.controls.agents.human_confirmation

import data.policyctl.lib.agent

# METADATA
# description: The servers that are started or called, and the file itself where it holds settings.
resources contains server.id if some server in agent.running

resources contains input.facts.id if agent.is_settings

# METADATA
# description: No person is asked before any call.
findings contains finding if {
	agent.approval.mode.asks == "never"

	finding := {
		"code": "nobody_asked",
		"resource": input.facts.id,
		"message": sprintf("in the mode %s nobody is asked before anything is done", [agent.text(agent.approval.mode, "name", "that is set")]),
		"path": agent.at(agent.approval.mode, []),
	}
}

# METADATA
# description: A person is asked, but not before what this profile wants to be asked about.
findings contains finding if {
	agent.approval.mode.asks == "edits"
	asking := input.profile.parameters.agents.human_confirmation.asking
	not "edits" in asking

	finding := {
		"code": "edits_not_asked",
		"resource": input.facts.id,
		"message": sprintf("in the mode %s files are changed without asking", [agent.text(agent.approval.mode, "name", "that is set")]),
		"path": agent.at(agent.approval.mode, []),
	}
}

# METADATA
# description: All tools of a server run unasked, those that act among them.
findings contains finding if {
	some server in agent.running
	server.trusted == true

	finding := {
		"code": "nobody_asked",
		"resource": server.id,
		"message": "nobody is asked before this server does anything",
		"path": agent.at(server, ["trust"]),
	}
}

# METADATA
# description: A tool that acts, by the words in its name, runs unasked; so does a pattern that any tool may fit.
findings contains finding if {
	some server in agent.running
	some tool in agent.entries(server, "unasked")
	code := _code(tool, agent.is_pattern(tool))

	finding := {
		"code": code,
		"resource": server.id,
		"message": sprintf(_messages[code], [agent.text(tool, "name", "a tool")]),
		"path": agent.at(tool, []),
	}
}

findings contains finding if {
	some rule in agent.allowed
	rule.about == "mcp"
	code := _code(rule, object.get(rule, "whole", null))

	finding := {
		"code": code,
		"resource": input.facts.id,
		"message": sprintf(_messages[code], [agent.text(rule, "text", "a tool")]),
		"path": agent.at(rule, []),
	}
}

undetermined contains entry if {
	some server in agent.running
	agent.flag(server, "trusted") == "unread"
	entry := _untold(server.id, server, "whether the server is trusted could not be read")
}

undetermined contains entry if {
	some server in agent.running
	some entry in agent.unread(server, "unasked", server.id)
}

undetermined contains entry if {
	some server in agent.running
	some tool in agent.entries(server, "unasked")
	not _is_named(tool)
	entry := _untold(server.id, tool, "which tool runs without asking could not be read")
}

# METADATA
# description: The mode is none of those that are known.
undetermined contains entry if {
	agent.is_settings
	not _is_known_mode
	entry := _untold(input.facts.id, agent.approval, "whether a person is asked in the mode that is set is not known")
}

undetermined contains entry if {
	agent.is_settings
	some entry in agent.unread(agent.approval, "rules", input.facts.id)
}

undetermined contains entry if {
	some rule in agent.allowed
	not _is_told(rule)
	entry := _untold(input.facts.id, rule, sprintf("what %s allows is not known", [agent.text(rule, "text", "the rule")]))
}

undetermined contains entry if some entry in agent.unread_servers

_code(_, true) := "any_action"

_code(thing, false) := "not_asked" if {
	some word in thing.words
	word in input.profile.parameters.agents.human_confirmation.actions
}

_is_known_mode if agent.approval.mode.asks in {"each", "edits", "never"}

# METADATA
# description: A pattern is no name, and stands for whatever fits it.
_is_named(tool) if {
	agent.is_pattern(tool) == true
	agent.text(tool, "name", "") != ""
}

_is_named(tool) if {
	agent.text(tool, "name", "") != ""
	_are_words(tool)
}

_is_told(rule) if rule.about in {"shell", "tool", "any"}

# METADATA
# description: A rule for a whole server names no tool.
_is_told(rule) if {
	rule.about == "mcp"
	agent.flag(rule, "whole") == "yes"
}

_is_told(rule) if {
	rule.about == "mcp"
	agent.flag(rule, "whole") == "no"
	_are_words(rule)
}

_are_words(thing) if {
	is_array(thing.words)
	count(thing.words) > 0
	every word in thing.words { agent.text({"word": word}, "word", "") != "" }
}

_untold(resource, thing, reason) := {"resource": resource, "path": agent.at(thing, []), "reason": reason}

_messages := {
	"any_action": "%s runs whatever it fits without asking, what changes things as well",
	"not_asked": "%s runs without asking, and by its name it changes something",
}
