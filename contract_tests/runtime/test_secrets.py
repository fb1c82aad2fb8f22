"""Secrets: read when they are needed, remembered for a while, rotated without a restart, and never shown."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from typing import Any

import botocore.session
import jwt
import pytest

from contract_tests.logs import logged
from contract_tests.storage.conftest import LOCAL_CREDENTIALS
from contract_tests.storage.world import moto
from handlers.assembly import assemble
from handlers.domain.unsubscribing import token_of
from handlers.feeds.opening import keys_of
from handlers.feeds.signing import MAX_AGE, PAUSE
from handlers.gate import tokens
from handlers.runtime.chance import CountedChance
from handlers.runtime.clock import FixedClock
from handlers.runtime.secrets import Secret, SecretUnavailable
from handlers.runtime.settings import Settings
from models.dashboard import refresh
from tools import identities
from tools.artefacts import ROOT
from tools.events import HttpCall, Received, encoded_query, received, rest_event
from tools.stage import FEEDS, NOW, Stage

NAME = "bellwether/keys"
NUMBERS = count()
OLD, NEW = "the old key, which has signed for a year", "the new key, which signs from now on"
SESSION, SERIES, MARKET, UNSUBSCRIBE = (
    "/api/v2/auth/session",
    "/api/v2/timeseries/AAPL",
    "/api/v2/market/status",
    "/api/v2/notifications/unsubscribe",
)


class Manager:
    """Secrets Manager as an operator uses it."""

    def __init__(self, endpoint: str) -> None:
        self._client: Any = botocore.session.get_session().create_client(
            "secretsmanager", endpoint_url=endpoint, region_name="us-east-1"
        )

    def set(self, name: str, text: str) -> str:
        """Creates or rotates a secret; its ARN."""
        try:
            return str(self._client.create_secret(Name=name, SecretString=text)["ARN"])
        except self._client.exceptions.ResourceExistsException:
            return str(self._client.put_secret_value(SecretId=name, SecretString=text)["ARN"])

    def delete(self, name: str) -> None:
        self._client.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)


@pytest.fixture(scope="module")
def manager() -> Iterator[Manager]:
    with pytest.MonkeyPatch.context() as environment, moto() as endpoint:
        here = {**LOCAL_CREDENTIALS, "AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT_URL_SECRETS_MANAGER": endpoint}
        for name, value in here.items():
            environment.setenv(name, value)
        yield Manager(endpoint)


@pytest.mark.parametrize("named", ["name", "arn"])
def test_a_secret_is_read_by_name_and_by_arn(manager: Manager, named: str) -> None:
    arn = manager.set(NAME, '{"tiingo_key": "one", "finnhub_key": "two", "others": ["x"], "port": 1}')

    assert Secret(NAME if named == "name" else arn).texts() == {"tiingo_key": "one", "finnhub_key": "two"}


def test_what_was_read_is_remembered_until_it_is_asked_for_again(manager: Manager) -> None:
    manager.set(NAME, '{"tiingo_key": "old"}')
    secret = Secret(NAME)
    assert secret.texts() == {"tiingo_key": "old"}

    manager.set(NAME, '{"tiingo_key": "new"}')
    assert secret.texts() == {"tiingo_key": "old"}
    assert secret.texts(again=True) == {"tiingo_key": "new"}
    assert secret.texts() == {"tiingo_key": "new"}


def test_what_is_older_than_its_age_is_read_again(manager: Manager) -> None:
    manager.set(NAME, '{"tiingo_key": "old"}')
    secret = Secret(NAME, max_age_seconds=0)
    secret.texts()
    manager.set(NAME, '{"tiingo_key": "new"}')

    assert secret.texts() == {"tiingo_key": "new"}


@pytest.mark.parametrize("text", ["", "MARKED", '["MARKED"]', '{"tiingo_key": "MARKED"', "\ufeff{}"])
def test_a_secret_that_is_no_object_is_refused_without_being_shown(manager: Manager, text: str) -> None:
    manager.set("bellwether/broken", text or " ")
    with pytest.raises(SecretUnavailable) as caught:
        Secret("bellwether/broken").texts()

    assert caught.value.reason == "the secret 'bellwether/broken' cannot be read: it is no JSON object"
    assert caught.value.__context__ is None
    assert "MARKED" not in repr(caught.value)


def test_a_secret_that_is_not_there_is_named(manager: Manager) -> None:
    with pytest.raises(SecretUnavailable, match=r"the secret 'bellwether/none' cannot be read: .*ResourceNotFound"):
        Secret("bellwether/none").texts()


def test_without_a_region_a_secret_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")

    with pytest.raises(SecretUnavailable, match="NoRegionError"):
        Secret("any").texts()


def test_what_is_set_wins_over_the_secret(manager: Manager) -> None:
    manager.set(NAME, json.dumps({"tiingo_key": "secret-one", "finnhub_key": "secret-two"}))
    keys = keys_of(Settings(tiingo_key="set-one", secrets=NAME))

    assert keys["tiingo"].value().get_secret_value() == "set-one"
    assert keys["finnhub"].value().get_secret_value() == "secret-two"


def test_a_rotated_key_is_found_by_looking_again(manager: Manager) -> None:
    manager.set(NAME, '{"tiingo_key": "old"}')
    key = keys_of(Settings(secrets=NAME))["tiingo"]
    assert key.value().get_secret_value() == "old"

    manager.set(NAME, '{"tiingo_key": "new"}')
    assert key.value().get_secret_value() == "old"
    assert key.value(again=True).get_secret_value() == "new"


class Running:
    """A process of the dashboard function whose signing key is in a secret of its own."""

    def __init__(self, manager: Manager, name: str) -> None:
        self.manager, self.name = manager, f"bellwether/signing/{name}"
        self.clock = FixedClock(NOW)
        self.store = Stage(clock=self.clock).store
        self.settings = Settings(secrets=self.name, rate_limits=False)
        self.gate = assemble("dashboard", self.settings, self.clock, CountedChance(name), self.store, FEEDS)

    def rotate(self, current: str, previous: str = "") -> None:
        self.manager.set(self.name, json.dumps({"signing_key": current, "previous_signing_key": previous}))

    def token(self, key: str) -> str:
        member, now = identities.MEMBERS["member"], self.clock.now()
        return tokens.minted(member, identities.TOKEN_ID, key, self.settings.audience, now)

    def call(self, method: str, path: str, *headers: tuple[str, str], **query: str) -> Received:
        return received(self.gate(rest_event(HttpCall(method, path, encoded_query(query), headers)), None))

    def status(self, token: str) -> int:
        return self.call("GET", SESSION, ("Authorization", f"Bearer {token}")).status


@pytest.fixture
def running(manager: Manager, request: pytest.FixtureRequest) -> Running:
    return Running(manager, f"{request.node.originalname}-{next(NUMBERS)}")


def test_what_the_previous_key_signed_is_good_until_the_key_is_removed(running: Running) -> None:
    running.rotate(OLD)
    before = running.token(OLD)
    signed = [running.status(before)]
    for keys in ((NEW, OLD), (NEW, "")):
        running.rotate(*keys)
        running.clock.sleep(MAX_AGE.total_seconds())
        signed.append(running.status(before))

    assert signed == [200, 200, 401]
    assert running.status(running.token(NEW)) == 200


def test_what_is_made_after_a_rotation_is_signed_with_the_new_key(running: Running) -> None:
    running.rotate(OLD)
    running.status(running.token(OLD))
    running.rotate(NEW, OLD)
    running.clock.sleep(MAX_AGE.total_seconds())
    got = running.call("POST", "/api/v2/auth/refresh", ("Cookie", f"refresh_token={refresh.RECORDED}"))
    made = json.loads(got.body)["access_token"]

    options: Any = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
    assert jwt.decode(made, NEW, algorithms=["HS256"], options=options)["sub"] == identities.MEMBER
    assert running.status(made) == 200


def test_what_another_process_signed_with_a_newer_key_is_good_here_after_a_moment(running: Running) -> None:
    running.rotate(OLD)
    running.status(running.token(OLD))
    running.rotate(NEW, OLD)
    newer = running.token(NEW)
    running.clock.sleep(PAUSE.total_seconds() - 1)
    too_early = running.status(newer)
    running.clock.sleep(1)

    # Whoever sends what nobody signed makes no process ask more often than that.
    assert too_early == 401
    assert running.status(newer) == 200


def test_unsubscribe_links_and_cursors_outlive_a_rotation(running: Running) -> None:
    running.rotate(OLD)
    query = {"resolution": "1h", "limit": "1", "start": "2024-12-01T00:00:00Z", "end": "2024-12-02T15:00:00Z"}
    cursor = json.loads(running.call("GET", SERIES, **query).body)["next_cursor"]
    link = token_of(identities.MEMBER, NOW, OLD)
    forged = token_of(identities.MEMBER, NOW, OLD[::-1])
    running.rotate(NEW, OLD)
    running.clock.sleep(MAX_AGE.total_seconds())
    stopped = [running.call("GET", UNSUBSCRIBE, token=token).status for token in (link, forged)]

    assert running.call("GET", SERIES, cursor=cursor, **query).status == 200
    assert stopped == [200, 422]


def test_keys_that_were_read_are_used_while_the_secret_cannot_be(running: Running) -> None:
    running.rotate(OLD)
    running.status(running.token(OLD))
    running.manager.delete(running.name)
    running.clock.sleep(2 * MAX_AGE.total_seconds())
    with logged() as log:
        statuses = [running.status(running.token(OLD)) for _ in range(3)]
    [line] = log.lines("ERROR")

    assert statuses == [200] * 3
    assert (line["message"], line["known"]) == ("the signing keys cannot be read", True)
    assert OLD not in log.text


@pytest.mark.parametrize("key", [None, "", "MARKED, but too short"])
def test_without_a_key_nothing_is_signed_or_verified_and_what_needs_none_goes_on(
    running: Running, key: str | None
) -> None:
    if key is not None:
        running.rotate(key)
    with logged() as log:
        refused = running.call("GET", SESSION, ("Authorization", f"Bearer {running.token(OLD)}"))
    served = [running.call("GET", MARKET).status, running.status(identities.ANONYMOUS)]
    running.rotate(OLD)
    running.clock.sleep(PAUSE.total_seconds())

    assert (refused.status, refused.headers["retry-after"]) == (503, ("10",))
    assert running.name in log.text
    assert "MARKED" not in log.text
    assert served == [200, 200]
    assert running.status(running.token(OLD)) == 200


def test_a_key_that_is_set_wins_over_the_secret(running: Running) -> None:
    running.rotate(NEW)
    settings = Settings(signing_key=OLD, previous_signing_key=OLD[::-1], secrets=running.name)
    running.gate = assemble("dashboard", settings, running.clock, CountedChance("set"), running.store, FEEDS)

    assert [running.status(running.token(key)) for key in (OLD, OLD[::-1], NEW)] == [200, 200, 401]


def loaded(settings: str) -> set[str]:
    """The modules that a fresh interpreter has after opening the feeds of some settings."""
    source = f"""
import sys
from handlers.backend import Backend
from handlers.runtime.chance import SystemChance
from handlers.runtime.clock import SystemClock
from handlers.runtime.settings import Settings
Backend(Settings({settings}), SystemClock(), SystemChance()).feeds.listings
print(" ".join(sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


LIVE_ONLY = {"httpx", "httpcore", "handlers.feeds.live", "handlers.feeds.tiingo", "handlers.storage.sources"}
PARAMETERS = "aws_lambda_powertools.utilities.parameters"


def test_the_recorded_feed_imports_nothing_of_the_live_one() -> None:
    names = loaded("")

    assert names & {*LIVE_ONLY, PARAMETERS, "boto3", "handlers.feeds.recorded", "handlers.feeds.signing"} == set()


def test_the_live_feed_imports_what_it_needs_and_the_secret_only_when_it_is_read() -> None:
    names = loaded("feed='live', secrets='name'")

    assert {"httpx", "handlers.feeds.live", "handlers.feeds.signing"} <= names
    assert names & {PARAMETERS, "boto3"} == set()
