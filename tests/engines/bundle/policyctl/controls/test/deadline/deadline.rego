package policyctl.controls.test.deadline

findings contains {"code": "deadline", "resource": input.subject.id, "message": "is past", "path": ["facts"]} if time.parse_rfc3339_ns(input.facts.deadline) < 0
