package policyctl.controls.system.manipulation

import data.policyctl.lib.practices

resources := {input.facts.id}

# METADATA
# description: By the organisation's own answers the system is this practice.
findings contains finding if some finding in practices.established("practices.a")

# METADATA
# description: The answers do not decide whether it is.
undetermined contains doubt if some doubt in practices.undecided("practices.a")
