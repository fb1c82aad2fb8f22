"""What a job loads, by the names of modules in a fresh interpreter."""

from __future__ import annotations

from typing import Any

import pytest

from contract_tests.test_imports import NEVER, RECORDED, TOKENS, printed, within

JOBS = ("analyze_news", "collect_news", "collect_prices", "complete_buckets", "heal", "refresh_watchlists")
START = """
import json, sys
from handlers.jobs.{job} import handler
printed, sys.stdout = sys.stdout, sys.stderr
answer = handler({event!r}, None)
sys.stdout = printed
print(json.dumps([answer, sorted(sys.modules)]))
"""
MESSAGE = {
    "Records": [
        {
            "messageId": "m-0",
            "eventSource": "aws:sqs",
            "body": '{"articles":[{"article_id":"a","published_at":"2024-12-02T15:00:00.000000Z","tickers":["AAPL"],'
            '"opinions":[]}]}',
        }
    ]
}
GATE = ("handlers.gate", "handlers.assembly", "handlers.dashboard", "handlers.stream", "handlers.jobs.pumping")
SCORERS = ("nltk", "transformers", "torch", "handlers.domain.transformer")


def loaded(job: str, event: Any) -> tuple[Any, frozenset[str]]:
    """What a job answers to its first event, and everything that was imported for it."""
    answer, names = printed(START.format(job=job, event=event))
    return answer, frozenset(names)


@pytest.mark.parametrize("job", JOBS)
def test_a_job_that_is_warmed_loads_no_engine_feed_scorer_or_other_job(job: str) -> None:
    answer, names = loaded(job, {"warmup": True})

    assert answer == {"job": job, "status": "warmed"}
    assert within(names, *NEVER, *TOKENS, *GATE, *SCORERS, RECORDED, "sqlite3", "httpx") == []
    assert within(names, *(f"handlers.jobs.{other}" for other in JOBS)) == [f"handlers.jobs.{job}"]


def test_a_job_that_finds_nothing_to_do_loads_no_recorded_market() -> None:
    answer, names = loaded("collect_news", {})

    assert (answer["status"], answer["items"]) == ("done", 0)
    assert within(names, RECORDED, "handlers.domain.scoring", *SCORERS, *GATE, "botocore.session", "httpx") == []


def test_healing_loads_no_feed_and_no_scorer() -> None:
    answer, names = loaded("heal", {})

    assert answer["status"] == "done"
    assert within(names, RECORDED, "handlers.feeds.live", "handlers.domain.scoring", *SCORERS, *GATE, "httpx") == []


def test_only_judging_loads_the_lexicon() -> None:
    answer, names = loaded("analyze_news", MESSAGE)

    assert answer == {"batchItemFailures": []}
    assert within(names, "nltk.sentiment.vader")
    assert (
        within(names, RECORDED, "transformers", "torch", "handlers.domain.transformer", *GATE, "boto3", "httpx") == []
    )
