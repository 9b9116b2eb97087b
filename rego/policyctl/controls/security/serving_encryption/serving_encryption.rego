package policyctl.controls.security.serving_encryption

import data.policyctl.lib.terraform

resources contains endpoint.address if some endpoint in _endpoints

# METADATA
# description: No customer-managed key is set.
findings contains finding if {
	some endpoint in _endpoints
	terraform.state(endpoint, "kms_key_arn") in terraform.not_set

	finding := {
		"code": "no_key",
		"resource": endpoint.address,
		"message": "data at rest is not encrypted with a customer-managed key",
		"path": ["values", "kms_key_arn"],
	}
}

# METADATA
# description: |
#   The value is known only after apply. A key that this plan creates is good enough; anything else may turn out empty.
undetermined contains {"resource": endpoint.address, "path": ["values", "kms_key_arn"], "reason": "the key is known only after apply"} if {
	some endpoint in _endpoints
	terraform.state(endpoint, "kms_key_arn") == "unknown"
	count(terraform.sources(endpoint, "kms_key_arn", {"aws_kms_key"})) == 0
}

_endpoints := terraform.planned("aws_sagemaker_endpoint_configuration")
