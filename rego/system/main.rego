# METADATA
# scope: package
# description: |
#   What an OPA answers that a cluster asks as its webhook, at `POST /`: a review by the profile `baseline`. Whatever is undefined here is an
#   error to the API server, whose `failurePolicy` says what follows.
package system.main

import data.policyctl.webhook

apiVersion := webhook.reviews.baseline.apiVersion

kind := webhook.reviews.baseline.kind

response := webhook.reviews.baseline.response

# METADATA
# description: What was decided, for the decision log. API servers do not read it.
decision := webhook.reviews.baseline.decision
