# METADATA
# scope: package
# description: Which names say that what they hold is a credential, and which values only point to one. No control logic.
package policyctl.lib.secret_names

# METADATA
# description: |
#   Whether a variable of this name holds a credential: HF_TOKEN, db-password, clientSecret, API_KEY_2; not TOKEN_LIMIT, tokenizer. Total.
names_secret(name) if {
	words := _words(name)
	words[count(words) - 1] in _alone
} else if {
	words := _words(name)
	count(words) > 1
	concat(" ", array.slice(words, count(words) - 2, count(words))) in _pairs
} else := false

# METADATA
# description: |
#   Whether a text is no credential whatever its name: the address of one in a store of secrets, a reference that is filled in later, a
#   file's path, a switch. Total.
points_elsewhere(text) if {
	some beginning in _beginnings
	startswith(text, beginning)
} else if {
	startswith(text, "projects/")
	contains(text, "/secrets/")
} else if {
	startswith(text, "arn:")
	some store in [":secretsmanager:", ":ssm:"]
	contains(text, store)
} else if {
	lower(text) in {"true", "false", "yes", "no", "on", "off", "0", "1", "none", "null"}
} else := false

_beginnings := {"@Microsoft.KeyVault(", "{{", "$", "<", "/", "./", "file:/"}

# Without the numbers and qualifiers at the end.
_words(name) := array.slice(words, 0, max(ends) + 1) if {
	words := _all_words(name)
	ends := {index | some index, word in words; not _qualifies(word)}
	count(ends) > 0
} else := [""]

_all_words(name) := [word |
	some word in split(strings.replace_n({"-": "_", ".": "_", " ": "_"}, lower(_separated(name))), "_")
	word != ""
]

_separated(name) := regex.replace(name, `([a-z0-9])([A-Z])`, "${1}_${2}")

_qualifies(word) if word in {"dev", "test", "prod", "staging", "primary", "secondary", "old", "new", "value", "default"}

_qualifies(word) if regex.match(`^[0-9]+$`, word)

_alone := {
	"accesskey", "accesstoken", "apikey", "authtoken", "bearer", "clientsecret", "credential", "credentials", "jwt", "pass",
	"passphrase", "passwd", "password", "passwords", "privatekey", "pwd", "secret", "secretkey", "secrets", "token",
}

_pairs := {
	"access key", "access tokens", "account key", "api key", "api keys", "api tokens", "auth key", "auth tokens", "connection string",
	"encryption key", "license key", "master key", "private key", "secret key", "service key", "shared key", "signing key", "ssh key",
	"storage key", "subscription key",
}
