package policyctl.controls.agents.server_encryption

import data.policyctl.lib.agent

# METADATA
# description: The servers that are reached at an address, or are handed one.
resources contains server.id if some server in _addressed

# METADATA
# description: The way to the server is not encrypted, and leaves this machine.
findings contains finding if {
	some server in _addressed
	some address in agent.entries(server, "addresses")
	address.scheme in {"http", "ws"}
	host := agent.text(address, "host", "")
	host != ""
	not _is_near(address)

	finding := {
		"code": "not_encrypted",
		"resource": server.id,
		"message": sprintf("what is exchanged with %s is not encrypted (%s)", [host, address.scheme]),
		"path": agent.at(address, []),
	}
}

# METADATA
# description: Scheme or host is a variable, or there is no address where there must be one.
undetermined contains entry if {
	some server in _addressed
	some address in agent.entries(server, "addresses")
	not _is_told(address)

	entry := {
		"resource": server.id,
		"path": agent.at(address, []),
		"reason": "the address is filled in later, so that nobody can tell whether the way there is encrypted",
	}
}

undetermined contains entry if {
	some server in _addressed
	agent.entries(server, "addresses") == []

	entry := {
		"resource": server.id,
		"path": agent.at(server, []),
		"reason": "the file does not tell at which address the server is reached",
	}
}

undetermined contains entry if {
	some server in agent.running
	some entry in agent.unread(server, "addresses", server.id)
}

undetermined contains entry if some entry in agent.unread_servers

_addressed := [server | some server in agent.running; not _is_local(server)]

_is_local(server) if {
	server.transport == "stdio"
	server.addresses == []
}

_is_told(address) if address.scheme in {"https", "wss"}

_is_told(address) if {
	address.scheme in {"http", "ws"}
	agent.text(address, "host", "") != ""
}

_is_near(address) if address.loopback == true

_is_near(address) if address.host in input.profile.parameters.agents.server_encryption.exempt_hosts
