# METADATA
# scope: package
# description: |
#   Metrics that mean the same wherever they are reported, by the names that cards, scikit-learn and MLflow give them. No control logic.
#   Functions are total and take any value.
package policyctl.lib.measures

import data.policyctl.lib.model_card

# METADATA
# description: What a metric measures; "" where this names nothing, "other" where it is none of these.
named(metric) := "" if {
	model_card.text(metric, "") == ""
} else := _names[_plain(metric)] if {
	_names[_plain(metric)]
} else := "other"

# METADATA
# description: What tells whether two names mean the same metric; "" where this names nothing. Of a metric that is none of these, its name.
key(metric) := _plain(metric) if {
	named(metric) == "other"
} else := named(metric)

# METADATA
# description: Whether fewer is better.
is_error(measure) := measure in {"wer", "cer", "perplexity"}

# METADATA
# description: |
#   A number as a fraction: up to 1 it is one, from 2 to 100 a percentage. Between them it may be either, elsewhere it is neither, and null
#   is given.
fraction(number) := number if {
	is_number(number)
	number >= 0
	number <= 1
} else := number / 100 if {
	is_number(number)
	number >= 2
	number <= 100
} else := null

# "_" for blanks and dashes, without the name of the part of the data that was kept for tests.
_plain(metric) := regex.replace(replace(replace(lower(trim_space(metric)), " ", "_"), "-", "_"), `^(eval|test|val|validation|holdout)_`, "")

_names := {
	"accuracy": "accuracy",
	"accuracy_score": "accuracy",
	"acc": "accuracy",
	"f1": "f1",
	"f1_score": "f1",
	"f1_macro": "f1",
	"f1_micro": "f1",
	"f1_weighted": "f1",
	"macro_f1": "f1",
	"micro_f1": "f1",
	"weighted_f1": "f1",
	"precision": "precision",
	"precision_score": "precision",
	"recall": "recall",
	"recall_score": "recall",
	"auc": "auc",
	"auroc": "auc",
	"roc_auc": "auc",
	"roc_auc_score": "auc",
	"wer": "wer",
	"word_error_rate": "wer",
	"cer": "cer",
	"character_error_rate": "cer",
	"perplexity": "perplexity",
	"ppl": "perplexity",
}
