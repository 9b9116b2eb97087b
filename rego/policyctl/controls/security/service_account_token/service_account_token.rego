package policyctl.controls.security.service_account_token

import data.policyctl.lib.kubernetes

resources := kubernetes.workloads

# METADATA
# description: |
#   Nobody asked for the namespace's default account, and its token is mounted. A pod passes where it switches the token off, where it
#   names an account of its own, or where the run holds the default ServiceAccount and that one switches it off.
findings contains finding if {
	some index, pod in kubernetes.pods
	not _off(pod)
	not _own_account(pod)
	not _off_by_account(index, pod)

	finding := {
		"code": "default_token_mounted",
		"resource": input.facts.id,
		"message": "the pod mounts a token of the default service account",
		"path": kubernetes.at(pod, ["automountServiceAccountToken"]),
	}
}

undetermined contains entry if some entry in kubernetes.unreadable

_off(pod) if pod.automount_token == false

_own_account(pod) if {
	is_string(pod.service_account)
	account := pod.service_account
	not account in {"", "default"}
}

# What the pod says of itself goes before what the account says.
_off_by_account(index, pod) if {
	pod == object.remove(pod, {"automount_token"})
	some account in input.facts.relations.service_accounts
	account.pod == index
	account.automount == false
}
