"""What the item port says of itself."""

from __future__ import annotations

from handlers.storage.items import ConditionFailed, Key


def test_a_condition_that_failed_names_what_it_was_about_and_no_whole_id() -> None:
    user = "5d2c1d64-0f1b-4a53-9d0c-1e8f6f6b6a11"
    failed = ConditionFailed(Key("users", f"USER#{user}", f"ALERT#AAPL#{user}"))

    assert str(failed) == "the condition on users USER#5d2c1d64… ALERT#AAPL#5d2c1d64… does not hold"
    assert failed.key.pk == f"USER#{user}"
