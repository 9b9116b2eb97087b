package policyctl.controls.release.monitoring_configured

import data.policyctl.lib.entry
import data.policyctl.lib.model
import data.policyctl.lib.record

resources := model.models

# METADATA
# description: Nobody says that the version will be watched.
findings contains model.finding("no_monitoring", "no release record says how the version is watched in use", _path) if {
	not is_object(_monitoring)
}

# METADATA
# description: It is watched by nobody.
findings contains model.finding("no_owner", "the release record does not say who watches the version in use", array.concat(_path, ["owner"])) if {
	is_object(_monitoring)
	entry.says(_monitoring, "owner") == false
}

# METADATA
# description: Nothing is watched, or something that is not said.
findings contains model.finding("nothing_watched", "the release record does not say what is watched in use", array.concat(_path, ["watched"])) if {
	is_object(_monitoring)
	record.all_say(entry.value(_monitoring, "watched")) == false
}

# METADATA
# description: What shows it is not named by its digest, is not there, or is another document.
findings contains model.finding(code, _said[code], array.concat(_path, ["evidence"])) if {
	is_object(_monitoring)
	some code in record.evidence_defects(entry.value(_monitoring, "evidence"))
}

_monitoring := model.stated("monitoring")

_said := {
	"no_evidence": "no document that shows the monitoring is named with its SHA-256 digest",
	"evidence_changed": "a document that shows the monitoring is not the one that was recorded",
	"evidence_missing": "a document that shows the monitoring is not where the record says",
}

_path := ["release", "monitoring"]
