"""A setting names a store; opening one brings in its engine and no other."""

import subprocess
import sys
from pathlib import Path

import pytest

from contract_tests.storage.conftest import LOCAL_CREDENTIALS
from contract_tests.storage.world import ROOT, StillClock
from handlers.storage.items import Key
from handlers.storage.opening import open_store


def test_three_slashes_are_a_relative_path_and_four_an_absolute_one(
    tmp_path: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    relative = open_store("sqlite:///folder/store.db", clock)
    relative.put("users", {"PK": "1", "SK": "1"})
    monkeypatch.chdir("/")
    absolute = open_store(f"sqlite:///{tmp_path}/folder/store.db", clock)

    assert absolute.get(Key("users", "1", "1")) == relative.get(Key("users", "1", "1")) == {"PK": "1", "SK": "1"}


def test_two_memories_are_two_stores(clock: StillClock) -> None:
    one, other = open_store("sqlite://:memory:", clock), open_store("sqlite://:memory:", clock)
    one.put("users", {"PK": "1", "SK": "1"})

    assert other.get(Key("users", "1", "1")) is None


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sqlite",
        "sqlite:",
        "sqlite://",
        "sqlite:///",
        "sqlite://store.db",
        "sqlite:store.db",
        "sqlite://:memory:/x",
        "SQLITE:///store.db",
        "postgresql://localhost/x",
        "/tmp/store.db",
        "dynamodb://",
        "dynamodb:prefix",
        "dynamodb://?region=us-east-1",
        "dynamodb://prefix/table",
        "dynamodb://prefix?zone=a",
        "dynamodb://prefix?region",
        "dynamodb://pre fix?region=us-east-1",
        "dynamodb://prefix?region=us-east-1&region=eu-west-1",
        "dynamodb://prefix?region=us-east-1#x",
    ],
)
def test_any_other_setting_is_refused_with_the_valid_forms(url: str, clock: StillClock) -> None:
    with pytest.raises(ValueError, match=r"valid: sqlite:///path \| sqlite://:memory: \| dynamodb://table-prefix"):
        open_store(url, clock)


@pytest.mark.parametrize("query", ["region=no%20where", "region=us-east-1&endpoint=nowhere", ""])
def test_settings_that_no_client_can_be_made_of_are_a_wrong_setting(
    query: str, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")

    with pytest.raises(ValueError, match="DynamoDB cannot be opened with these settings"):
        open_store(f"dynamodb://prefix?{query}", clock)


ENGINES = ("sqlite3", "boto3", "botocore.session", "handlers.storage.sqlite", "handlers.storage.dynamodb")
SCRIPT = """
import sys
from contract_tests.storage.world import StillClock
from handlers.storage.opening import open_store
if len(sys.argv) > 1:
    open_store(sys.argv[1], StillClock())
print(*[name for name in {engines!r} if name in sys.modules])
"""


def loaded(*arguments: str) -> list[str]:
    run = [sys.executable, "-c", SCRIPT.format(engines=ENGINES), *arguments]
    return subprocess.run(
        run, cwd=ROOT, capture_output=True, text=True, check=True, env=LOCAL_CREDENTIALS
    ).stdout.split()


def test_an_engine_is_imported_when_it_is_opened_and_no_other() -> None:
    assert loaded() == []
    assert loaded("sqlite://:memory:") == ["sqlite3", "handlers.storage.sqlite"]
    assert loaded("dynamodb://prefix?region=us-east-1") == ["botocore.session", "handlers.storage.dynamodb"]
