"""A query answers exactly the sort keys it was asked for, in UTF-8 order, in pages that join up."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from contract_tests.storage.world import Partitions
from handlers.storage.items import Page, Store

SHARED_STORE = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

# Neighbours in UTF-8 that other orders mix up: UTF-16 puts U+1F98A before U+FF5E, alphabets put é after e.
SORT_KEYS = st.text(st.sampled_from("\0 #Aaeé\ud7ff\ue000～🦊\U0010ffff"), min_size=1, max_size=3)
BOUNDS = st.none() | SORT_KEYS | st.just("")


def filled(store: Store, pk: str, sort_keys: list[str]) -> list[str]:
    store.put_many("users", [{"PK": pk, "SK": sort_key} for sort_key in sort_keys])
    return sorted(sort_keys, key=lambda sort_key: sort_key.encode())


def sort_keys_of(page: Page) -> list[str]:
    return [str(item["SK"]) for item in page.items]


def matching(
    sort_keys: list[str], start: str | None, end: str | None, prefix: str | None, after: str | None, newest_first: bool
) -> list[str]:
    """What the query means, in bytes."""
    found = [sort_key for sort_key in sort_keys if sort_key.encode().startswith((prefix or "").encode())]
    found = [sort_key for sort_key in found if sort_key.encode() >= (start or "").encode()]
    found = [sort_key for sort_key in found if end is None or sort_key.encode() < end.encode()]
    ordered = sorted(found, key=str.encode, reverse=newest_first)
    if after is None:
        return ordered
    beyond = after.encode()
    return [key for key in ordered if (key.encode() < beyond if newest_first else key.encode() > beyond)]


@SHARED_STORE
@given(
    present=st.lists(SORT_KEYS, unique=True, max_size=12),
    start=BOUNDS,
    end=BOUNDS,
    prefix=BOUNDS,
    after=BOUNDS,
    newest_first=st.booleans(),
    limit=st.none() | st.integers(1, 5),
)
@example(
    present=["\ud7ff", "\ue000", "\ud7ffa"],
    start=None,
    end=None,
    prefix="\ud7ff",
    after=None,
    newest_first=False,
    limit=None,
)
@example(
    present=["\U0010ffff", "\U0010ffffa", "a"],
    start=None,
    end=None,
    prefix="\U0010ffff",
    after="\U0010ffff",
    newest_first=False,
    limit=1,
)
def test_a_query_answers_exactly_the_sort_keys_it_was_asked_for(
    store: Store,
    partitions: Partitions,
    present: list[str],
    start: str | None,
    end: str | None,
    prefix: str | None,
    after: str | None,
    newest_first: bool,
    limit: int | None,
) -> None:
    pk = partitions.fresh()
    expected = matching(filled(store, pk, present), start, end, prefix, after, newest_first)
    page = store.query("users", pk, start, end, prefix, limit, newest_first, after)

    assert sort_keys_of(page) == expected[:limit]
    assert page.next == (expected[limit - 1] if limit is not None and len(expected) > limit else None)


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize(("size", "limit"), [(0, 3), (1, 3), (3, 3), (4, 3), (6, 3), (7, 3), (3, 1)])
def test_pages_join_up_to_the_whole_and_the_last_is_never_empty(
    store: Store, pk: str, size: int, limit: int, newest_first: bool
) -> None:
    present = filled(store, pk, [f"{number:02}" for number in range(size)])
    pages = [store.query("users", pk, limit=limit, newest_first=newest_first)]
    while (after := pages[-1].next) is not None:
        pages.append(store.query("users", pk, limit=limit, newest_first=newest_first, after=after))

    joined = [sort_key for page in pages for sort_key in sort_keys_of(page)]
    assert joined == (present[::-1] if newest_first else present)
    assert all(page.items for page in pages) or size == 0
    assert len(pages) == max(1, -(-size // limit))


def test_a_cursor_stays_good_when_its_item_goes(store: Store, pk: str) -> None:
    filled(store, pk, ["1", "2", "3", "4"])
    first = store.query("users", pk, limit=2)
    store.put("users", {"PK": pk, "SK": "2", "ttl": 0})

    assert first.next == "2"
    assert sort_keys_of(store.query("users", pk, limit=2, after=first.next)) == ["3", "4"]


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_cursor_may_be_as_long_as_a_sort_key(store: Store, pk: str, newest_first: bool) -> None:
    full = "m" * 1024
    filled(store, pk, ["a", full, "z"])
    found = store.query("users", pk, start="a", end="~", after=full, newest_first=newest_first)

    assert sort_keys_of(found) == (["a"] if newest_first else ["z"])


def test_a_range_that_ends_before_it_starts_is_empty(store: Store, pk: str) -> None:
    filled(store, pk, ["1", "2"])

    assert store.query("users", pk, start="2", end="1") == ([], None)
    assert store.query("users", pk, start="1", end="1") == ([], None)
    assert store.query("users", pk, start="2", prefix="1") == ([], None)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_page_holds_at_least_one_item(store: Store, pk: str, limit: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        store.query("users", pk, limit=limit)


def test_a_bound_that_could_not_be_part_of_a_sort_key_is_refused(store: Store, pk: str) -> None:
    for bounds in ({"start": "x" * 1025}, {"end": "x" * 1025}, {"after": "x" * 1025}, {"prefix": "x" * 1024}):
        with pytest.raises(ValueError, match="bytes"):
            store.query("users", pk, **bounds)  # type: ignore[arg-type]
