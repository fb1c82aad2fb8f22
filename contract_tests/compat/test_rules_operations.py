"""The rules about operations and whole contracts, each by its sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

from contract_tests.compat.small_contracts import CLOSED_QUERY, TEXT, Told, asking, contract, parameter, told
from tools.compat.change import Level
from tools.compat.comparing import changes
from tools.openapi.schemas import Schema

NOWHERE = ("", "")


def with_root(**said: Any) -> Schema:
    return {**contract(), **said}


def without_operations(**said: Any) -> Schema:
    return {**contract(**said), "paths": {}}


def at_operation(rule: str) -> Told:
    return [(rule, *NOWHERE)]


def test_a_server_that_was_named_still_serves() -> None:
    old = with_root(servers=[{"url": "https://a.example"}, {"url": "https://b.example"}])
    new = with_root(servers=[{"url": "https://a.example"}])

    assert told(old, new) == at_operation("server-removed")


def test_another_server_may_be_named() -> None:
    old = with_root(servers=[{"url": "https://a.example"}])
    new = with_root(servers=[{"url": "https://a.example"}, {"url": "https://b.example"}])

    assert told(old, new) == at_operation("server-added")


def test_an_operation_may_be_added() -> None:
    assert told(without_operations(), contract()) == at_operation("operation-added")


def both(path: str, schema: Schema) -> tuple[Schema, Schema]:
    """A contract of `/things/{id}`, and the same with another path."""
    old = contract("/things/{id}", parameters=[parameter("id", "path", schema)])
    return old, {**old, "paths": {**old["paths"], **contract(path, operationId="other")["paths"]}}


def test_a_new_path_takes_no_request_from_an_operation_that_there_was() -> None:
    assert told(*both("/things/best", TEXT)) == at_operation("operation-shadowing")
    assert told(*both("/things/best", {"type": "string", "maxLength": 3})) == at_operation("operation-added")
    assert told(*both("/things/{id}/best", TEXT)) == at_operation("operation-added")


def test_an_operation_is_not_removed_before_its_sunset() -> None:
    doomed = contract(**{"x-sunset": "2024-12-31"})

    assert told(contract(), without_operations()) == at_operation("operation-removed")
    assert told(doomed, without_operations(), date(2024, 12, 30)) == at_operation("operation-removed")
    assert told(doomed, without_operations()) == at_operation("operation-removed")


def test_an_operation_may_be_removed_after_its_sunset() -> None:
    doomed = contract(**{"x-sunset": "2024-12-31"})

    assert told(doomed, without_operations(), date(2024, 12, 31)) == at_operation("operation-retired")


def test_a_changed_operationid_is_announced() -> None:
    found = changes(contract(), contract(operationId="createThing"))

    assert [(change.rule, change.subject.operation_id) for change in found] == [("operation-renamed", "createThing")]


def test_an_operation_may_be_listed_elsewhere() -> None:
    assert told(contract(tags=["a"]), contract(tags=["b"])) == at_operation("tags-changed")


def test_a_deprecated_operation_is_announced() -> None:
    assert told(contract(), contract(deprecated=True)) == at_operation("operation-deprecated")


def test_a_deprecation_of_an_operation_may_be_taken_back() -> None:
    assert told(contract(deprecated=True), contract()) == at_operation("operation-undeprecated")


def test_a_sunset_is_announced() -> None:
    assert told(contract(), contract(**{"x-sunset": "2024-12-31"})) == at_operation("sunset-set")


def test_a_published_sunset_is_not_moved_earlier() -> None:
    old = contract(**{"x-sunset": "2024-12-31"})

    assert told(old, contract(**{"x-sunset": "2024-12-30"})) == at_operation("sunset-earlier")
    assert told(old, contract(**{"x-sunset": "soon"})) == at_operation("sunset-earlier")


def test_a_sunset_may_be_moved_later_or_taken_back() -> None:
    old = contract(**{"x-sunset": "2024-12-31"})

    assert told(old, contract(**{"x-sunset": "2025-01-01"})) == at_operation("sunset-later")
    assert told(old, contract()) == at_operation("sunset-later")


def of_level(level: str) -> Schema:
    security = [] if level == "public" else [{"session": [level]}]
    return contract(security=security, **{"x-level": level})


def test_whoever_was_served_is_served() -> None:
    assert told(of_level("public"), of_level("session")) == at_operation("level-raised")
    assert told(of_level("session"), of_level("operator")) == at_operation("level-raised")


def test_more_callers_may_be_served() -> None:
    assert told(of_level("member"), of_level("session")) == at_operation("level-lowered")
    assert told(of_level("session"), of_level("public")) == at_operation("level-lowered")


def test_a_level_that_rises_hides_no_credential_that_is_gone() -> None:
    old = contract(security=[{"session": ["session"]}, {"key": ["session"]}], **{"x-level": "session"})

    assert [rule for rule, *_ in told(old, of_level("member"))] == ["level-raised", "credential-removed"]


def test_a_credential_that_was_accepted_is_accepted() -> None:
    both = contract(security=[{"session": []}, {"key": []}])

    assert told(both, contract(security=[{"session": []}])) == at_operation("credential-removed")
    assert told(contract(security=[{"session": []}]), contract(security=[{"session": ["more"]}])) == [
        ("credential-removed", *NOWHERE)
    ]


def test_what_was_public_stays_public() -> None:
    assert told(contract(), contract(security=[{"session": []}])) == at_operation("credential-demanded")


def test_another_credential_may_be_accepted() -> None:
    both = contract(security=[{"session": []}, {"key": []}])

    assert told(contract(security=[{"session": []}]), both) == at_operation("credential-added")


def test_what_needed_a_credential_may_become_public() -> None:
    assert told(contract(security=[{"session": []}]), contract()) == at_operation("credential-freed")


def test_a_scheme_is_what_it_is_and_not_what_it_is_called() -> None:
    old, new = contract(security=[{"key": []}]), contract(security=[{"key": []}])
    new["components"]["securitySchemes"]["key"] = {"type": "apiKey", "in": "header", "name": "X-Other"}

    assert told(old, new) == at_operation("credential-removed") + at_operation("credential-added")


def limited(requests: int, seconds: int, **more: int | str) -> Schema:
    said: Schema = {"x-rate-limit": {"requests": requests, "seconds": seconds, **more}}
    return contract(**said)


def test_a_lower_rate_limit_is_announced() -> None:
    assert told(limited(10, 60), limited(9, 60)) == at_operation("rate-limit-lowered")
    assert told(limited(10, 60), limited(20, 120)) == at_operation("rate-limit-lowered")
    assert told(contract(), limited(10, 60)) == at_operation("rate-limit-lowered")


def test_a_rate_limit_may_be_raised() -> None:
    assert told(limited(10, 60), limited(10, 30)) == at_operation("rate-limit-raised")
    assert told(limited(10, 60), contract()) == at_operation("rate-limit-raised")


def test_fewer_requests_of_anonymous_sessions_are_announced() -> None:
    assert told(limited(10, 60), limited(10, 60, anonymous=5)) == at_operation("rate-limit-lowered")
    assert told(limited(10, 60, anonymous=5), limited(20, 60, anonymous=4)) == at_operation("rate-limit-lowered")
    assert told(limited(10, 60, anonymous=5), limited(10, 60)) == at_operation("rate-limit-raised")
    assert told(limited(10, 60), limited(20, 60, anonymous=10)) == at_operation("rate-limit-raised")


def test_a_limit_that_others_use_up_as_well_is_announced() -> None:
    assert told(limited(10, 60), limited(10, 60, bucket="shared")) == at_operation("rate-limit-lowered")
    assert told(limited(10, 60, bucket="one"), limited(10, 60, bucket="other")) == at_operation("rate-limit-lowered")
    assert told(limited(10, 60, bucket="shared"), limited(10, 60)) == at_operation("rate-limit-raised")
    assert told(limited(10, 60, bucket="shared"), limited(20, 60, bucket="shared")) == at_operation("rate-limit-raised")


ODD = {"type": "odd", "loc": ["query", "n"], "description": "n is even"}


def test_no_new_demand_is_made_on_a_request() -> None:
    old, new = (asking(parameter(), **{"x-constraint": demands}) for demands in ([], [ODD]))

    assert told(old, new) == [("constraint-added", "query", "/n")]


def test_a_demand_may_be_made_on_a_parameter_that_is_new() -> None:
    old = asking(**{"x-constraint": CLOSED_QUERY})
    new = asking(parameter(), **{"x-constraint": [*CLOSED_QUERY, ODD]})

    assert ("constraint-confined", "query", "/n") in told(old, new)


def test_a_demand_on_a_new_parameter_is_a_new_one_where_unknown_parameters_were_ignored() -> None:
    assert ("constraint-added", "query", "/n") in told(asking(), asking(parameter(), **{"x-constraint": [ODD]}))


def test_a_reworded_demand_is_read_by_a_person() -> None:
    old = asking(parameter(), **{"x-constraint": [ODD]})
    new = asking(parameter(), **{"x-constraint": [{**ODD, "description": "n is a multiple of 4"}]})

    assert told(old, new) == [("constraint-reworded", "query", "/n")]


def test_a_demand_may_be_dropped() -> None:
    old, new = (asking(parameter(), **{"x-constraint": demands}) for demands in ([ODD], []))

    assert told(old, new) == [("constraint-removed", "query", "/n")]


def test_texts_and_examples_may_change() -> None:
    assert told(contract(summary="Make"), contract(summary="Make a thing")) == at_operation("documentation-changed")


def test_a_changed_extension_is_read_by_a_person() -> None:
    assert told(contract(), contract(**{"x-audience": "all"})) == at_operation("extension-changed")


def test_every_part_of_the_contract_that_changes_is_understood() -> None:
    assert told(contract(), contract(callbacks={})) == at_operation("unread-part-changed")
    assert told(contract(), {**contract(), "webhooks": {}}) == at_operation("unread-part-changed")


def test_a_version_is_no_change() -> None:
    assert told(contract(), {**contract(), "info": {"title": "Things", "version": "2"}}) == []


def test_every_change_has_the_level_of_its_rule() -> None:
    (change,) = changes(contract(), contract(deprecated=True))

    assert change.level is Level.CAREFUL
