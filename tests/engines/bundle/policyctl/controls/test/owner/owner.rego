package policyctl.controls.test.owner

findings contains {"code": "owner", "resource": input.subject.id, "message": "has no owner", "path": ["facts"]} if input.facts.owner == ""
