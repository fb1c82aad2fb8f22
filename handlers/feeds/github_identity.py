"""GitHub's identities: its OAuth app flow for the web, then `GET /user` for the id and `GET /user/emails` for the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from handlers.domain.linking import Identity, known_address
from handlers.feeds._exchanges import NOT_SET_UP_SECONDS, Answer, Exchanges, Patience
from handlers.feeds.identity import CodeRefused
from handlers.runtime.clock import Clock

TOKEN_URL: Final = "https://github.com/login/oauth/access_token"
API_URL: Final = "https://api.github.com"
CODE_ERRORS: Final = ("bad_verification_code", "invalid_grant")


class GitHub:
    """Safe to share between threads."""

    def __init__(
        self,
        client_id: str,
        secret: Callable[[], str | None],
        clock: Clock,
        token_url: str = TOKEN_URL,
        api_url: str = API_URL,
        patience: Patience | None = None,
    ) -> None:
        self.client_id = client_id
        self._secret = secret
        self._token_url = token_url
        self._api_url = api_url
        self._exchanges = Exchanges("github", clock, patience)

    def exchange(self, code: str, verifier: str, redirect_uri: str) -> Identity:
        """Who a code was given to. Raises CodeRefused, FeedUnavailable."""
        answer = self._exchanges.post(
            self._token_url,
            {
                "code": code,
                "client_id": self.client_id,
                "client_secret": self._exchanges.secret(self._secret),
                "redirect_uri": redirect_uri,
                "code_verifier": verifier,
            },
        )
        token = self._token(answer)
        subject = self._subject(self._exchanges.get(f"{self._api_url}/user", token))
        email, verified = self._address(self._exchanges.get(f"{self._api_url}/user/emails", token))
        return Identity("github", subject, email, verified)

    def close(self) -> None:
        self._exchanges.close()

    def _token(self, answer: Answer) -> str:
        """GitHub answers 200 even where it refuses."""
        if answer.text("error") in CODE_ERRORS:
            raise CodeRefused
        token = answer.text("access_token")
        if answer.status != 200 or token is None or not (token.isascii() and token.isprintable()):
            raise self._wrong(f"its answer has no access token (status {answer.status})", NOT_SET_UP_SECONDS)
        return token

    def _subject(self, answer: Answer) -> str:
        """The id: names are given away again, ids never."""
        found = answer.content.get("id") if isinstance(answer.content, dict) else None
        if answer.status != 200 or type(found) is not int:
            raise self._wrong(f"its user has no id (status {answer.status})")
        return str(found)

    def _address(self, answer: Answer) -> tuple[str | None, bool]:
        """The primary address and whether it was verified; none where the user keeps it from us."""
        if answer.status in (403, 404):
            return None, False
        if answer.status != 200 or not isinstance(answer.content, list):
            raise self._wrong(f"its list of addresses cannot be read (status {answer.status})")
        rows: list[dict[str, Any]] = [row for row in answer.content if isinstance(row, dict)]
        primary = next((row for row in rows if row.get("primary") is True), {})
        return known_address(primary.get("email")), primary.get("verified") is True

    def _wrong(self, detail: str, retry_after_seconds: int = 5) -> Exception:
        return self._exchanges.unavailable(detail, retry_after_seconds)
