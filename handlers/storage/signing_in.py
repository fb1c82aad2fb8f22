"""Signing in: what proves who somebody is, is used up in the same write that finds or makes their account and opens a session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from handlers.domain.linking import Holder, Identity, Step, step
from handlers.storage.identities import Identities, identity_claim, linked, signing_in
from handlers.storage.items import Absent, ConditionFailed, Put, Store, StoreUnavailable, Write
from handlers.storage.refresh_tokens import RefreshTokens
from handlers.storage.sessions import Sessions
from handlers.storage.users import SESSION_LENGTH, TABLE, User, Users, email_claim
from models.fields import Provider

MOST_TRIES = 64
"""Of those who change one account at once, one succeeds at each try."""
DEFAULT_TIMEZONE = "America/New_York"

Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Ids and the refresh token for a sign-in, drawn before it is known whether a user is made."""

    user_id: str
    session_id: str
    refresh_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that was opened, and its user as it is since."""

    user: User
    session_id: str
    is_new_user: bool


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Why no session was opened, and the user it is about: who has the address."""

    step: Step
    holder: User | None


@dataclass(frozen=True, slots=True)
class SignIns:
    store: Store

    def by_address(self, email: str, proof: Sequence[Write], drawn: Drawn, now: datetime) -> SignedIn:
        """Opens a session of who has an address, or of a new user. `proof` joins the write.

        Raises `ConditionFailed` if the proof does not hold any more.
        """

        def attempt() -> tuple[SignedIn, list[Write]]:
            return self._opening("email", Users(self.store).by_email(email), email, drawn, now)

        return self._written(attempt, proof)

    def by_identity(self, identity: Identity, drawn: Drawn, now: datetime) -> SignedIn | NotSignedIn:
        """Opens a session as the rules of `handlers/domain/linking.py` have it, or says why not."""

        def attempt() -> tuple[SignedIn | NotSignedIn, list[Write]]:
            owner = Identities(self.store).owner(identity.provider, identity.subject)
            holder = Users(self.store).by_email(identity.email) if identity.email else None
            taken = step(identity, owner.user_id if owner else None, holder_of(holder) if holder else None)
            if taken not in ("open", "make", "join"):
                return NotSignedIn(taken, holder), []
            opened, writes = self._opening(identity.provider, owner or holder, identity.email, drawn, now)
            if owner is None:
                writes.append(identity_claim(identity, opened.user.user_id, now))
            return opened, writes

        return self._written(attempt, ())

    def _written(self, attempt: Callable[[], tuple[Outcome, list[Write]]], proof: Sequence[Write]) -> Outcome:
        """Looks and writes until nothing has changed in between."""
        proving = {write.key for write in proof}
        for _ in range(MOST_TRIES):
            outcome, writes = attempt()
            if not writes:
                return outcome
            try:
                self.store.transact([*proof, *writes])
                return outcome
            except ConditionFailed as error:
                if error.key in proving:
                    raise
        raise StoreUnavailable("others changed the account again and again", 1)

    def _opening(
        self, provider: Provider, user: User | None, email: str | None, drawn: Drawn, now: datetime
    ) -> tuple[SignedIn, list[Write]]:
        """A session of the user, who is made if there is none, and the writes that open it."""
        writes: list[Write]
        if user is None:
            if email is None:
                raise ValueError("nobody is made without an address")
            account = _made(provider, email, drawn.user_id, now)
            writes = [Put(TABLE, account.item(), Absent()), email_claim(email, account.user_id)]
        else:
            account = _returning(user, provider, now)
            writes = [signing_in(user, provider, now)]
        writes += Sessions(self.store).opening(account.user_id, drawn.session_id, now)
        writes.append(RefreshTokens(self.store).issuing(drawn.refresh_token, account, drawn.session_id, now))
        return SignedIn(account, drawn.session_id, user is None), writes


def holder_of(user: User) -> Holder:
    """A user as the rules of linking know them."""
    return Holder(user.user_id, user.linked_providers, user.verification == "verified")


def _returning(user: User, provider: Provider, now: datetime) -> User:
    return replace(
        user,
        linked_providers=linked(user, provider),
        last_provider_used=provider,
        verification="verified",
        last_active_at=now,
        revoked=False,
    )


def _made(provider: Provider, email: str, user_id: str, now: datetime) -> User:
    """A user who has just proved that the address is theirs."""
    return User(
        user_id=user_id,
        auth_type=provider,
        role="free",
        verification="verified",
        email=email,
        linked_providers=(provider,),
        last_provider_used=provider,
        timezone=DEFAULT_TIMEZONE,
        created_at=now,
        last_active_at=now,
        session_expires_at=now + SESSION_LENGTH,
        revoked=False,
        revocation_id=0,
        merged_to=None,
    )
