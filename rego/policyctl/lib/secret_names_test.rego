package policyctl.lib.secret_names_test

import data.policyctl.lib.secret_names

test_names_of_credentials if {
	every name in [
		"TOKEN", "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "db-password", "clientSecret", "API_KEY", "apiKey", "OPENAI_API_KEY_2",
		"AZURE_CONNECTION_STRING", "password", "app.secret", "DB_PASSWORD_PROD", "KEY_API_KEY",
	] {
		secret_names.names_secret(name) == true
	}
}

test_names_of_other_things if {
	every name in [
		"", "1", "_", "TOKEN_LIMIT", "MAX_TOKENS", "tokenizer", "SECRET_NAME", "DB_PASSWORD_ARN", "KEY", "LOG_LEVEL", "MODEL_KEY",
		"prod",
	] {
		secret_names.names_secret(name) == false
	}
}

test_texts_that_point_elsewhere if {
	every text in [
		"arn:aws:secretsmanager:eu-west-1:1:secret:x",
		"arn:aws-cn:ssm:cn-north-1:1:parameter/x",
		"projects/p/secrets/s/versions/1",
		"@Microsoft.KeyVault(SecretUri=https://v/secrets/s)",
		"{{resolve:secretsmanager:x}}",
		"$TOKEN",
		"<token>",
		"/run/secrets/token",
		"TRUE",
		"0",
	] {
		secret_names.points_elsewhere(text) == true
	}
}

test_texts_that_do_not if {
	every text in ["abc", "arn:aws:iam::1:role/x", "projects/p/topics/t", "secretsmanager", "", "2"] {
		secret_names.points_elsewhere(text) == false
	}
}
