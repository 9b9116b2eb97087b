package policyctl.controls.agents.server_versions

import data.policyctl.lib.agent

# METADATA
# description: The servers that are started here. What runs at an address has the version that its operator gives it.
resources contains server.id if some server in _started

# METADATA
# description: A launcher fetches a package or an image without a version, or at one that can be another tomorrow.
findings contains finding if {
	some server in _started
	some fetched in agent.entries(server, "packages")
	pin := fetched.pin
	code := _codes[pin]
	not pin in _accepted

	finding := {
		"code": code,
		"resource": server.id,
		"message": sprintf(_messages[code], [agent.text(fetched, "name", "a package"), agent.text(fetched, "version", "no version")]),
		"path": agent.at(fetched, []),
	}
}

# METADATA
# description: What is started is installed beforehand, stands in a line for a shell, or is started by something that is not known.
undetermined contains entry if {
	some server in _started
	not _is_told(server)

	entry := {
		"resource": server.id,
		"path": agent.at(server, []),
		"reason": sprintf("the file does not tell what %s runs, and at which version", [agent.text(server, "command", "the command")]),
	}
}

# METADATA
# description: A variable stands in the name or the version.
undetermined contains entry if {
	some server in _started
	some fetched in agent.entries(server, "packages")
	not _is_judged(fetched)

	entry := {
		"resource": server.id,
		"path": agent.at(fetched, []),
		"reason": sprintf("the version of %s is filled in later", [agent.text(fetched, "name", "a package")]),
	}
}

undetermined contains entry if {
	some server in _started
	some entry in agent.unread(server, "packages", server.id)
}

undetermined contains entry if some entry in agent.unread_servers

_started := [server | some server in agent.running; not _is_remote(server)]

_is_remote(server) if server.started == "remote"

_is_told(server) if server.started == "own"

_is_told(server) if {
	server.started in {"package", "image"}
	count(agent.entries(server, "packages")) > 0
}

_is_judged(fetched) if _codes[fetched.pin]

_accepted := input.profile.parameters.agents.server_versions.accepted

_codes := {
	"none": "no_version",
	"moving": "moving_version",
	"tag": "moving_version",
	"exact": "not_accepted",
	"commit": "not_accepted",
	"digest": "not_accepted",
}

_messages := {
	"no_version": "%s is fetched with %s: whatever is newest runs",
	"moving_version": "%s is fetched at %s, which may be another program at the next start",
	"not_accepted": "%s is fetched at %s, which is not the kind of version that is wanted here",
}
