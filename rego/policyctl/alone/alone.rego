# METADATA
# scope: package
# description: What is decided about a document by the controls that need nothing but the object, and what each of its entries does.
package policyctl.alone

import data.policyctl.main

# METADATA
# description: |
#   What `main` answers under a profile of the bundle, with the entries that deny and those that warn, as [control, entry]. Undefined for
#   a profile that selects none of these controls, for one that decides by the dates of a law, and where one was not evaluated.
decided(document, profile) := object.union(answer, {
	"denying": {[id, entry] | some [id, entry, "deny"] in _doing(answer, selected)},
	"warning": {[id, entry] | some [id, entry, "warn"] in _doing(answer, selected)},
}) if {
	selected := _selected(profile)
	answer := main.decision with input as object.union(document, {"profile": selected})
	answer.evaluated == answer.expected
}

# METADATA
# description: Whether a profile can be decided by here.
decides(profile) if _ = _selected(profile)

_selected(profile) := object.union(object.remove(of_kind, ["enforcement"]), {"enforcement": enforcement}) if {
	of_kind := profile.kinds.kubernetes_object
	enforcement := object.remove(of_kind.enforcement, object.keys(data.policyctl.catalog.not_portable))
	count(enforcement) > 0
	not object.get(of_kind, "framework", "") in _dated
}

_dated contains id if {
	some id, framework in data.policyctl.catalog.frameworks
	framework.dated == true
}

_doing(answer, profile) := {[id, entry, profile.enforcement[id]] |
	some id, entries in answer.findings
	some entry in entries
} | {[id, entry, _untold(id, entry, profile)] |
	some id, entries in answer.undetermined
	some entry in entries
}

# A control that could not tell denies where the profile counts that, and where it failed.
_untold(id, entry, profile) := "warn" if {
	profile.enforcement[id] == "deny"
	object.get(entry, "code", "") != "misshapen"
	severity := data.policyctl.catalog.controls[id].severity
	every counted in profile.undetermined {
		counted != severity
	}
} else := profile.enforcement[id]
