"""What one exchange exercises, and what it does not although it looks as if."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.coverage.small import EXERCISE, NAMED, broken, exchange, exercised
from tools.coverage.exercising import PAST_VALIDATION
from tools.coverage.items import Item
from tools.coverage.recorded import Exchange

KINDS = ("missing", "int_parsing", "too_long", "date_parsing", "string_too_long", "extra_forbidden", "json_invalid")
LOCS: tuple[tuple[str | int, ...], ...] = (
    ("body",),
    ("body", "name"),
    ("query", "day"),
    ("query", "list", 0),
    ("path", "id"),
)


def test_a_value_that_is_answered_keeps_what_constrains_it() -> None:
    items = exercised(exchange())

    assert {"path /id minimum accepted", "body /name maxLength accepted", "body /name required accepted"} <= items


def test_what_is_not_sent_keeps_nothing() -> None:
    items = exercised(exchange())

    assert not any("/tags" in item or "/day" in item for item in items)


def test_null_keeps_no_constraint_of_a_text() -> None:
    items = exercised(exchange(body=b'{"name":"bolt","note":null}'))

    assert not any("/note" in item for item in items)


def test_an_empty_list_keeps_its_length_and_says_nothing_of_members() -> None:
    items = exercised(exchange(body=b'{"name":"bolt","tags":[]}'))

    assert "body /tags maxItems accepted" in items
    assert not any("/tags/*" in item for item in items)


def test_a_list_in_the_query_is_read_member_by_member() -> None:
    items = exercised(exchange(query="list=a,b"))

    assert {"query /list maxItems accepted", "query /list/* enum accepted"} <= items


def test_a_header_counts_whatever_its_case() -> None:
    items = exercised(exchange(sent=(("x-MODE", "true"),)))

    assert "header /x-mode type accepted" in items


@pytest.mark.parametrize("status", sorted(PAST_VALIDATION))
def test_a_request_that_its_handler_refuses_was_valid(status: int) -> None:
    assert "path /id minimum accepted" in exercised(exchange(status=status))


@pytest.mark.parametrize("status", [400, 401, 413, 415, 422, 429, 500, 503])
def test_a_request_that_was_perhaps_never_validated_proves_nothing(status: int) -> None:
    assert not any("accepted" in item for item in exercised(exchange(status=status)))


def test_an_error_says_which_keyword_was_broken_and_where() -> None:
    assert broken(("body", "name"), "string_too_long") == {"body /name maxLength refused", "response 422 422 shown"}


def test_an_error_at_any_index_is_about_the_members() -> None:
    items = broken(("query", "list", 1), "literal_error", query="list=a,x")

    assert "query /list/* enum refused" in items


def test_an_unknown_key_is_refused_by_the_object_around_it() -> None:
    assert "body additionalProperties refused" in broken(("body", "more"), "extra_forbidden")


def test_bytes_that_are_no_json_are_about_the_whole_body() -> None:
    assert "body content refused" in broken(("body", 8), "json_invalid", body=b'{"name":')
    assert "body content refused" in broken(("body", 8), "json_invalid", body=b'{"name":NaN}')


def test_a_day_that_is_no_day_breaks_the_format_and_keeps_the_pattern() -> None:
    items = broken(("query", "day"), "date_parsing", query="day=2024-02-30")

    assert "query /day format refused" in items
    assert "query /day pattern refused" not in items


def test_a_text_that_is_no_day_breaks_both() -> None:
    items = broken(("query", "day"), "date_parsing", query="day=x")

    assert {"query /day format refused", "query /day pattern refused"} <= items


def test_an_error_of_another_kind_breaks_nothing_there() -> None:
    assert broken(("body", "name"), "too_short") == {"response 422 422 shown"}


def test_a_published_rule_is_broken_by_its_own_type() -> None:
    assert "query /day day_closed refused" in broken(("query", "day"), "day_closed", query="day=2024-01-01")
    assert "body /tags/* tag_repeated refused" in broken(("body", "tags", 1), "tag_repeated")


def test_a_published_rule_is_kept_by_a_value_where_it_points() -> None:
    assert "query /day day_closed accepted" in exercised(exchange(query="day=2024-01-01"))
    assert "query /day day_closed accepted" not in exercised(exchange())


def test_no_unknown_parameter_is_kept_by_any_request() -> None:
    assert "query /* extra_forbidden accepted" in exercised(exchange())


def test_a_header_is_shown_by_a_response_that_has_it() -> None:
    assert "response 200 header /etag etag shown" in exercised(exchange(headers={"etag": '"1"'}))
    assert "response 200 header /etag etag shown" not in exercised(exchange(headers={}))


def test_a_link_is_shown_where_each_of_its_parameters_has_a_value() -> None:
    named = exchange(headers={"etag": '"1"'}, body=b'{"name":"bolt","tags":["a","b"]}')

    there = exercised(Exchange(named.call, "v1", 200, headers=named.headers, body=b'{"names":["x"]}'))
    absent = exercised(Exchange(named.call, "v1", 200, headers={}, body=b'{"names":[null]}'))

    assert {"response 200 again shown", "response 200 tagged shown"} <= there
    assert not absent & {"response 200 again shown", "response 200 tagged shown"}


def test_an_event_is_shown_by_a_stream_that_has_it() -> None:
    call = exchange().call
    headers = {"content-type": "text/event-stream"}

    items = exercised(Exchange(call, "v1", 200, headers=headers, body=b"event: reset\nid: 1\ndata: {}\n\n"))

    assert "event reset reset shown" in items


def test_a_call_that_means_no_operation_exercises_nothing() -> None:
    assert EXERCISE.items(exchange(path="/elsewhere")) == set()


bodies = st.sampled_from([None, b"", b"{", b"[]", NAMED, b'{"name":1,"tags":["a"],"more":2}', b'{"tags":{}}'])
errors = st.lists(st.sampled_from(list(product(LOCS, KINDS))), max_size=3).map(tuple)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["/rows/1", "/rows/x", "/rows/"]),
    st.text("day=list&,ab2024-01", max_size=20),
    bodies,
    st.sampled_from([200, 404, 422, 401]),
    errors,
)
def test_an_exchange_exercises_only_what_there_is_and_never_both_outcomes(
    path: str, query: str, body: bytes | None, status: int, found: tuple[tuple[tuple[str | int, ...], str], ...]
) -> None:
    items = EXERCISE.items(exchange(path, query, body, status, errors=found if status == 422 else ()))

    assert items <= set(EXERCISE.universe)
    assert not {_without_outcome(i) for i in items if i.outcome == "accepted"} & {
        _without_outcome(i) for i in items if i.outcome == "refused"
    }


def _without_outcome(item: Item) -> tuple[object, ...]:
    return item.subject, item.kind, item.name
