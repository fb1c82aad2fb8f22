"""The one structured logger of a process. Ids are masked by `masked`; bodies, tokens and cookies are never logged."""

from __future__ import annotations

from aws_lambda_powertools import Logger

log = Logger(service="bellwether", log_uncaught_exceptions=False)


def masked(value: str) -> str:
    """The first eight characters: enough to find a record, too little to use it."""
    return value[:8]
