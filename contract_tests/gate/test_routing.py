"""Routing: fixed segments win, parameters backtrack, and the time does not depend on the number of routes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.gate.routing import Route, Router


def route(path: str, method: str = "GET", safe: bool = True) -> Route:
    return Route(method, path, f"{method} {path}", "module", "tag", "summary", safe)


def found(router: Router, path: str) -> tuple[str, list[str]] | None:
    place = router.find(path)
    return None if place is None else (next(iter(place[0].routes.values())).path, place[1])


def test_a_fixed_path_wins_over_a_parameter() -> None:
    router = Router([route("/a/{x}"), route("/a/b")])

    assert found(router, "/a/b") == ("/a/b", [])
    assert found(router, "/a/c") == ("/a/{x}", ["c"])


def test_a_fixed_segment_that_leads_nowhere_is_given_up_for_a_parameter() -> None:
    router = Router([route("/a/b/{x}/d"), route("/a/{y}/c")])

    assert found(router, "/a/b/c") == ("/a/{y}/c", ["b"])
    assert found(router, "/a/b/1/d") == ("/a/b/{x}/d", ["1"])
    assert found(router, "/a/b/1/e") is None


@pytest.mark.parametrize("path", ["/a", "/a/", "/a/x/", "//x", "", "a/x", "/a//", "/a/x/y"])
def test_other_paths_are_nobodys(path: str) -> None:
    assert found(Router([route("/a/{x}")]), path) is None


def test_allow_names_every_method_and_head_only_where_it_is_safe() -> None:
    router = Router([route("/a"), route("/a", "POST"), route("/b", safe=False)])
    a, b = router.find("/a"), router.find("/b")

    assert a is not None
    assert a[0].allow == "GET, HEAD, OPTIONS, POST"
    assert b is not None
    assert b[0].allow == "GET, OPTIONS"


segments = st.lists(st.sampled_from(["a", "b", "c", "{x}", "{y}"]), min_size=1, max_size=4).map(
    lambda s: "/" + "/".join(s)
)
paths = st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=4).map(lambda s: "/" + "/".join(s))


def matches(template: str, path: str) -> bool:
    wanted, given_ = template.split("/"), path.split("/")
    return len(wanted) == len(given_) and all(w.startswith("{") or w == g for w, g in zip(wanted, given_, strict=True))


@given(st.lists(segments, max_size=8), paths)
def test_a_path_is_found_exactly_if_some_route_matches_it(templates: list[str], path: str) -> None:
    result = found(Router([route(template) for template in templates]), path)

    assert (result is not None) == any(matches(template, path) for template in templates)
    assert result is None or matches(result[0], path)
