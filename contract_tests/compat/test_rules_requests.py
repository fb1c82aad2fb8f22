"""The rules about parameters and bodies of requests, each by its sentence."""

from __future__ import annotations

from typing import Any

from contract_tests.compat.small_contracts import (
    CLOSED_QUERY,
    NUMBER,
    TEXT,
    Told,
    asking,
    closed,
    contract,
    parameter,
    taking,
    thing,
    told,
)
from tools.openapi.schemas import Schema

LIST: Schema = {"type": "array", "items": TEXT}


def at_n(rule: str, location: str = "query") -> Told:
    return [(rule, location, "/n")]


def test_a_parameter_of_a_path_may_be_renamed() -> None:
    old = contract("/things/{id}", parameters=[parameter("id", "path")])
    new = contract("/things/{thing_id}", parameters=[parameter("thing_id", "path")])

    assert told(old, new) == [("path-parameter-renamed", "path", "/thing_id")]


def test_parameters_of_a_path_that_change_places_are_compared_by_place() -> None:
    first, second = parameter("a", "path", NUMBER), parameter("b", "path", TEXT)
    old = contract("/things/{a}/{b}", parameters=[first, second])
    new = contract("/things/{b}/{a}", parameters=[first, second])

    assert ("request-type-changed", "path", "/b") in told(old, new)


def test_an_optional_parameter_may_be_added() -> None:
    assert told(asking(), asking(parameter())) == at_n("parameter-added")


def test_a_new_parameter_is_optional() -> None:
    assert told(asking(), asking(parameter(required=True))) == at_n("required-parameter-added")


def test_a_parameter_is_not_removed_where_unknown_ones_are_refused() -> None:
    demands = {"x-constraint": CLOSED_QUERY}

    assert told(asking(parameter(), **demands), asking(**demands)) == at_n("parameter-removed")


def test_a_parameter_that_is_no_longer_read_is_announced() -> None:
    assert told(asking(parameter()), asking()) == at_n("parameter-ignored")
    assert told(asking(parameter("N", "header")), asking()) == at_n("parameter-ignored", "header")


def test_an_optional_parameter_stays_optional() -> None:
    assert told(asking(parameter()), asking(parameter(required=True))) == at_n("parameter-required")


def test_a_required_parameter_may_become_optional() -> None:
    assert told(asking(parameter(required=True)), asking(parameter())) == at_n("parameter-optional")


def test_headers_are_compared_without_case() -> None:
    assert told(asking(parameter("X-N", "header")), asking(parameter("x-n", "header"))) == []


def test_lists_and_objects_in_a_parameter_are_written_as_they_were() -> None:
    old, new = (asking(parameter(schema=LIST, explode=explode)) for explode in (False, True))

    assert told(old, new) == at_n("parameter-form-changed")
    assert told(new, asking(parameter(schema=LIST, style="pipeDelimited"))) == at_n("parameter-form-changed")


def test_whether_a_scalar_is_exploded_makes_no_difference() -> None:
    assert told(asking(parameter(explode=False)), asking(parameter())) == []


def test_a_deprecated_parameter_is_announced() -> None:
    assert told(asking(parameter()), asking(parameter(deprecated=True))) == at_n("parameter-deprecated")


def test_a_deprecation_of_a_parameter_may_be_taken_back() -> None:
    assert told(asking(parameter(deprecated=True)), asking(parameter())) == at_n("parameter-undeprecated")


def body(required: bool = False, media: str = "application/json") -> Schema:
    return {"required": required, "content": {media: {"schema": TEXT}}}


def at_body(rule: str) -> Told:
    return [(rule, "body", "")]


def test_an_optional_body_may_be_added() -> None:
    assert told(contract(), contract(requestBody=body())) == at_body("body-added")


def test_a_new_body_is_optional() -> None:
    assert told(contract(), contract(requestBody=body(required=True))) == at_body("required-body-added")


def test_a_body_that_clients_send_is_still_read() -> None:
    assert told(contract(requestBody=body()), contract()) == at_body("body-removed")


def test_an_optional_body_stays_optional() -> None:
    assert told(contract(requestBody=body()), contract(requestBody=body(required=True))) == at_body("body-required")


def test_a_required_body_may_become_optional() -> None:
    assert told(contract(requestBody=body(required=True)), contract(requestBody=body())) == at_body("body-optional")


def test_a_media_type_that_was_read_is_still_read() -> None:
    old = contract(requestBody={"content": {**body()["content"], "text/csv": {"schema": TEXT}}})

    assert told(old, contract(requestBody=body())) == at_body("body-media-type-removed")


def test_another_media_type_may_be_read() -> None:
    new = contract(requestBody={"content": {**body()["content"], "text/csv": {"schema": TEXT}}})

    assert told(contract(requestBody=body()), new) == at_body("body-media-type-added")


def test_media_types_are_compared_without_case_and_parameters() -> None:
    old = contract(requestBody=body(media="application/json"))

    assert told(old, contract(requestBody=body(media="Application/JSON; charset=utf-8"))) == []


def changed(old: Any, new: Any) -> Told:
    """What a body's property `n` that becomes another is told as."""
    return told(taking(closed(n=old)), taking(closed(n=new)))


def in_body(rule: str) -> Told:
    return at_n(rule, "body")


def test_a_property_that_clients_send_is_not_taken_out_of_a_request() -> None:
    assert told(taking(closed(n=TEXT)), taking(closed())) == in_body("request-property-removed")


def test_a_property_taken_out_of_an_open_object_is_announced() -> None:
    assert told(taking(thing(n=TEXT)), taking(thing())) == in_body("request-property-ignored")


