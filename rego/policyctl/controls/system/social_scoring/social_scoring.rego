package policyctl.controls.system.social_scoring

import data.policyctl.lib.practices

resources := {input.facts.id}

# METADATA
# description: By the organisation's own answers the system is this practice.
findings contains finding if some finding in practices.established("practices.c")

# METADATA
# description: The answers do not decide whether it is.
undetermined contains doubt if some doubt in practices.undecided("practices.c")
