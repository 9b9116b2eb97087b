# METADATA
# scope: package
# description: Makes documents of agents' configurations for tests of controls. Not part of the bundle.
package policyctl.testing.agent

# METADATA
# description: A document of one configuration. `facts` overrides the defaults of an empty list of servers.
configuration(facts, parameters) := {
	"kind": "agent",
	"subject": {"id": ".mcp.json", "path": ".mcp.json"},
	"system": {},
	"as_of": "2026-11-21",
	"profile": {"parameters": parameters, "enforcement": {}},
	"gaps": [],
	"facts": object.union({"id": ".mcp.json", "format": "mcp", "servers": [], "values": []}, facts),
}

# METADATA
# description: A server that is one exact package, with these changes.
server(changes) := object.union(
	{
		"id": "scores",
		"path": ["mcpServers", "scores"],
		"enabled": true,
		"transport": "stdio",
		"started": "package",
		"command": "npx",
		"packages": [fetched({})],
		"addresses": [],
		"values": [],
		"confined": "no",
		"grants": [],
		"unasked": [],
		"trusted": false,
		"offered": [],
	},
	changes,
)

# METADATA
# description: A package at one exact version, with these changes.
fetched(changes) := object.union(
	{
		"ecosystem": "npm",
		"name": "@example/scores",
		"version": "1.4.2",
		"pin": "exact",
		"path": ["mcpServers", "scores", "args", 1],
	},
	changes,
)

# METADATA
# description: A tool of this name and these words.
tool(name, words) := {"name": name, "words": words, "path": ["mcpServers", "scores", "autoApprove", 0]}

# METADATA
# description: A document that lists one server, with these changes.
of_server(changes, parameters) := configuration({"servers": [server(changes)]}, parameters)

# METADATA
# description: Settings that say nothing, with these changes of what they say about approval.
approval(changes) := object.union(
	{
		"path": ["permissions"],
		"mode": {"path": ["permissions", "defaultMode"], "name": "default", "asks": "each"},
		"rules": [],
		"every_server": false,
		"directories": [],
	},
	changes,
)

# METADATA
# description: A document of settings, with these changes of what they say about approval.
of_settings(changes, parameters) := configuration({"format": "claude_code", "approval": approval(changes)}, parameters)

# METADATA
# description: A rule that allows a tool of a server, with these changes.
mcp_rule(changes) := object.union(
	{
		"path": ["permissions", "allow", 0],
		"effect": "allow",
		"text": "mcp__mail__search",
		"about": "mcp",
		"server": "mail",
		"whole": false,
		"words": ["search"],
	},
	changes,
)

# METADATA
# description: A rule about shell commands that begin so.
shell_rule(effect, prefix, open) := {
	"path": ["permissions", effect, 0],
	"effect": effect,
	"text": sprintf("Bash(%s)", [prefix]),
	"about": "shell",
	"prefix": prefix,
	"open": open,
}
