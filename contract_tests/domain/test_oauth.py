"""Where a sign-in at a provider begins."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from handlers.domain.oauth import PROVIDERS, authorize_url, challenge
from models.fields import OAuthProvider


def test_the_challenge_is_that_of_rfc_7636_appendix_b() -> None:
    assert challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_address_asks_for_a_code_with_state_and_challenge_and_never_shows_the_verifier(
    provider: OAuthProvider,
) -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    url = authorize_url(provider, "client & id", "https://app.example.com/auth/callback", "a-state", verifier)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}

    assert urlsplit(url).scheme == "https"
    assert (asked.pop("scope") == "openid email profile") == (provider == "google")
    assert asked == {
        "response_type": "code",
        "client_id": "client & id",
        "redirect_uri": "https://app.example.com/auth/callback",
        "state": "a-state",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_challenge_method": "S256",
    }
    assert verifier not in url
