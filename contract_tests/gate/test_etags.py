"""`If-None-Match`: lists, weak tags and the star, compared as RFC 9110, 13.1.2 says."""

from __future__ import annotations

import pytest

from tools.events import SHAPES, HttpCall, Received
from tools.stage import Stage

STAGE = Stage()
OTHER = '"0123456789abcdef0123456789abcdef01234567"'


def ask(if_none_match: str | None, method: str = "GET", shape: str = "v1") -> Received:
    headers = () if if_none_match is None else (("If-None-Match", if_none_match),)
    return STAGE.call(HttpCall(method, "/api", "", headers), shape=shape)


ETAG = ask(None).header("ETag") or ""


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "given", [ETAG, f"W/{ETAG}", f"{OTHER}, {ETAG}", f'{OTHER},W/"x" ,W/{ETAG}', f'"", {ETAG},', "*", " * "]
)
def test_a_client_that_has_the_bytes_is_told_so(given: str, shape: str) -> None:
    got = ask(given, shape=shape)

    assert (got.status, got.body, got.header("ETag")) == (304, b"", ETAG)
    assert got.header("Cache-Control") == ask(None).header("Cache-Control")


@pytest.mark.parametrize(
    "given", [OTHER, f"W/{OTHER}", ETAG.strip('"'), ETAG.upper(), f"w/{ETAG}", "", ",", "**", "\ud800"]
)
def test_a_client_that_has_others_gets_them(given: str) -> None:
    got = ask(given)

    assert (got.status, got.header("ETag")) == (200, ETAG)
    assert got.body


def test_head_has_the_tag_and_is_conditional_too() -> None:
    assert (ask(None, "HEAD").status, ask(None, "HEAD").header("ETag")) == (200, ETAG)
    assert ask(ETAG, "HEAD").status == 304
