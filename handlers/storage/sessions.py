"""Sessions, as the store keeps them: one item for each session of a signed-in user.

An anonymous user's session is the user itself: it ends when `session_expires_at` has passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.storage.items import (
    Absent,
    Check,
    Condition,
    ConditionFailed,
    Delete,
    Equals,
    Exists,
    Item,
    Key,
    Put,
    Store,
    Update,
    Write,
)
from handlers.storage.stamps import expiry, instant, stamp
from handlers.storage.users import (
    SESSION_LENGTH,
    TABLE,
    User,
    Users,
    profile_key,
    user_key,
    user_of,
)

SESSIONS_PER_USER = 5
CLOCKS_DIFFER_AT_MOST = timedelta(days=1)
"""A session that was ended on one machine has ended by the clock of every other."""


def session_key(user_id: str, session_id: str) -> Key:
    return Key(TABLE, user_key(user_id), f"SESSION#{session_id}")


def _turn_key(user_id: str) -> Key:
    return Key(TABLE, user_key(user_id), "SESSIONS")


def _opened(user_id: str, session_id: str, now: datetime) -> Item:
    expires = now + SESSION_LENGTH
    return {
        "PK": user_key(user_id),
        "SK": f"SESSION#{session_id}",
        "session_id": session_id,
        "created_at": stamp(now),
        "expires_at": stamp(expires),
        "ttl": expiry(expires),
    }


@dataclass(frozen=True, slots=True)
class Session:
    """A live session: of an anonymous user `session_id` is null."""

    user: User
    session_id: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sessions that live: not expired, not revoked, their user not merged into another."""

    store: Store

    def anonymous(self, user_id: str, now: datetime) -> Session | None:
        """The session of an anonymous user."""
        user = Users(self.store).get(user_id)
        if user is None or not user.is_anonymous or user.revoked or user.merged_to or user.session_expires_at <= now:
            return None
        return Session(user, None, user.session_expires_at)

    def member(self, user_id: str, session_id: str, now: datetime) -> Session | None:
        """A session of a signed-in user; the caller compares the revision."""
        profile, item = self.store.get_many([profile_key(user_id), session_key(user_id, session_id)])
        if profile is None or item is None:
            return None
        user, expires = user_of(profile), instant(item["expires_at"])
        if user.is_anonymous or user.revoked or user.merged_to or expires <= now:
            return None
        return Session(user, session_id, expires)

    def of(self, user_id: str, session_id: str | None, now: datetime) -> Session | None:
        """The session of either kind of user."""
        return self.anonymous(user_id, now) if session_id is None else self.member(user_id, session_id, now)

    def start(self, user_id: str, session_id: str, now: datetime) -> datetime:
        """Opens a session of a signed-in user; beyond five the oldest end in the same write. Returns when it expires.

        Raises `ConditionFailed` if there is no such user or the id is taken.
        """
        while True:
            try:
                return self._start(user_id, session_id, now)
            except ConditionFailed as error:
                # Another session of the user was started since the others were read: look again. One of both succeeds.
                if error.key != _turn_key(user_id):
                    raise

    def _start(self, user_id: str, session_id: str, now: datetime) -> datetime:
        self.store.transact([Check(profile_key(user_id), Exists()), *self.opening(user_id, session_id, now)])
        return now + SESSION_LENGTH

    def opening(self, user_id: str, session_id: str, now: datetime) -> list[Write]:
        """The writes that open a session and end the oldest beyond five, for a transaction that sees to the profile.

        They fail if another session of the user was opened since this was asked: ask again.
        """
        turn = self.store.get(_turn_key(user_id))
        unchanged = Equals("started", turn["started"]) if turn else Absent()
        return [
            Update(_turn_key(user_id), add={"started": 1}, when=unchanged),
            Put(TABLE, _opened(user_id, session_id, now), Absent()),
            *[Delete(key) for key in self._oldest(user_id)],
        ]

    def ending_all(self, user_id: str) -> list[Write]:
        """The writes that end every session of a user, to join a transaction.

        They fail if one was opened since this was asked: ask again.
        """
        turn = self.store.get(_turn_key(user_id))
        unchanged = Equals("started", turn["started"]) if turn else Absent()
        present = self.store.query(TABLE, user_key(user_id), prefix="SESSION#").items
        keys = [session_key(user_id, str(item["session_id"])) for item in present]
        return [Update(_turn_key(user_id), add={"started": 1}, when=unchanged), *[Delete(key) for key in keys]]

    def _oldest(self, user_id: str) -> list[Key]:
        """The sessions that have to end before one more is started."""
        present = self.store.query(TABLE, user_key(user_id), prefix="SESSION#").items
        oldest = sorted(present, key=lambda item: (str(item["created_at"]), str(item["session_id"])))
        ending = oldest[: max(len(oldest) - SESSIONS_PER_USER + 1, 0)]
        return [session_key(user_id, str(item["session_id"])) for item in ending]

    def extend(self, session: Session, now: datetime) -> datetime | None:
        """Restarts the 30 days. Returns when it expires now; None if the session ended meanwhile."""
        expires = now + SESSION_LENGTH
        return expires if self._move_end(session, expires) else None

    def end(self, session: Session, now: datetime) -> None:
        """Ends the session; ending it twice is the same as once."""
        if session.session_id is None:
            self._move_end(session, now - CLOCKS_DIFFER_AT_MOST)
        else:
            self.store.delete(session_key(session.user.user_id, session.session_id))

    def _move_end(self, session: Session, end: datetime) -> bool:
        """Says whether the session was still there, as the kind that it was: its user may have signed in since."""
        user_id = session.user.user_id
        key, name = profile_key(user_id), "session_expires_at"
        when: Condition = Equals("auth_type", "anonymous")
        if session.session_id is not None:
            key, name, when = session_key(user_id, session.session_id), "expires_at", Exists()
        try:
            self.store.update(key, set={name: stamp(end), "ttl": expiry(end)}, when=when)
        except ConditionFailed:
            return False
        return True
