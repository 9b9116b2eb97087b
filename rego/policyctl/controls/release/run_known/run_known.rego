package policyctl.controls.release.run_known

import data.policyctl.lib.entry
import data.policyctl.lib.model

resources := model.models

# METADATA
# description: The version does not lead to a run.
findings contains model.finding("no_run", "no run is known that trained the version", ["run", "id"]) if _id == null

# METADATA
# description: The run has not come to a good end, so the model may be half of one.
findings contains model.finding("not_finished", message, ["run", "status"]) if {
	_id != null
	_status in {"running", "scheduled", "failed", "killed"}
	message := sprintf("the run %s that trained the version has not finished: it is %s", [_id, _status])
}

# METADATA
# description: The run stands in the registry's bin.
findings contains model.finding("deleted", message, ["run", "deleted"]) if {
	_id != null
	_deleted == true
	message := sprintf("the run %s that trained the version is deleted, and goes when the bin is emptied", [_id])
}

# METADATA
# description: Nobody says how the run ended, or whether it is kept.
undetermined contains model.untold(sprintf("it is not known how the run %s ended", [_id]), ["run", "status"]) if {
	_id != null
	not _status in {"finished", "running", "scheduled", "failed", "killed"}
}

undetermined contains model.untold(sprintf("it is not known whether the run %s is deleted", [_id]), ["run", "deleted"]) if {
	_id != null
	not is_boolean(_deleted)
}

_id := model.text(model.run, "id")

_status := entry.value(model.run, "status")

_deleted := entry.value(model.run, "deleted")
