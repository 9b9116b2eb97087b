# METADATA
# scope: package
# description: |
#   Questions about the results that were recorded of one version of a model. No control logic. Functions are total and take any value.
package policyctl.lib.results

import data.policyctl.lib.entry
import data.policyctl.lib.record

# METADATA
# description: |
#   Every result of an evaluation, in its order, as {"result", "path"}. What a run notes about its own training or its machine is none:
#   metrics that begin with train_, training_ or system/ (MLflow's documentation, "Automatic Logging" and "System Metrics").
evaluated := [{"result": result, "path": ["evaluations", index]} |
	some index, result in input.facts.evaluations
	not _is_of_training(entry.value(result, "metric"))
]

# METADATA
# description: |
#   Those about one aspect of the model: performance, fairness, robustness, safety, drift. A result whose aspect cannot be read is taken
#   for one of performance.
about(aspect) := [one | some one in evaluated; aspect_of(one.result) == aspect]

# METADATA
# description: The aspect that a result is about.
aspect_of(result) := result.aspect if {
	result.aspect in {"fairness", "robustness", "safety", "drift"}
} else := "performance"

# METADATA
# description: Whether a result is about this very version, tied to the digest of its files or by the registry's own record of it.
is_bound(result) if {
	result.bound in {"artefact", "registry"}
} else := false

# METADATA
# description: Whether this is a moment as facts write it, in UTC (2026-11-22T18:00:18.000Z), of a day that the calendar has.
is_moment(text) if {
	is_string(text)
	regex.match(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`, text)
	record.is_day(substring(text, 0, 10))
} else := false

# METADATA
# description: The name of what was measured, for messages.
name(result) := entry.told(result, "metric", "a result without a metric")

_is_of_training(metric) if {
	is_string(metric)
	regex.match(`^(train(ing)?[_ /.-]|system/)`, metric)
} else := false
