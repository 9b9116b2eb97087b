package policyctl.controls.supply_chain.safe_formats_test

import data.policyctl.controls.supply_chain.safe_formats as control
import data.policyctl.testing.model as make

test_files_that_hold_nothing_but_data_pass if {
	control.resources == {"mlflow:wine/1"} with input as of(["model.safetensors", "sub/Other.SafeTensors", "MLmodel", "code/MLmodel"])
	control.findings == set() with input as of(["model.safetensors", "sub/Other.SafeTensors", "MLmodel", "code/MLmodel"])
	control.undetermined == set() with input as of(["model.safetensors", "sub/Other.SafeTensors", "MLmodel", "code/MLmodel"])
}

test_a_pickle_fails_wherever_it_lies if {
	control.findings == {{
		"code": "runs_code",
		"resource": "mlflow:wine/1",
		"message": "data/sub/model.pkl is of a format that can run code when it is loaded",
		"path": ["artefact", "files", 1, "path"],
	}} with input as of(["MLmodel", "data/sub/model.pkl"])
	every path in ["model.PKL", "pytorch_model.bin", "pytorch_model-00001-of-00002.bin"] {
		codes == {"runs_code"} with input as of([path])
		control.undetermined == set() with input as of([path])
	}
}

test_a_file_that_the_profile_accepts_passes_whatever_its_format if {
	control.findings == set() with input as of(["reviewed.pkl"])
	codes == {"runs_code"} with input as of(["not_reviewed.pkl"])
}

test_a_format_that_nobody_knows_cannot_be_told if {
	every path in ["weights.bin", "model.h5", "model", "model.pkl.gz", "model.safetensors/x", ".pkl.", "MLmodel.x"] {
		control.findings == set() with input as of([path])
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": sprintf("it is not known whether loading %s can run code", [path]),
			"path": ["artefact", "files", 0, "path"],
		}} with input as of([path])
	}
}

test_a_file_without_a_path_cannot_be_told if {
	every broken in [null, "", " ", 7, ["model.safetensors"]] {
		control.findings == set() with input as of([broken])
		{entry.reason | some entry in control.undetermined} == {"it is not known whether loading a file can run code"} with input as of([broken])
	}
	count(control.undetermined) == 1 with input as make.version({"artefact": {"files": [null]}}, parameters, {})
}

test_files_that_are_not_known_cannot_be_told if {
	every broken in [null, "", {}, {"files": []}, {"files": {}}, {"files": "model.skops"}] {
		control.findings == set() with input as make.version({"artefact": broken}, parameters, {})
		control.undetermined == {{
			"resource": "mlflow:wine/1",
			"reason": "the version's files are not known",
			"path": ["artefact", "files"],
		}} with input as make.version({"artefact": broken}, parameters, {})
	}
	count(control.undetermined) == 1 with input as make.version({}, parameters, {})
}

codes := {finding.code | some finding in control.findings}

of(paths) := make.version({"artefact": {"files": [{"path": path} | some path in paths]}}, parameters, {})

parameters := {"supply_chain": {"safe_formats": {
	"accepted": ["*.safetensors", "MLmodel", "reviewed.pkl"],
	"refused": ["*.pkl", "pytorch_model*.bin"],
}}}
