"""Credentials are told by names and by published formats; what only looks random is not one."""

from __future__ import annotations

import base64
import time

import pytest

from policyctl.model.secrets import conceal, is_placeholder, is_secret, names_secret


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "DB_PASSWORD",
        "POSTGRES_PASSWORD_2",
        "dbPasswd",
        "HF_TOKEN",
        "--hf-token",
        "OPENAI_API_KEY",
        "apiKey",
        "APIKEY",
        "client_secret",
        "clientSecret",
        "SECRET_KEY",
        "AWS_SECRET_ACCESS_KEY",
        "secretKey",
        "private-key",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "OPENAI_API_KEY_DEV",
        "connection_string",
        "AccountKey",
        "jwt",
    ],
)
def test_names_of_credentials(name):
    assert names_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        "TOKEN_PATH",
        "PASSWORD_FILE",
        "SECRET_NAME",
        "secretName",
        "secretRef",
        "apiKeySecretRef",
        "apiKeySecretKey",
        "caCertSecretKey",
        "existingSecret",
        "imagePullSecret",
        "imagePullSecrets_name",
        "max_tokens",
        "MAX_NEW_TOKENS",
        "tokenizer",
        "TOKENIZERS_PARALLELISM",
        "token_type",
        "tokens",
        "key",
        "keyboard",
        "monkey",
        "partition_key",
        "primaryKey",
        "author",
        "compass",
        "checksum/secret",
        "authorization_url",
        "",
    ],
)
def test_names_about_credentials_and_others(name):
    assert not names_secret(name)


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "$TOKEN",
        "${TOKEN}",
        "$(TOKEN)",
        "<token>",
        "{{ .Values.token }}",
        "YOUR_TOKEN",
        "your-api-key",
        "xxxx",
        "***",
        "REPLACE_ME",
        "...",
    ],
)
def test_placeholders(value):
    assert is_placeholder(value)
    assert not is_secret("token", value)


@pytest.mark.parametrize("value", ["changeme", "my-password", "$ecret!", "{brace", "password", "admin", "1234"])
def test_weak_passwords_are_passwords(value):
    assert is_secret("password", value)


@pytest.mark.parametrize(
    "value", ["true", "False", "none", "/var/run/secrets/token", "./secrets/token", "file:/etc/key"]
)
def test_switches_and_files_are_no_credentials(value):
    assert not is_secret("token", value)


SHAPES = [
    "sk-" + "proj-a1b2" * 5,
    "sk-ant-" + "api03-x9" * 6,
    "hf_" + "aB3d" * 9,
    "ghp_" + "aB3d" * 9,
    "github_pat_" + "11ABCDEFG0" * 3,
    "glpat-" + "aB3d" * 5,
    "AKIA" + "ABCDEFGHIJKLMNOP",
    "AIza" + "a" * 35,
    "xoxb-" + "123456789012-abc",
    "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0In0." + "c2lnbmF0dXJl",
    "nvapi-" + "aB3d" * 8,
    "gsk_" + "aB3d" * 10,
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----\nMIIE and never ended",
]


@pytest.mark.parametrize("shape", SHAPES)
def test_published_formats_are_found_under_any_name_and_inside_text(shape):
    assert conceal("note", shape) == ""
    assert conceal("note", f"before {shape}") == "before "


@pytest.mark.parametrize(
    "text",
    [
        "0123456789abcdef" * 4,
        "sha256:" + "0123456789abcdef" * 4,
        "550e8400-e29b-41d4-a716-446655440000",
        "scikit-learn-model-of-some-kind",
        "sk-learn",
        "meta-llama/Meta-Llama-3.1-8B-Instruct",
        "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
        "https://user@example.com/x",
        "postgresql://${USER}:${PASSWORD}@db:5432/x",
        "The password: see the vault for it",
        "tokens = tokenizer(text)",
        "token = os.environ['TOKEN']",
        "self.token = token",
        "if password == other.password:",
    ],
)
def test_what_only_looks_like_one_stays(text):
    assert conceal("note", text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("password: hunter2", "password: "),
        ("a: 1\n  password: 'hunter2'  # x\nb: 2", "a: 1\n  password: ''  # x\nb: 2"),
        ('{"api_key": "abc", "x": 1}', '{"api_key": "", "x": 1}'),
        ("TOKEN=abc run", "TOKEN= run"),
        ("run --token abc --x", "run --token  --x"),
        ("run --token=abc", "run --token="),
        ("Authorization: Bearer abcdefgh12345678", "Authorization: Bearer "),
        ("redis://:hunter2@host", "redis://:@host"),
        ("Server=x;Password=hunter2;User=y", "Server=x;Password=;User=y"),
    ],
)
def test_what_a_text_assigns_to_such_a_name_is_cut_out(text, left):
    assert conceal("note", text) == left


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "-----BEGIN PRIVATE KEY" * 9_000,
        "token " * 30_000,
        'key": "' * 30_000,
        "sk-" * 60_000,
        "=" * 200_000,
    ],
)
def test_long_texts_take_no_long_time(text):
    begun = time.perf_counter()
    conceal("note", text)

    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    "address",
    [
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:hf-token-AbCdEf",
        "arn:aws-us-gov:ssm:us-gov-west-1:111122223333:parameter/hf/token",
        "@Microsoft.KeyVault(SecretUri=https://ml.vault.azure.net/secrets/token/)",
        "https://ml.vault.azure.net/secrets/token/0123",
        "projects/ml-prod/secrets/hf-token/versions/3",
    ],
)
def test_the_address_of_a_credential_is_none(address):
    assert not is_secret("HF_TOKEN", address)


