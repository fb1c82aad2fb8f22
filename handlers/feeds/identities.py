"""Opens the providers that the settings name, each with its secret from the settings or from where secrets are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.feeds.identity import IdentityProvider, RecordedProvider
from handlers.runtime.clock import Clock
from handlers.runtime.secrets import Secret
from handlers.runtime.settings import Settings
from models.fields import OAuthProvider

Providers = Mapping[OAuthProvider, IdentityProvider]


def open_providers(settings: Settings, clock: Clock) -> Providers:
    """The providers of a process; one without a client id is not set up and absent."""
    if settings.identity == "recorded":
        return {"google": RecordedProvider("google"), "github": RecordedProvider("github")}
    # Only who asks a provider over the network pays for its client.
    from handlers.feeds.github_identity import GitHub
    from handlers.feeds.google_identity import Google

    found: dict[OAuthProvider, IdentityProvider] = {}
    if settings.google_client_id:
        found["google"] = Google(settings.google_client_id, _secret(settings, "google"), clock)
    if settings.github_client_id:
        found["github"] = GitHub(settings.github_client_id, _secret(settings, "github"), clock)
    return found


def _secret(settings: Settings, provider: OAuthProvider) -> Callable[[], str | None]:
    """Asked for at each exchange, so that a rotated one is used at once."""
    given = {"google": settings.google_client_secret, "github": settings.github_client_secret}[provider]
    kept = Secret(settings.secrets) if settings.secrets else None
    return lambda: given or (kept.texts().get(f"{provider}_client_secret") if kept else None)
