package policyctl.controls.agents.named_tools

import data.policyctl.lib.agent

# METADATA
# description: The servers that are started or called, and the file itself where it holds settings.
resources contains server.id if some server in agent.running

resources contains input.facts.id if agent.is_settings

# METADATA
# description: All that the server offers, today and after its next version, runs unasked.
findings contains finding if {
	some server in agent.running
	server.trusted == true

	finding := {
		"code": "trusted",
		"resource": server.id,
		"message": "every tool of this server runs without asking",
		"path": agent.at(server, ["trust"]),
	}
}

# METADATA
# description: A pattern stands where the tools are named that run unasked, or that the agent is offered.
findings contains finding if {
	some server in agent.running
	some key, message in _lists
	some tool in agent.entries(server, key)
	agent.is_pattern(tool)

	finding := {
		"code": "pattern",
		"resource": server.id,
		"message": sprintf(message, [agent.text(tool, "name", "what stands there")]),
		"path": agent.at(tool, []),
	}
}

# METADATA
# description: A permission rule allows all tools of a server.
findings contains finding if {
	some rule in agent.allowed
	rule.about == "mcp"
	rule.whole == true

	finding := {
		"code": "whole_server",
		"resource": input.facts.id,
		"message": sprintf("%s lets every tool run that it fits", [agent.text(rule, "text", "the rule")]),
		"path": agent.at(rule, []),
	}
}

# METADATA
# description: Whatever servers a repository brings along are started.
findings contains finding if {
	agent.approval.every_server == true

	finding := {
		"code": "every_server",
		"resource": input.facts.id,
		"message": "servers that a repository brings along are started without asking",
		"path": ["enableAllProjectMcpServers"],
	}
}

undetermined contains entry if {
	some server in agent.running
	agent.flag(server, "trusted") == "unread"
	entry := _untold(server.id, server, "whether the server is trusted could not be read")
}

undetermined contains entry if {
	some server in agent.running
	some key, _ in _lists
	some entry in agent.unread(server, key, server.id)
}

undetermined contains entry if {
	agent.is_settings
	agent.flag(agent.approval, "every_server") == "unread"
	entry := _untold(input.facts.id, agent.approval, "whether every server is started could not be read")
}

undetermined contains entry if {
	agent.is_settings
	some entry in agent.unread(agent.approval, "rules", input.facts.id)
}

# METADATA
# description: A rule is written in a way that nobody here knows.
undetermined contains entry if {
	some rule in agent.allowed
	not _is_told(rule)
	entry := _untold(input.facts.id, rule, sprintf("what %s allows is not known", [agent.text(rule, "text", "the rule")]))
}

undetermined contains entry if some entry in agent.unread_servers

_is_told(rule) if rule.about in {"shell", "tool", "any"}

_is_told(rule) if {
	rule.about == "mcp"
	agent.flag(rule, "whole") != "unread"
}

_untold(resource, thing, reason) := {"resource": resource, "path": agent.at(thing, []), "reason": reason}

_lists := {
	"unasked": "the tools that run without asking are not named one by one (%s)",
	"offered": "the tools that the agent is offered are not named one by one (%s)",
}
