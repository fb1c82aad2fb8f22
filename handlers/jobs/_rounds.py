"""Rounds of a job in one call: what is found at once has a bound, so that little is read in vain, a backlog has none."""

from __future__ import annotations

from typing import Any

from handlers.jobs.assembling import Entry
from handlers.jobs.running import Answer


def in_rounds(job: Entry, most: int) -> Entry:
    """A function that calls a job again while it finds as much as it may, `most`, and does all of it.

    It ends where something failed, and where something was left because the function's time is nearly over. Answers what
    the last round answers.
    """

    def handler(event: Any, context: Any) -> Answer:
        while True:
            answer = job(event, context)
            if answer.get("status") != "done" or answer["items"] < most:
                return answer

    return handler
