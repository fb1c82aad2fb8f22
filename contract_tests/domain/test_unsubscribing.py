"""Unsubscribe tokens: ours, of one user, for 30 days."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.domain.unsubscribing import token_of, user_of
from models.dashboard import subscriptions as api
from tools.identities import MEMBER
from tools.stage import NOW, SIGNING_KEY

KEY = "k" * 40
USERS = st.uuids(version=4).map(str)
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))
FORM = re.compile(r"[A-Za-z0-9_-]{48}")


@given(USERS, INSTANTS)
@settings(max_examples=100, deadline=None)
def test_a_token_names_its_user_for_30_days_and_then_nobody(user_id: str, now: datetime) -> None:
    token = token_of(user_id, now, KEY)
    made = now.replace(microsecond=0)

    assert FORM.fullmatch(token)
    assert user_of(token, now, iter((KEY,))) == user_id
    assert user_of(token, made + timedelta(days=30, microseconds=-1), iter((KEY,))) == user_id
    assert user_of(token, made + timedelta(days=30), iter((KEY,))) is None


@given(USERS, st.integers(0, 35), st.integers(1, 255))
@settings(max_examples=100, deadline=None)
def test_a_token_with_any_byte_changed_is_nobodys(user_id: str, at: int, by: int) -> None:
    raw = bytearray(base64.urlsafe_b64decode(token_of(user_id, NOW, KEY)))
    raw[at] ^= by

    assert user_of(base64.urlsafe_b64encode(raw).decode(), NOW, iter((KEY,))) is None


@given(st.text(max_size=60) | st.from_regex(FORM, fullmatch=True))
@settings(max_examples=100, deadline=None)
def test_what_is_no_token_is_nobodys_and_no_error(text: str) -> None:
    assert user_of(text, NOW, iter((KEY,))) is None


def test_a_token_of_another_key_is_nobodys() -> None:
    assert user_of(token_of(MEMBER, NOW, KEY), NOW, iter((KEY + "!",))) is None


def test_a_token_does_not_show_the_key_or_two_users_alike() -> None:
    first, second = (token_of(str(UUID(int=n, version=4)), NOW, KEY) for n in (1, 2))

    assert first[:20] != second[:20]


@pytest.mark.parametrize(
    ("token", "age", "user_id"),
    [(api.RECORDED, timedelta(minutes=30), MEMBER), (api.STALE, timedelta(days=30), None)],
)
def test_the_tokens_of_the_examples_are_the_members_own(token: str, age: timedelta, user_id: str | None) -> None:
    assert token == token_of(MEMBER, NOW - age, SIGNING_KEY)
    assert user_of(token, NOW, iter((SIGNING_KEY,))) == user_id
