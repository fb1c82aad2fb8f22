"""Settings: a bad one is refused at the start, by name, with what it may be."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import fields

import pytest

from contract_tests.logs import logged
from contract_tests.stream.runtime import FakeLambda
from handlers.assembly import assembled
from handlers.runtime.settings import BadSetting, Settings
from tools.artefacts import ROOT

KEY = "0123456789abcdef0123456789abcdef"
GIVEN = {"BELLWETHER_SIGNING_KEY": KEY}


def refusal(environ: dict[str, str]) -> str:
    with pytest.raises(BadSetting) as caught:
        assembled("dashboard", environ)
    return str(caught.value)


def test_a_key_is_all_that_has_to_be_set() -> None:
    assert Settings.of(GIVEN) == Settings(signing_key=KEY)


def test_every_setting_is_read() -> None:
    environ = {
        **GIVEN,
        "BELLWETHER_PREVIOUS_SIGNING_KEY": KEY[::-1],
        "BELLWETHER_STORE": "dynamodb://prefix?region=eu-central-1",
        "BELLWETHER_AUDIENCE": "audience",
        "BELLWETHER_ENVIRONMENT": "production",
        "BELLWETHER_STREAM_URL": "https://stream.example.com",
        "BELLWETHER_RATE_LIMITS": "off",
        "BELLWETHER_RESPONSE_CHECK": "log",
        "BELLWETHER_FEED": "live",
        "BELLWETHER_TIINGO_KEY": "tiingo-key",
        "BELLWETHER_FINNHUB_KEY": "finnhub-key",
        "BELLWETHER_TIINGO_QUOTA": "10000/3600",
        "BELLWETHER_FINNHUB_QUOTA": "300/60",
        "BELLWETHER_SECRETS": "bellwether/keys",
        "BELLWETHER_QUEUE": "sqs://prefix",
        "BELLWETHER_SCORER": "/opt/scorer",
        "BELLWETHER_DASHBOARD_URL": "https://app.example.com",
        "BELLWETHER_API_URL": "https://api.example.com",
        "BELLWETHER_MAIL": "sendgrid",
        "BELLWETHER_MAIL_KEY": "mail-key",
        "BELLWETHER_MAIL_SENDER": "alerts@example.com",
        "BELLWETHER_IDENTITY": "live",
        "BELLWETHER_GOOGLE_CLIENT_ID": "google-client",
        "BELLWETHER_GOOGLE_CLIENT_SECRET": "google-secret",
        "BELLWETHER_GITHUB_CLIENT_ID": "github-client",
        "BELLWETHER_GITHUB_CLIENT_SECRET": "github-secret",
        "BELLWETHER_REDIRECT_URIS": "https://app.example.com/in",
        "BELLWETHER_MAX_CONNECTIONS": "7",
    }
    read, default = Settings.of(environ), Settings()

    assert {f"BELLWETHER_{field.name.upper()}" for field in fields(Settings)} == set(environ)
    assert [f.name for f in fields(Settings) if getattr(read, f.name) == getattr(default, f.name)] == []


@pytest.mark.parametrize(
    ("name", "value", "valid"),
    [
        ("STORE", "", "leave it out"),
        ("STORE", "postgres://host/store", "sqlite:///path | sqlite://:memory: | dynamodb://"),
        ("STORE", "sqlite://", "sqlite:///path"),
        ("STORE", "dynamodb://prefix?zone=1", "dynamodb://table-prefix?region="),
        ("AUDIENCE", " ", "printable text"),
        ("ENVIRONMENT", "\udcff", "printable text"),
        ("STREAM_URL", "stream.example.com", "https:// or http://"),
        ("STREAM_URL", "https://stream example.com", "https:// or http://"),
        ("DASHBOARD_URL", "", "leave it out"),
        ("API_URL", "api.example.com", "https:// or http://"),
        ("API_URL", "https://", "https:// or http://"),
        ("DASHBOARD_URL", "https://b\N{LATIN SMALL LETTER U WITH DIAERESIS}cher.example", "https:// or http://"),
        ("MAIL", "ses", "valid: recorded, sendgrid"),
        ("MAIL", "sendgrid", "set BELLWETHER_MAIL_KEY"),
        ("MAIL_SENDER", "nobody", "alerts@example.com"),
        ("RATE_LIMITS", "false", "valid: on, off"),
        ("RESPONSE_CHECK", "yes", "valid: off, log, enforce"),
        ("FEED", "tiingo", "valid: recorded, live"),
        ("FEED", "live", "BELLWETHER_TIINGO_KEY, BELLWETHER_FINNHUB_KEY or both, or BELLWETHER_SECRETS"),
        ("SECRETS", " ", "printable text"),
        ("TIINGO_QUOTA", "10000", "requests/seconds, such as 10000/3600"),
        ("TIINGO_QUOTA", "0/60", "requests/seconds"),
        ("FINNHUB_QUOTA", "60/0", "requests/seconds"),
        ("FINNHUB_QUOTA", "60/\N{SUPERSCRIPT TWO}", "requests/seconds"),
        ("MAX_CONNECTIONS", "0", "a whole number from 1"),
        ("MAX_CONNECTIONS", "-1", "a whole number from 1"),
        ("MAX_CONNECTIONS", "1.5", "a whole number from 1"),
        ("MAX_CONNECTIONS", "\N{SUPERSCRIPT TWO}", "a whole number from 1"),
        ("MAX_CONNECTIONS", "9" * 5_000, "a whole number from 1"),
    ],
)
def test_a_bad_value_is_refused_by_name_with_what_is_valid(name: str, value: str, valid: str) -> None:
    told = refusal({**GIVEN, f"BELLWETHER_{name}": value})

    assert told.startswith(f"BELLWETHER_{name}")
    assert repr(value) in told
    assert valid in told


@pytest.mark.parametrize("key", [None, "", KEY[:-1], KEY + "\udcff"])
def test_a_bad_key_is_refused_without_being_repeated(key: str | None) -> None:
    told = refusal({} if key is None else {"BELLWETHER_SIGNING_KEY": key})

    assert told.startswith("BELLWETHER_SIGNING_KEY is ")
    assert "at least 32 random" in told
    assert not key or key not in told


def test_a_key_may_be_in_a_secret_instead() -> None:
    named = {"BELLWETHER_SECRETS": "bellwether/keys"}

    assert Settings.of(named) == Settings(secrets="bellwether/keys")
    assert Settings.of(named | GIVEN) == Settings(secrets="bellwether/keys", signing_key=KEY)
    assert "BELLWETHER_SECRETS" in refusal({})


def test_the_previous_key_stands_beside_the_one_that_signs() -> None:
    previous = {"BELLWETHER_PREVIOUS_SIGNING_KEY": KEY[::-1]}

    assert Settings.of(GIVEN | previous).previous_signing_key == KEY[::-1]
    assert "without BELLWETHER_SIGNING_KEY" in refusal({"BELLWETHER_SECRETS": "name", **previous})
    assert "at least 32 random" in refusal(GIVEN | {"BELLWETHER_PREVIOUS_SIGNING_KEY": "short"})


def started(function: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", f"handlers.{function}.function"],
        cwd=ROOT, env={"PATH": os.environ["PATH"], **environ}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_the_dashboard_function_does_not_start_without_a_key() -> None:
    assert started("dashboard", **GIVEN).returncode == 0

    refused = started("dashboard")
    assert refused.returncode != 0
    assert "BELLWETHER_SIGNING_KEY is not set" in refused.stderr


def test_the_stream_function_does_not_start_without_a_key_and_tells_lambda() -> None:
    with FakeLambda() as fake:
        refused = started("stream", AWS_LAMBDA_RUNTIME_API=fake.address)

    assert refused.returncode == 1
    assert "BELLWETHER_SIGNING_KEY is not set" in refused.stdout
    assert [place for place, _, _ in fake.errors] == ["init/error"]


def test_an_address_to_which_paths_are_added_ends_without_a_slash() -> None:
    environ = GIVEN | {"BELLWETHER_DASHBOARD_URL": "https://a.example/", "BELLWETHER_API_URL": "https://b.example/v/"}
    read = Settings.of(environ)

    assert (read.dashboard_url, read.api_url) == ("https://a.example", "https://b.example/v")


def test_a_bad_key_of_the_mail_provider_is_refused_without_showing_it() -> None:
    told = refusal(GIVEN | {"BELLWETHER_MAIL_KEY": "two words"})

    assert told.startswith("BELLWETHER_MAIL_KEY is not printable ASCII")
    assert "two words" not in told


@pytest.mark.parametrize("missing", ["DASHBOARD_URL", "API_URL", "MAIL_SENDER"])
def test_mails_that_are_sent_come_from_and_lead_to_what_is_set(missing: str) -> None:
    environ = GIVEN | {
        "BELLWETHER_MAIL": "sendgrid",
        "BELLWETHER_MAIL_KEY": "mail-key",
        "BELLWETHER_DASHBOARD_URL": "https://app.example.com",
        "BELLWETHER_API_URL": "https://api.example.com",
        "BELLWETHER_MAIL_SENDER": "alerts@example.com",
    }
    rest = {name: value for name, value in environ.items() if name != f"BELLWETHER_{missing}"}

    assert Settings.of(environ).mail == "sendgrid"
    assert f"BELLWETHER_{missing} " in refusal(rest)
    assert Settings.of({**rest, "BELLWETHER_MAIL": "recorded"}).mail == "recorded"


@pytest.mark.parametrize(
    ("environment", "identity", "warned"),
    [("local", "recorded", 0), ("production", "recorded", 1), ("production", "live", 0)],
)
def test_a_deployed_function_warns_once_that_anybody_can_sign_in(environment: str, identity: str, warned: int) -> None:
    environ = GIVEN | {
        "BELLWETHER_ENVIRONMENT": environment,
        "BELLWETHER_IDENTITY": identity,
        "BELLWETHER_GOOGLE_CLIENT_ID": "google-client",
    }
    with logged() as log:
        assembled("dashboard", environ)

    assert [line["environment"] for line in log.lines("WARNING")] == [environment] * warned
    assert ("BELLWETHER_IDENTITY" in log.text) == bool(warned)


@pytest.mark.parametrize("source", ["TIINGO", "FINNHUB"])
def test_a_bad_key_of_a_source_is_refused_without_showing_it(source: str) -> None:
    told = refusal(GIVEN | {f"BELLWETHER_{source}_KEY": "two words"})

    assert told.startswith(f"BELLWETHER_{source}_KEY is not printable ASCII")
    assert "two words" not in told


@pytest.mark.parametrize("given", ["TIINGO_KEY", "FINNHUB_KEY", "SECRETS"])
def test_one_place_of_keys_is_enough_for_the_live_feed(given: str) -> None:
    assert Settings.of(GIVEN | {"BELLWETHER_FEED": "live", f"BELLWETHER_{given}": "x"}).feed == "live"


def test_an_empty_key_is_no_key() -> None:
    assert "without a key" in refusal(GIVEN | {"BELLWETHER_FEED": "live", "BELLWETHER_TIINGO_KEY": ""})
