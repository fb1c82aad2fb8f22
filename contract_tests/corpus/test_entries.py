"""Entries as lines: what is read is what was written, and what is no entry is named."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.corpus.entries import BadEntry, Entry, Step, digest_of, read, written
from tools.corpus.files import entries_in, files_of
from tools.events import SHAPES, HttpCall, Received
from tools.findings import Place
from tools.goldens.files import EVERYWHERE
from tools.identities import NAMES

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
bodies = st.one_of(
    st.none(),
    st.binary(max_size=20),
    st.sampled_from([b"", b"null", b'{"a": 1.0}', b"\xff\xff", b"  ", b'"\\ud800"', b"a\nb", b"1e400"]),
    texts.map(str.encode),
)
calls = st.builds(
    HttpCall,
    st.sampled_from(["GET", "POST", "QUERY"]),
    texts,
    texts,
    st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
    bodies,
)
locs = st.lists(st.one_of(texts, st.integers(0, 99)), min_size=1, max_size=3).map(tuple)
errors = st.lists(st.tuples(locs, texts), max_size=2).map(tuple)
steps = st.builds(Step, st.sampled_from(NAMES), st.sampled_from(list(SHAPES)), calls, st.integers(200, 599), errors)
entries = st.builds(
    Entry, texts, st.lists(steps, min_size=1, max_size=3).map(tuple), st.just("0123456789ab"), st.none() | texts
)


@settings(max_examples=200)
@given(entries)
def test_an_entry_survives_being_written(entry: Entry) -> None:
    line = written(entry)

    assert read(line) == entry
    assert "\n" not in line


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from(["getMe", "gate"]), entries), max_size=6))
def test_the_order_of_a_file_does_not_depend_on_that_of_its_entries(
    rows: list[tuple[str, Entry]],
) -> None:
    shuffled = sorted(rows, key=lambda row: written(row[1])[::-1])

    assert files_of(rows) == files_of(shuffled)
    assert len(entries_in(files_of(rows))) == len(rows)


def test_what_once_failed_comes_first() -> None:
    entry = Entry("x", (Step("nobody", "v1", HttpCall("GET", "/"), 200),), "0")
    failed = Entry("y", (Step("nobody", "v1", HttpCall("GET", "/"), 500),), "0", "a crash")

    found = entries_in(files_of([("gate", entry), ("gate", failed)]))

    assert found == {Place("golden/corpus/gate.jsonl", 1): failed, Place("golden/corpus/gate.jsonl", 2): entry}


CALL = {"as": "nobody", "shape": "v1", "method": "GET", "path": "/", "status": 200}


@pytest.mark.parametrize(
    "row",
    [
        {},
        [],
        {"why": "", "calls": [], "digest": ""},
        {"why": "", "calls": [{}], "digest": ""},
        {"why": "", "calls": [{**CALL, "as": "somebody"}], "digest": ""},
        {"why": "", "calls": [{**CALL, "shape": "v3"}], "digest": ""},
        {"why": "", "calls": [{**CALL, "errors": [1]}], "digest": ""},
        {"why": "", "calls": [{**CALL, "body_base64": 1}], "digest": ""},
        {"why": "", "calls": [CALL]},
    ],
)
def test_a_line_that_is_no_entry_is_refused_with_a_reason(row: object) -> None:
    with pytest.raises(BadEntry, match="entry of the corpus"):
        read(json.dumps(row))


@pytest.mark.parametrize("line", ["", "{", "null", "\x00"])
def test_a_line_that_is_no_json_is_named(line: str) -> None:
    data = f"{written(Entry('', (Step('nobody', 'v1', HttpCall('GET', '/'), 200),), ''))}\n{line}\n".encode()

    with pytest.raises(BadEntry, match=r"^golden/corpus/gate.jsonl:2: ") as caught:
        entries_in({"golden/corpus/gate.jsonl": data})

    assert caught.value.place == Place("golden/corpus/gate.jsonl", 2)


def received(**changed: object) -> Received:
    headers = {name: (value,) for name, value in EVERYWHERE.items()}
    parts: dict[str, object] = {"status": 200, "headers": {**headers, "etag": ('"1"',)}, "cookies": (), "body": b"x"}
    return Received(**{**parts, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        {"status": 201},
        {"body": b"y"},
        {"cookies": ("a=1",)},
        {"headers": {**received().headers, "etag": ('"2"',)}},
        {"headers": {**received().headers, "x-new": ("1",)}},
        {"headers": {n: v for n, v in received().headers.items() if n != "x-frame-options"}},
        {"headers": {**received().headers, "x-frame-options": ("SAMEORIGIN",)}},
    ],
)
def test_whatever_a_client_can_see_changes_the_digest(changed: dict[str, object]) -> None:
    assert digest_of(received(**changed)) != digest_of(received())


def test_the_order_of_headers_does_not_change_the_digest() -> None:
    turned = dict(reversed(list(received().headers.items())))

    assert digest_of(received(headers=turned)) == digest_of(received())