def test_what_only_begins_like_an_address_is_one():
    assert is_secret("HF_TOKEN", "projects-4f9a8b7c6d5e")
    assert is_secret("API_KEY", "arn:aws:s3:::bucket-4f9a8b7c6d5e")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('[{"name": "API_KEY", "value": "hunter22"}]', '[{"name": "API_KEY", "value": ""}]'),
        ('[{"Value": "hunter22", "Name": "API_KEY"}]', '[{"Value": "", "Name": "API_KEY"}]'),
        ('{"password": "with \\"quotes\\" in it"}', '{"password": ""}'),
        ('{"pin_token": 4815162342, "max_tokens": 12}', '{"pin_token": "", "max_tokens": 12}'),
        ('{"inner": "{\\"password\\": \\"hunter22\\"}"}', '{"inner": "{\\"password\\": \\"\\"}"}'),
        (' {"x": "DB_PASSWORD=hunter22 ./serve"}', '{"x": "DB_PASSWORD= ./serve"}'),
        ('curl -d \'{"password": "a\\"b"}\' x', 'curl -d \'{"password": ""}\' x'),
    ],
)
def test_json_is_read_as_json(text, left):
    assert conceal("", text) == left


@pytest.mark.parametrize(
    "text",
    [
        '[{"name": "LOG_LEVEL", "value": "info"}]',
        '[{"name": "API_KEY", "value": "${API_KEY}"}]',
        '{"Action": ["secretsmanager:GetSecretValue"],   "Resource": "*"}',
        '{"password": null, "token": true}',
    ],
)
def test_json_without_credentials_stays_as_it_was_written(text):
    assert conceal("", text) == text


def test_of_a_key_given_twice_each_value_is_cut_out():
    assert "hunter22" not in conceal("", '{"password": "hunter22", "password": "${x}"}')


def test_json_that_nests_too_deep_is_searched_as_text():
    assert "hunter22" not in conceal("", "[" * 100_000 + '"password=hunter22"')


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "inside",
    [
        "hf_" + "Ab3" * 12,
        "password: hunter2",
        '{"auths": {"ghcr.io": {"password": "hunter2"}}}',
        encoded("TOKEN=hunter2-and-more"),
    ],
)
def test_base64_of_a_credential_is_one(inside):
    assert conceal("blob", f"a: {encoded(inside)}\n") == "a: \n"
    assert conceal("blob", encoded(inside).rstrip("=").replace("+", "-").replace("/", "_")) == ""


@pytest.mark.parametrize(
    "text",
    [
        encoded("nothing to hide in this sentence"),
        encoded("-----BEGIN CERTIFICATE-----\nMIIB" + "A1b2" * 40 + "\n-----END CERTIFICATE-----\n"),
        "sha256:" + "0123456789abcdef" * 4,
        "meta-llama/Llama-3.1-8B-Instruct-quantized",
        "/models/some/folder/with/a/long/name",
    ],
)
def test_other_long_words_are_none(text):
    assert conceal("blob", text) == text


def test_a_script_loses_the_value_that_it_hands_on_as_a_credential():
    assert conceal("", "X=hunter2; Y=1; export HF_TOKEN=$X; run --p $Y") == "X=; Y=1; export HF_TOKEN=$X; run --p $Y"
    assert conceal("", 'X="hunter2"\nrun --api-key "${X}"') == 'X=""\nrun --api-key "${X}"'
    assert conceal("", "X=$(cat /x); run --api-key $X") == "X=$(cat /x); run --api-key $X"
