package policyctl.controls.release.monitoring_configured_test

import data.policyctl.controls.release.monitoring_configured as control
import data.policyctl.testing.model as make

test_monitoring_with_owner_subject_and_evidence_passes if {
	control.resources == {"mlflow:wine/1"} with input as of(watched)
	control.findings == set() with input as of(watched)
}

test_a_version_that_nobody_watches_fails if {
	expected := {found("no_monitoring", "no release record says how the version is watched in use", [])}
	control.findings == expected with input as make.version({}, {}, {})
	every broken in [null, "daily", [], 7] {
		control.findings == expected with input as of(broken)
	}
}

test_monitoring_without_an_owner_fails if {
	every broken in [{}, {"owner": null}, {"owner": "TBD"}, {"owner": 7}] {
		control.findings == {found("no_owner", "the release record does not say who watches the version in use", ["owner"])} with input as of(with_other("owner", broken))
	}
}

test_monitoring_of_nothing_fails if {
	every broken in [{}, {"watched": null}, {"watched": []}, {"watched": "drift"}, {"watched": ["drift", "TBD"]}, {"watched": [7]}] {
		control.findings == {found("nothing_watched", "the release record does not say what is watched in use", ["watched"])} with input as of(with_other("watched", broken))
	}
}

test_monitoring_that_nothing_shows_fails if {
	every broken in [{}, {"evidence": null}, {"evidence": []}, {"evidence": [{"title": "a", "state": "elsewhere"}]}] {
		control.findings == {found("no_evidence", "no document that shows the monitoring is named with its SHA-256 digest", ["evidence"])} with input as of(with_other("evidence", broken))
	}
}

test_evidence_that_is_another_one_or_gone_fails if {
	control.findings == {
		found("evidence_changed", "a document that shows the monitoring is not the one that was recorded", ["evidence"]),
		found("evidence_missing", "a document that shows the monitoring is not where the record says", ["evidence"]),
	} with input as of(with_other("evidence", {"evidence": [
		object.union(document, {"state": "changed"}),
		object.union(document, {"state": "missing"}),
		document,
	]}))
}

found(code, message, at) := {
	"code": code,
	"resource": "mlflow:wine/1",
	"message": message,
	"path": array.concat(["release", "monitoring"], at),
}

document := {"title": "Alerts", "sha256": make.digest, "state": "same"}

watched := {"owner": "Mira Keller", "watched": ["drift"], "evidence": [document]}

with_other(key, value) := object.union(object.remove(watched, {key}), value)

of(monitoring) := make.version({"release": {"monitoring": monitoring}}, {}, {})
