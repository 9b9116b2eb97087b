package policyctl.controls.agents.machine_access

import data.policyctl.lib.agent

# METADATA
# description: |
#   The servers of which the file says what they may touch, and the file itself where it opens directories. What else is started may do
#   whatever its user may, of which the file tells nothing.
resources contains holder.resource if some holder in _holders

# METADATA
# description: More is given away than a part, which is the file system, a home, the runtime's socket, or the isolation itself.
findings contains finding if {
	some holder in _holders
	some grant in agent.entries(holder.thing, holder.key)
	code := _codes[sprintf("%v/%v", [object.get(grant, "what", ""), object.get(grant, "extent", "")])]

	finding := {
		"code": code,
		"resource": holder.resource,
		"message": sprintf(_messages[code], [agent.text(grant, "target", "what is given")]),
		"path": agent.at(grant, []),
	}
}

# METADATA
# description: A variable stands in the path, or it leads out of where it begins.
undetermined contains entry if {
	some holder in _holders
	some grant in agent.entries(holder.thing, holder.key)
	not _is_told(grant)

	entry := {
		"resource": holder.resource,
		"path": agent.at(grant, []),
		"reason": sprintf("how much %s opens is not told", [agent.text(grant, "target", "what stands there")]),
	}
}

# METADATA
# description: A file system server without roots serves what its client tells it at run time.
undetermined contains entry if {
	some server in _told
	server.confined != "container"
	agent.entries(server, "grants") == []

	entry := {
		"resource": server.id,
		"path": agent.at(server, []),
		"reason": "the file does not tell which directories the server may touch",
	}
}

undetermined contains entry if {
	some server in _told
	confined := agent.text(server, "confined", "")
	not confined in {"container", "roots"}

	entry := {
		"resource": server.id,
		"path": agent.at(server, []),
		"reason": "what the server may touch could not be read",
	}
}

undetermined contains entry if {
	some holder in _holders
	some entry in agent.unread(holder.thing, holder.key, holder.resource)
}

undetermined contains entry if some entry in agent.unread_servers

_holders := array.concat(
	[{"resource": server.id, "thing": server, "key": "grants"} | some server in _told],
	[{"resource": input.facts.id, "thing": agent.approval, "key": "directories"} |
		agent.is_settings
		not _opens_none
	],
)

_opens_none if agent.approval.directories == []

_told := [server | some server in agent.running; not _is_open(server)]

_is_open(server) if server.confined == "no"

_is_told(grant) if {
	grant.what == "directory"
	grant.extent in {"all", "home", "part"}
}

_is_told(grant) if {
	grant.what in {"socket", "privileged", "namespace"}
	grant.extent == "all"
}

_codes := {
	"directory/all": "whole_file_system",
	"directory/home": "home_directory",
	"socket/all": "container_socket",
	"privileged/all": "not_isolated",
	"namespace/all": "not_isolated",
}

_messages := {
	"whole_file_system": "%s is open to the server, and with it what the machine needs and keeps secret",
	"home_directory": "%s is open to the server, and with it a person's keys and tokens",
	"container_socket": "%s lets the server start any container, and so do anything on the machine",
	"not_isolated": "%s takes away what keeps the container apart from the machine",
}
