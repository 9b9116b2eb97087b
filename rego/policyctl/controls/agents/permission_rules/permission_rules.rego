package policyctl.controls.agents.permission_rules

import data.policyctl.lib.agent

# METADATA
# description: The file, where it holds settings.
resources contains input.facts.id if agent.is_settings

# METADATA
# description: One rule allows any tool, or any command of the shell.
findings contains finding if {
	some rule in agent.allowed
	_is_everything(rule)

	finding := {
		"code": "everything",
		"resource": input.facts.id,
		"message": sprintf("%s allows anything without asking", [agent.text(rule, "text", "the rule")]),
		"path": agent.at(rule, []),
	}
}

# METADATA
# description: A rule allows commands that do harm, and no rule forbids them or has a person asked.
findings contains finding if {
	some rule in agent.allowed
	not _is_everything(rule)
	commands := [command | some command in _dangerous; _covers(rule, command); not _is_restricted(command)]
	count(commands) > 0

	finding := {
		"code": "dangerous",
		"resource": input.facts.id,
		"message": sprintf("%s allows %s without asking, and no rule asks or forbids", [agent.text(rule, "text", "the rule"), concat(", ", commands)]),
		"path": agent.at(rule, []),
	}
}

undetermined contains entry if {
	agent.is_settings
	some entry in agent.unread(agent.approval, "rules", input.facts.id)
}

undetermined contains entry if {
	some rule in agent.allowed
	not _is_told(rule)

	entry := {
		"resource": input.facts.id,
		"path": agent.at(rule, []),
		"reason": sprintf("what %s allows is not known", [agent.text(rule, "text", "the rule")]),
	}
}

_is_everything(rule) if rule.about == "any"

_is_everything(rule) if {
	rule.about == "shell"
	rule.prefix == ""
	rule.open == true
}

# METADATA
# description: Whether some command that the rule allows begins with this one.
_covers(rule, command) if {
	rule.about == "shell"
	rule.open == true
	is_string(rule.prefix)
	startswith(sprintf("%s ", [command]), rule.prefix)
}

_covers(rule, command) if {
	rule.about == "shell"
	rule.open == true
	is_string(rule.prefix)
	startswith(rule.prefix, sprintf("%s ", [command]))
}

_is_restricted(command) if {
	some rule in agent.entries(agent.approval, "rules")
	rule.effect in {"ask", "deny"}
	rule.about == "shell"
	rule.open == true
	is_string(rule.prefix)
	startswith(sprintf("%s ", [command]), rule.prefix)
}

_is_restricted(_) if {
	some rule in agent.entries(agent.approval, "rules")
	rule.effect in {"ask", "deny"}
	rule.about == "any"
}

_is_told(rule) if rule.about in {"tool", "mcp", "any"}

_is_told(rule) if {
	rule.about == "shell"
	is_string(rule.prefix)
	is_boolean(rule.open)
}

_dangerous := input.profile.parameters.agents.permission_rules.commands
