"""Settings: a bad one is refused at the start, by name, with what it may be."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import fields

import pytest

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
        "BELLWETHER_STORE": "dynamodb://prefix?region=eu-central-1",
        "BELLWETHER_AUDIENCE": "audience",
        "BELLWETHER_ENVIRONMENT": "production",
        "BELLWETHER_STREAM_URL": "https://stream.example.com",
        "BELLWETHER_RATE_LIMITS": "off",
        "BELLWETHER_RESPONSE_CHECK": "log",
        "BELLWETHER_FEED": "recorded",
        "BELLWETHER_MAX_CONNECTIONS": "7",
    }
    read, default = Settings.of(environ), Settings()

    assert {f"BELLWETHER_{field.name.upper()}" for field in fields(Settings)} == set(environ)
    assert [f.name for f in fields(Settings) if getattr(read, f.name) == getattr(default, f.name)] == ["feed"]


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
        ("RATE_LIMITS", "false", "valid: on, off"),
        ("RESPONSE_CHECK", "yes", "valid: off, log, enforce"),
        ("FEED", "tiingo", "valid: recorded"),
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
