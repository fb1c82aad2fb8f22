"""A golden as somebody else could send it: who calls, what it ends or uses up, which variables stand for what it names."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.dashboard.oauth import RECORDED_GITHUB_STATE, RECORDED_GOOGLE_STATE
from tools.identities import MEMBER
from tools.request_variables import ALERTS, MEMBERS_WATCHLISTS, PASTED, SESSIONS, STAGE_ONLY, WATCHLISTS

STATES = {RECORDED_GOOGLE_STATE: "google", RECORDED_GITHUB_STATE: "github"}
REVOKE = "revokeSessionsBulk"
ENDS_SESSION = {"signOut", "mergeAnonymousData", "getMergeStatus", REVOKE}
"""These end an anonymous session, or are about one that has ended, so they get one of their own."""
CREDENTIALS = {"anonymous": "token", "anonymous_without_csrf": "token", "other": "token", "full": "token"} | {
    "member": "member_token",
    "member_without_csrf": "member_token",
    "operator": "operator_token",
}
"""Recorded caller → the variable with its credential. The others cannot be reproduced: their sessions are over."""


@dataclass(frozen=True)
class Recorded:
    """A golden of an operation."""

    operation_id: str
    case: str
    content: Any

    @property
    def status(self) -> str:
        return self.case[:3]

    @property
    def name(self) -> str:
        # On which day it was recorded cannot be sent.
        case = self.status if "at" in self.content["given"] else self.case
        return re.sub(r"\W+", "_", f"{self.operation_id}_{case}")

    @property
    def caller(self) -> str:
        return str(self.content["given"]["caller"])

    @property
    def after(self) -> list[Any]:
        return list(self.content["given"].get("after", ()))

    @property
    def text(self) -> str:
        """What is sent, and what was sent before."""
        return json.dumps([self.content["request"], *self.after], ensure_ascii=False)

    @property
    def can_be_sent(self) -> bool:
        """Whether others than the stage can send it, and would want to."""
        known = self.caller == "nobody" or self.caller in CREDENTIALS
        many = any(step.get("times", 1) > 1 for step in self.after)
        lost = [value for value in STAGE_ONLY if value in self.text and value not in self.variables]
        # On another day a watchlist made for that day shows nothing of its own.
        staged = "at" in self.content["given"] and bool(self.changes)
        return known and not many and not lost and not staged and not self.meddles

    @property
    def own_session(self) -> bool:
        """Whether it has a session that is not the one of the file: it ends, or has to be somebody else's."""
        about = self.speaks_as_session or any(known in self.text for known in self._sessions)
        return about and (self.operation_id in ENDS_SESSION or self.caller == "other")

    @property
    def speaks_as_session(self) -> bool:
        """Whether an anonymous session calls."""
        return CREDENTIALS.get(self.caller) == "token"

    @property
    def session(self) -> str:
        """The variable with the anonymous session."""
        return f"{self.name}_session.response.body.$.token" if self.own_session else "token"

    @property
    def _sessions(self) -> tuple[str, ...]:
        """The recorded users that an anonymous session can stand for: whoever is to be revoked may be one."""
        return (*SESSIONS, MEMBER) if self.operation_id == REVOKE else SESSIONS

    @property
    def begins(self) -> bool:
        """Whether a sign-in at a provider has to be begun for it."""
        return any(state in self.text for state in STATES)

    @cached_property
    def variables(self) -> dict[str, str]:
        """Recorded id or state → the variable that stands for it here."""
        given = f"{self.name}_given.response.body.$"
        watchlist = f"{given}.config_id" if (self.deletes or self.changes) in WATCHLISTS else "config_id"
        alert = f"{given}.alert_id" if self.deletes in ALERTS else "alert_id"
        begun = f"{self.name}_begun.response.body.$.providers"
        return {
            **dict.fromkeys(WATCHLISTS, watchlist),
            **dict.fromkeys(MEMBERS_WATCHLISTS, "member_config_id"),
            **dict.fromkeys(ALERTS, alert),
            **dict.fromkeys(self._sessions, self.session),
            **{state: f"{begun}.{provider}.state" for state, provider in STATES.items()},
        }

    @property
    def pasted_caller(self) -> bool:
        """Whether a person calls, whose session and watchlists are not the file's."""
        return CREDENTIALS.get(self.caller) in PASTED

    @cached_property
    def deletes(self) -> str:
        """The recorded watchlist or alert that is gone afterwards; empty if none is."""
        steps = [*self.after, self.content["request"]] if self.status < "300" else self.after
        gone = [step["path"].rpartition("/")[2] for step in steps if step["method"] == "DELETE"]
        return next((id_ for id_ in gone if id_ in (*WATCHLISTS, *ALERTS)), "")

    @property
    def changes(self) -> str:
        """The recorded watchlist that is another one afterwards; empty if none is."""
        steps = [*self.after, self.content["request"]] if self.status < "300" else self.after
        other = [step["path"].rpartition("/")[2] for step in steps if step["method"] in ("PUT", "PATCH")]
        return next((id_ for id_ in other if id_ in WATCHLISTS), "")

    @property
    def meddles(self) -> bool:
        """Whether it needs more of a person than a credential: another watchlist, one less, the end of the session."""
        ends = [*self.after, self.content["request"]]
        watchlists = any(step["path"].endswith(("/configurations", *MEMBERS_WATCHLISTS)) for step in self.after)
        return self.pasted_caller and (watchlists or any(step["path"].endswith("/signout") for step in ends))
