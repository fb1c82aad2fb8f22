"""The settings of signing in: pages, providers and their secrets."""

from __future__ import annotations

import pytest

from handlers.runtime.settings import BadSetting, Settings

KEY = {"BELLWETHER_SIGNING_KEY": "k" * 32}


def read(**environ: str) -> Settings:
    return Settings.of({**KEY, **{f"BELLWETHER_{name.upper()}": value for name, value in environ.items()}})


def test_the_usual_page_is_the_dashboard_s() -> None:
    assert read().sign_in_pages == ("http://localhost:8000/auth/callback",)
    assert read(dashboard_url="https://app.example.com/").sign_in_pages == ("https://app.example.com/auth/callback",)


def test_pages_are_those_that_are_listed() -> None:
    settings = read(redirect_uris="https://app.example.com/in, http://localhost:3000/in")

    assert settings.sign_in_pages == ("https://app.example.com/in", "http://localhost:3000/in")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "app.example.com",
        "https://a.example.com/,",
        "https://a.example.com/?x=1",
        "https://a.example.com/#x",
        "ftp://a/",
    ],
)
def test_what_is_no_list_of_pages_is_refused(value: str) -> None:
    with pytest.raises(BadSetting, match="BELLWETHER_REDIRECT_URIS"):
        read(redirect_uris=value)


def test_the_recorded_provider_is_the_default_and_a_live_one_needs_a_client_id() -> None:
    assert read().identity == "recorded"
    assert read(identity="live", google_client_id="id").identity == "live"
    with pytest.raises(BadSetting, match="BELLWETHER_GOOGLE_CLIENT_ID"):
        read(identity="live")
    with pytest.raises(BadSetting, match="recorded, live"):
        read(identity="anybody")
