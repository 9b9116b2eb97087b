package policyctl.controls.bom.origin

import data.policyctl.lib.bom

resources := {input.facts.id}

# METADATA
# description: The BOM has no identifier of its own, by which another one could refer to it.
findings contains _finding("no_serial", "the BOM has no identifier of its own", ["serialNumber"]) if {
	_serial == ""
}

# METADATA
# description: It is not said when the BOM was made. It may be about what was there a year ago.
findings contains _finding("no_timestamp", "nothing says when the BOM was made", ["metadata", "timestamp"]) if {
	_created == ""
}

# METADATA
# description: Neither a tool nor a person or organisation is named that made the BOM.
findings contains _finding("no_creator", "nothing says who or what made the BOM", ["metadata"]) if {
	not _has_creator
}

_has_creator if {
	some listed in [_tools, _creators]
	some name in listed
	bom.text(name, "") != ""
}

default _tools := []

_tools := input.facts.tools

default _creators := []

_creators := input.facts.creators

_finding(code, message, path) := {
	"code": code,
	"resource": input.facts.id,
	"message": message,
	"path": path,
}

default _serial := ""

_serial := bom.text(input.facts.serial, "")

default _created := ""

_created := bom.text(input.facts.created, "")
