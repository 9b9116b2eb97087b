# METADATA
# scope: package
# description: |
#   What the decision log of an OPA with this bundle does not tell: of an object that is reviewed, it tells the facts that the decision
#   rests on and nothing else; no variable, argument, label or annotation, and nothing of a Secret. Here `input` is the event.
# schemas:
#   - input: {}
package system.log

import data.policyctl.reviewing

# METADATA
# description: |
#   The input but for what a review of ours needs, and results and inputs of whatever else is asked. Documents were masked before OPA
#   was sent them.
mask contains {"op": "upsert", "path": "/input", "value": _input} if not _documents

mask contains {"op": "remove", "path": "/result"} if not _ours

mask contains {"op": "remove", "path": "/nd_builtin_cache"}

_documents if input.path in {"policyctl/main/decision", "policyctl/main/decisions"}

_reviews if input.path == "system/main"

_reviews if startswith(input.path, "policyctl/webhook/reviews/")

_ours if _documents

_ours if _reviews

default _input := {}

_input := {
	"apiVersion": "admission.k8s.io/v1",
	"kind": "AdmissionReview",
	"request": object.union(
		object.filter(_request, ["uid", "kind", "resource", "subResource", "operation", "name", "namespace", "dryRun"]),
		object.union({"userInfo": object.filter(_user, ["username"])}, _facts),
	),
} if {
	_reviews
	is_object(_request)
}

_request := input.input.request

_user := object.get(_request, "userInfo", {})

default _facts := {}

_facts := {"facts": facts} if {
	facts := reviewing.document.facts with input as input.input
}

# METADATA
# description: OPA keeps here what a request says beside its input, where nothing can be masked. So the event is not told at all.
drop if input.custom.request_metadata
