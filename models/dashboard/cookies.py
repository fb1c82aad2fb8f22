"""The two cookies of a session."""

from __future__ import annotations

from models.operation import SentCookie

CSRF = SentCookie(
    name="csrf_token",
    description="send its value back as X-CSRF-Token; readable by scripts of the page",
    max_age=86_400,
    path="/api/v2",
    same_site="None",
    http_only=False,
)
REFRESH = SentCookie(
    name="refresh_token",
    description="renews a signed-in session; never readable by scripts",
    max_age=2_592_000,
    path="/api/v2/auth",
    same_site="Strict",
    http_only=True,
)
