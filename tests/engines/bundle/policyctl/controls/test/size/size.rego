package policyctl.controls.test.size

import data.policyctl.lib.numbers

findings contains {"code": "size", "resource": input.subject.id, "message": "is too large", "path": ["facts"]} if numbers.parsed(input.facts.size) > 100
