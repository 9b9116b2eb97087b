package policyctl.lib.model_test

import data.policyctl.lib.model

test_a_digest_of_all_needs_that_of_each_file if {
	model.digest == long with input as with_facts({"artefact": {"files": [{"path": "a", "sha256": long}], "sha256": long}})
	every broken in [null, [], "a", [{"path": "a"}], [{"path": "a", "sha256": "0f3c"}], [null]] {
		model.digest == null with input as with_facts({"artefact": {"files": broken, "sha256": long}})
	}
	model.digest == null with input as with_facts({"artefact": {"files": [{"path": "a", "sha256": long}], "sha256": upper(long)}})
	model.digest == null with input as with_facts({})
}

test_a_card_and_files_that_cannot_be_read_are_none if {
	model.card == {"path": "README.md"} with input as with_facts({"card": {"path": "README.md"}})
	model.files == [{"path": "a"}, null] with input as with_facts({"artefact": {"files": [{"path": "a"}, null]}})
	every other in [null, "", "a", 7, true] {
		model.card == null with input as with_facts({"card": other})
		model.files == [] with input as with_facts({"artefact": other})
		model.files == [] with input as with_facts({"artefact": {"files": other}})
	}
	model.card == null with input as with_facts({"card": []})
	model.files == [] with input as with_facts({"artefact": {"files": {}}})
	model.card == null with input as with_facts({})
	model.files == [] with input as with_facts({})
}

test_what_is_told_of_a_version_names_it if {
	model.models == {"wine/1"} with input as with_facts({})
	model.finding("a", "b", ["c"]) == {"code": "a", "resource": "wine/1", "message": "b", "path": ["c"]} with input as with_facts({})
	model.untold("b", ["c"]) == {"resource": "wine/1", "reason": "b", "path": ["c"]} with input as with_facts({})
}

test_what_a_record_does_not_state_is_null if {
	model.stated("owner") == {"name": "a"} with input as with_facts({"release": {"owner": {"name": "a"}}})
	model.stated("owner") == null with input as with_facts({"release": {}})
	model.stated("owner") == null with input as with_facts({})
	model.says("intended_use") with input as with_facts({"release": {"intended_use": "Sorts wines"}})
	model.says("intended_use") == false with input as with_facts({"release": {"intended_use": "TBD"}})
	model.says("intended_use") == false with input as with_facts({})
}

test_an_empty_text_is_none if {
	model.text({"a": "b"}, "a") == "b"
	model.text({"a": " b"}, "a") == " b"
	every other in ["", " ", null, 7, ["b"], {"b": "c"}] {
		model.text({"a": other}, "a") == null
	}
	model.text({}, "a") == null
	model.text(null, "a") == null
}

test_a_run_that_cannot_be_read_is_empty if {
	model.run == {"id": "r1"} with input as with_facts({"run": {"id": "r1"}})
	model.run == {} with input as with_facts({})
	model.run == {} with input as with_facts({"run": "r1"})
}

test_training_data_are_those_that_the_run_says_it_trained_on if {
	every context in ["training", "Training", "train", "fine-tuning", "finetuning"] {
		model.training == {1: {"name": "b", "context": context}} with input as with_facts({"datasets": [{"name": "a"}, {"name": "b", "context": context}]})
	}
	every context in ["", "eval", "test", null, 7, ["training"]] {
		model.training == {} with input as with_facts({"datasets": [{"name": "a", "context": context}]})
	}
	every broken in [null, "training", {}, [null], ["training"]] {
		model.training == {} with input as with_facts({"datasets": broken})
	}
	model.training == {} with input as with_facts({})
	model.datasets == [] with input as with_facts({})
}

test_results_that_cannot_be_read_are_none if {
	model.evaluations == [{"metric": "f1"}] with input as with_facts({"evaluations": [{"metric": "f1"}]})
	model.evaluations == [] with input as with_facts({"evaluations": {"0": 1}})
	model.evaluations == [] with input as with_facts({})
}

test_a_strong_digest_has_128_bits if {
	every strong in [md5, upper(md5), long, concat("", ["md5:", md5]), concat("", ["sha256:", long]), concat("", [md5, ".dir"])] {
		model.is_strong(strong)
	}
	every weak in [substring(md5, 0, 31), "0f3c0f3c", "", concat("", ["g", md5]), concat("", ["crc:", md5]), null, 7, [md5]] {
		model.is_strong(weak) == false
	}
}

test_equal_digests_are_of_the_same_data if {
	model.same_data(md5, upper(md5)) == "yes"
	model.same_data("0f3c0f3c", "0f3c0f3c") == "yes"
	model.same_data(md5, concat("", ["md5:", md5, ".dir"])) == "yes"
}

test_the_first_half_of_a_digest_stands_for_it if {
	model.same_data(long, substring(long, 0, 32)) == "yes"
	model.same_data(substring(long, 0, 32), long) == "yes"
	model.same_data(long, substring(long, 0, 31)) == "untold"
	model.same_data(substring(long, 0, 31), long) == "untold"
}

test_digests_of_one_length_that_differ_are_of_other_data if {
	model.same_data("0f3c0f3c", "0f3c0f3d") == "no"
	model.same_data(md5, substring(long, 0, 32)) == "no"
}

test_a_digest_of_other_line_ends_shows_no_difference if {
	converted := concat("", ["md5-dos2unix:", md5])
	model.is_strong(converted)
	model.same_data(converted, md5) == "yes"
	model.same_data(converted, substring(long, 0, 32)) == "untold"
	model.same_data(substring(long, 0, 32), concat("", [" ", upper(converted)])) == "untold"
}

test_digests_of_two_lengths_cannot_be_compared if {
	model.same_data(md5, long) == "untold"
	model.same_data("0f3c0f3c", md5) == "untold"
	every other in [null, 7, [md5]] {
		model.same_data(md5, other) == "untold"
		model.same_data(other, md5) == "untold"
	}
}

test_a_version_of_a_registry_is_told_by_its_name_or_its_facts if {
	model.registered == true with input as {"facts": {"id": "mlflow:wine/1"}}
	every facts in [{"registry": "mlflow"}, {"version": "1"}, {"status": "ready"}] {
		model.registered == true with input as with_facts(facts)
	}
	model.registered == false with input as with_facts({"name": "wine"})
}

md5 := "d41d8cd98f00b204e9800998ecf8427e"

long := "0f3c000000000000000000000000000000000000000000000000000000000000"

with_facts(facts) := {"facts": object.union({"id": "wine/1"}, facts)}
