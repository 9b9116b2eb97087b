package policyctl.lib.results_test

import data.policyctl.lib.results
import data.policyctl.testing.model as make

test_results_keep_their_places if {
	results.evaluated == [
		{"result": {"metric": "recall"}, "path": ["evaluations", 0]},
		{"result": null, "path": ["evaluations", 2]},
	] with input as of([{"metric": "recall"}, {"metric": "training_recall"}, null])
}

test_what_is_of_the_training_or_the_machine_is_no_result if {
	every metric in ["train_loss", "training_f1_score", "train/loss", "train-auc", "training loss", "train.f1", "system/cpu_utilization_percentage"] {
		results.evaluated == [] with input as of([{"metric": metric}])
	}
	every metric in ["trainer_rank", "val_loss", "my_training_loss", "systems", "training", "", null, 7, ["train_loss"]] {
		count(results.evaluated) == 1 with input as of([{"metric": metric}])
	}
}

test_results_are_found_by_what_they_are_about if {
	every aspect in ["fairness", "robustness", "safety", "drift"] {
		results.about(aspect) == [{"result": {"aspect": aspect}, "path": ["evaluations", 1]}] with input as of([{"aspect": "performance"}, {"aspect": aspect}])
		count(results.about("performance")) == 1 with input as of([{"aspect": "performance"}, {"aspect": aspect}])
	}
}

test_an_aspect_that_cannot_be_read_is_performance if {
	every aspect in [null, "", "speed", 1, ["safety"]] {
		results.aspect_of({"aspect": aspect}) == "performance"
	}
	results.aspect_of({}) == "performance"
	results.aspect_of(null) == "performance"
}

test_a_result_is_bound_by_digest_or_by_the_registry_only if {
	every bound in ["artefact", "registry"] {
		results.is_bound({"bound": bound}) == true
	}
	every bound in ["name", "nothing", "", null, 1, ["registry"]] {
		results.is_bound({"bound": bound}) == false
	}
	results.is_bound({}) == false
	results.is_bound(null) == false
}

test_a_moment_is_written_in_one_way if {
	results.is_moment("2026-11-22T18:00:18.000Z") == true
	every other in ["2026-11-22", "2026-11-22T18:00:18Z", "2026-02-30T18:00:18.000Z", "2026-11-22T18:00:18.000+01:00", "", null, 1795370000000] {
		results.is_moment(other) == false
	}
}

test_a_result_has_a_name_for_messages if {
	results.name({"metric": "f1"}) == "f1"
	results.name({"metric": ""}) == "a result without a metric"
	results.name(null) == "a result without a metric"
}

of(evaluations) := make.version({"evaluations": evaluations}, {}, {})
