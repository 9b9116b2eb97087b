package policyctl.controls.test.slow

findings contains {"code": "slow", "resource": input.subject.id, "message": "took long", "path": ["facts"]} if {
	some i in numbers.range(1, input.facts.rounds)
	some j in numbers.range(1, 1000)
	i * j < 0
}
