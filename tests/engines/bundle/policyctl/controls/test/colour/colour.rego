package policyctl.controls.test.colour

findings contains {"code": "colour", "resource": input.subject.id, "message": "is loud", "path": ["facts"]} if _tone(input.facts.colour) == "loud"

_tone(colour) := "loud" if startswith(colour, "r")

_tone(colour) := "quiet" if endswith(colour, "y")
