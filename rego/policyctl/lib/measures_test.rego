package policyctl.lib.measures_test

import data.policyctl.lib.measures

test_a_metric_is_known_by_each_of_its_names if {
	every name, measure in {
		"accuracy": "accuracy",
		"accuracy_score": "accuracy",
		" Acc ": "accuracy",
		"f1": "f1",
		"F1 Score": "f1",
		"f1-macro": "f1",
		"f1_micro": "f1",
		"f1_weighted": "f1",
		"macro_f1": "f1",
		"micro-F1": "f1",
		"weighted f1": "f1",
		"precision": "precision",
		"precision_score": "precision",
		"recall": "recall",
		"recall_score": "recall",
		"auc": "auc",
		"AUROC": "auc",
		"roc_auc": "auc",
		"roc_auc_score": "auc",
		"wer": "wer",
		"Word Error Rate": "wer",
		"cer": "cer",
		"character_error_rate": "cer",
		"perplexity": "perplexity",
		"ppl": "perplexity",
	} {
		measures.named(name) == measure
	}
}

test_the_part_of_the_data_is_no_part_of_the_name if {
	every part in ["eval", "test", "val", "validation", "holdout"] {
		measures.named(sprintf("%s_accuracy_score", [part])) == "accuracy"
	}
	measures.named("training_accuracy_score") == "other"
	measures.named("my_test_accuracy") == "other"
}

test_what_is_no_name_measures_nothing if {
	every value in [null, "", " ", 1, true, ["accuracy"], {}] {
		measures.named(value) == ""
	}
	measures.named("bleu") == "other"
}

test_two_names_of_one_metric_have_one_key if {
	measures.key("Accuracy") == measures.key("val_accuracy_score")
	measures.key("ROUGE-L") == "rouge_l"
	measures.key("test rouge_l") == "rouge_l"
	measures.key(null) == ""
	measures.key("") == ""
}

test_fewer_errors_are_better if {
	every measure in ["wer", "cer", "perplexity"] {
		measures.is_error(measure)
	}
	every measure in ["accuracy", "f1", "", "other"] {
		not measures.is_error(measure)
	}
}

test_a_number_is_read_as_a_fraction_or_a_percentage if {
	every number, fraction in {"0": 0, "0.5": 0.5, "1": 1, "2": 0.02, "90": 0.9, "100": 1} {
		measures.fraction(to_number(number)) == fraction
	}
	every value in [-0.1, 1.01, 1.99, 100.1, "0.5", null, true, [0.5], {}] {
		measures.fraction(value) == null
	}
}
