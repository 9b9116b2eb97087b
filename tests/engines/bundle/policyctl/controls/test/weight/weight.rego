package policyctl.controls.test.weight

import data.policyctl.lib.numbers

findings contains {"code": "weight", "resource": input.subject.id, "message": "is too heavy", "path": ["facts"]} if numbers.parsed(input.facts.size) > 1000
