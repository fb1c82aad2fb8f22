"""What a first sign-in loads: its own tag, and no network client unless a provider is to be asked over the network."""

from __future__ import annotations

import pytest

from contract_tests.test_imports import START, loaded, within

HTTPX = ("httpx", "httpcore", "handlers.feeds.google_identity", "handlers.feeds.github_identity")
OTHERS = (
    "handlers.feeds.recorded",
    "handlers.dashboard.sessions",
    "handlers.dashboard.configurations",
    "boto3",
    "botocore.session",
)
FIRST = {
    "refresh": ("/api/v2/auth/refresh", "POST", 401),
    "verify": ("/api/v2/auth/magic-link/verify", "GET", 404),
    "urls": ("/api/v2/auth/oauth/urls", "GET", 200),
}


@pytest.mark.parametrize("name", FIRST)
def test_a_first_sign_in_loads_what_it_uses_only(name: str) -> None:
    path, method, expected = FIRST[name]
    query = {"token": "x"} if name == "verify" else None
    status, names = loaded(path, query, START.replace('"GET"', f'"{method}"'))

    assert status == expected
    assert within(names, *HTTPX, *OTHERS) == []