def test_an_optional_property_may_be_added_to_a_request() -> None:
    assert told(taking(closed()), taking(closed(n=TEXT))) == in_body("request-property-added")


def test_a_new_property_of_a_request_is_optional() -> None:
    assert told(taking(closed()), taking(closed(("n",), n=TEXT))) == in_body("request-required-property-added")


def test_an_optional_property_of_a_request_stays_optional() -> None:
    assert told(taking(closed(n=TEXT)), taking(closed(("n",), n=TEXT))) == in_body("request-property-required")


def test_a_required_property_of_a_request_may_become_optional() -> None:
    assert told(taking(closed(("n",), n=TEXT)), taking(closed(n=TEXT))) == in_body("request-property-optional")


def test_what_may_be_null_in_a_request_may_stay_null() -> None:
    assert changed({"type": ["string", "null"]}, TEXT) == in_body("request-null-removed")


def test_a_value_of_a_request_may_become_nullable() -> None:
    assert changed(TEXT, {"anyOf": [TEXT, {"type": "null"}]}) == in_body("request-null-added")


def test_no_value_is_taken_out_of_a_list_of_accepted_values() -> None:
    assert changed({"enum": ["a", "b"]}, {"enum": ["a"]}) == in_body("request-value-removed")
    assert changed({"enum": ["a"]}, {"enum": ["A"]}) == [
        *in_body("request-value-removed"),
        *in_body("request-value-added"),
    ]


def test_a_request_may_accept_more_values() -> None:
    assert changed({"enum": ["a"]}, {"enum": ["a", "b"]}) == in_body("request-value-added")


def test_the_type_of_a_value_in_a_request_does_not_narrow() -> None:
    assert changed({"type": "number"}, NUMBER) == in_body("request-type-narrowed")


def test_the_type_of_a_value_in_a_request_may_widen() -> None:
    assert changed(NUMBER, {"type": "number"}) == in_body("request-type-widened")


def test_the_type_of_a_value_in_a_request_does_not_change() -> None:
    assert changed(NUMBER, TEXT) == in_body("request-type-changed")


def test_a_bound_of_a_request_is_not_tightened() -> None:
    assert changed({**TEXT, "maxLength": 9}, {**TEXT, "maxLength": 8}) == in_body("request-constraint-tightened")
    assert changed({**TEXT, "pattern": "^a", "maxLength": 9}, {**TEXT, "pattern": "^a", "maxLength": 8}) == in_body(
        "request-constraint-tightened"
    )


def test_a_bound_of_a_request_may_be_loosened() -> None:
    assert changed({**NUMBER, "minimum": 1}, NUMBER) == in_body("request-constraint-loosened")


def test_a_bound_of_a_request_is_proved_to_accept_what_it_accepted() -> None:
    assert changed({**TEXT, "pattern": "^a"}, {**TEXT, "pattern": "^b"}) == in_body("request-constraint-changed")


def test_no_alternative_of_a_request_is_taken_away() -> None:
    assert changed({"type": ["string", "integer"]}, TEXT) == in_body("request-alternative-removed")


def test_a_request_may_have_more_alternatives() -> None:
    assert changed(TEXT, {"type": ["string", "integer"]}) == in_body("request-alternative-added")


def test_what_a_request_accepted_it_accepts() -> None:
    assert told(taking(thing()), taking(thing(n=TEXT))) == in_body("request-narrowed")


def overlapping(most: int, least: int) -> Schema:
    return {"anyOf": [{"type": "integer", "minimum": 0, "maximum": most}, {"type": "number", "minimum": least}]}


def test_a_request_may_accept_more() -> None:
    assert changed(overlapping(9, 5), overlapping(8, 4)) == in_body("request-widened")


def exclusive(least: int) -> Schema:
    return {"oneOf": [{"type": "integer", "minimum": 0, "maximum": 9}, {"type": "integer", "minimum": least}]}


def test_what_a_request_accepted_it_is_proved_to_accept() -> None:
    assert ("request-unproved", "body", "/n") in changed(exclusive(20), exclusive(5))


def test_a_changed_default_is_announced() -> None:
    assert changed({**NUMBER, "default": 1}, {**NUMBER, "default": 2}) == in_body("request-default-changed")
    assert changed({**NUMBER, "default": 1}, NUMBER) == in_body("request-default-changed")


def test_a_deprecated_property_of_a_request_is_announced() -> None:
    assert changed(TEXT, {**TEXT, "deprecated": True}) == in_body("request-deprecated")


def test_a_deprecation_of_a_property_of_a_request_may_be_taken_back() -> None:
    assert changed({**TEXT, "deprecated": True}, {**TEXT, "deprecated": False}) == in_body("request-undeprecated")


def test_a_change_of_readonly_or_writeonly_in_a_request_is_announced() -> None:
    assert changed(TEXT, {**TEXT, "readOnly": True}) == in_body("request-access-changed")


def test_a_changed_format_of_a_number_in_a_request_is_announced() -> None:
    assert changed({**NUMBER, "format": "int64"}, {**NUMBER, "format": "int32"}) == in_body("request-format-changed")


def test_a_changed_discriminator_of_a_request_is_announced() -> None:
    old, new = taking(thing(n=TEXT)), taking({**thing(n=TEXT), "discriminator": {"propertyName": "n"}})

    assert told(old, new) == at_body("request-discriminator-changed")


def test_the_encoding_of_text_in_a_request_stays() -> None:
    assert changed(TEXT, {**TEXT, "contentEncoding": "base64"}) == in_body("request-content-changed")


def test_texts_and_examples_in_a_request_may_change() -> None:
    assert changed({**TEXT, "description": "A"}, {**TEXT, "description": "B"}) == in_body("request-documented")
