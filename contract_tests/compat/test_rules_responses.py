"""The rules about responses and events, each by its sentence."""

from __future__ import annotations

from typing import Any

from contract_tests.compat.small_contracts import NUMBER, TEXT, Told, closed, contract, giving, responding, thing, told
from tools.openapi.schemas import Schema


def statuses(*names: str) -> Schema:
    return contract(responses={name: {"description": "Made"} for name in names})


def test_a_success_keeps_its_status() -> None:
    assert told(statuses("200", "201"), statuses("200")) == [("success-status-removed", "response 201", "")]


def test_a_success_has_no_status_that_clients_do_not_know() -> None:
    assert told(statuses("200"), statuses("200", "202")) == [("success-status-added", "response 202", "")]


def test_conditional_requests_may_be_answered() -> None:
    assert told(statuses("200"), statuses("200", "304")) == [("not-modified-added", "response 304", "")]


def test_conditional_requests_may_go_unanswered() -> None:
    assert told(statuses("200", "304"), statuses("200")) == [("not-modified-removed", "response 304", "")]


def test_a_new_refusal_is_announced() -> None:
    assert told(statuses("200"), statuses("200", "409")) == [("error-status-added", "response 409", "")]
    assert told(statuses("200"), statuses("200", "default")) == [("error-status-added", "response default", "")]


def test_a_refusal_may_go() -> None:
    assert told(statuses("200", "409"), statuses("200")) == [("error-status-removed", "response 409", "")]


def heading(required: bool | None, name: str = "X-N", schema: Schema = TEXT) -> Schema:
    headers = {} if required is None else {name: {"required": required, "schema": schema}}
    return responding({"headers": headers})


def at_header(rule: str) -> Told:
    return [(rule, "response 200 header", "/x-n")]


def test_a_header_that_every_response_has_is_not_removed() -> None:
    assert told(heading(True), heading(None)) == at_header("header-removed")


def test_a_header_that_responses_may_have_is_removed_with_notice() -> None:
    assert told(heading(False), heading(None)) == at_header("optional-header-removed")


def test_a_header_may_be_added() -> None:
    assert told(heading(None), heading(True)) == at_header("header-added")


def test_a_header_that_every_response_has_stays() -> None:
    assert told(heading(True), heading(False)) == at_header("header-optional")


def test_a_header_may_be_promised() -> None:
    assert told(heading(False), heading(True)) == at_header("header-required")


def test_a_changed_cookie_is_read_by_a_person() -> None:
    old, new = (
        responding({"headers": {"Set-Cookie": {"description": text}}}) for text in ("a=; Max-Age=9", "a=; Max-Age=8")
    )

    assert told(old, new) == [("cookies-changed", "response 200 header", "/set-cookie")]


def test_response_headers_are_compared_without_case() -> None:
    assert told(heading(True), heading(True, "x-n")) == []


def test_the_value_of_a_header_is_a_value_of_the_response() -> None:
    assert told(heading(True, schema={"const": "a"}), heading(True)) == at_header("response-constraint-loosened")


def sending(*media: str) -> Schema:
    return responding({"content": {name: {"schema": TEXT} for name in media}})


def at_response(rule: str) -> Told:
    return [(rule, "response 200", "")]


def test_a_media_type_that_was_sent_is_still_sent() -> None:
    assert told(sending("text/csv", "text/html"), sending("text/csv")) == at_response("response-media-type-removed")


def test_a_new_media_type_is_announced() -> None:
    assert told(sending("text/csv"), sending("text/csv", "text/html")) == at_response("response-media-type-added")


def changed(old: Any, new: Any) -> Told:
    """What a response's property `n` that becomes another is told as."""
    return told(giving(thing(("n",), n=old)), giving(thing(("n",), n=new)))


def at_n(rule: str) -> Told:
    return [(rule, "response 200", "/n")]


def test_a_property_that_clients_read_is_not_taken_out_of_a_response() -> None:
    assert told(giving(thing(("n",), n=TEXT)), giving(thing())) == at_n("response-property-removed")
    assert told(giving(thing(n=TEXT)), giving(thing())) == at_n("response-property-removed")


def test_a_response_may_have_new_properties() -> None:
    assert told(giving(thing()), giving(thing(n=TEXT))) == at_n("response-property-added")


def test_a_closed_response_is_read_as_an_open_one() -> None:
    shut = {**thing(), "additionalProperties": False}

    assert told(giving(shut), giving(thing(n=TEXT))) == at_n("response-property-added")
    assert told(giving(shut), giving(thing())) == []


def test_closed_objects_that_exclude_each_other_are_read_as_they_are_written() -> None:
    def either(b: Schema) -> Schema:
        return {"oneOf": [closed(n={}), closed(b=b)]}

    assert told(giving(either(TEXT)), giving(either({"type": ["string", "integer"]}))) == [
        ("response-alternative-added", "response 200", "/b")
    ]


def test_a_new_property_of_a_response_may_be_required() -> None:
    assert told(giving(thing()), giving(thing(("n",), n=TEXT))) == at_n("response-required-property-added")


def test_an_optional_property_of_a_response_may_become_required() -> None:
    assert told(giving(thing(n=TEXT)), giving(thing(("n",), n=TEXT))) == at_n("response-property-required")


def test_a_required_property_of_a_response_stays_required() -> None:
    assert told(giving(thing(("n",), n=TEXT)), giving(thing(n=TEXT))) == at_n("response-property-optional")


def test_a_nullable_value_of_a_response_may_become_non_null() -> None:
    assert changed({"anyOf": [TEXT, {"type": "null"}]}, TEXT) == at_n("response-null-removed")


def test_a_value_of_a_response_does_not_become_nullable() -> None:
    assert changed(TEXT, {"type": ["string", "null"]}) == at_n("response-null-added")


def test_a_value_of_a_response_may_go_out_of_use() -> None:
    assert changed({"enum": ["a", "b"]}, {"enum": ["a"]}) == at_n("response-value-removed")


def test_no_value_is_added_to_a_list_of_values_in_a_response() -> None:
    assert changed({"enum": ["a"]}, {"enum": ["a", "b"]}) == at_n("response-value-added")


def test_the_type_of_a_value_in_a_response_may_narrow() -> None:
    assert changed({"type": "number"}, NUMBER) == at_n("response-type-narrowed")


def test_the_type_of_a_value_in_a_response_does_not_widen() -> None:
    assert changed(NUMBER, {"type": "number"}) == at_n("response-type-widened")


def test_the_type_of_a_value_in_a_response_does_not_change() -> None:
    assert changed(NUMBER, TEXT) == at_n("response-type-changed")


def test_a_bound_of_a_response_may_be_tightened() -> None:
    assert changed(NUMBER, {**NUMBER, "minimum": 1}) == at_n("response-constraint-tightened")


def test_a_bound_of_a_response_is_not_loosened() -> None:
    assert changed({**TEXT, "maxLength": 8}, {**TEXT, "maxLength": 9}) == at_n("response-constraint-loosened")


def test_a_bound_of_a_response_is_proved_to_allow_no_more_than_it_did() -> None:
    assert changed({**TEXT, "pattern": "^a"}, {**TEXT, "pattern": "^b"}) == at_n("response-constraint-changed")


def test_an_alternative_of_a_response_may_go() -> None:
    assert changed({"type": ["string", "integer"]}, TEXT) == at_n("response-alternative-removed")


def test_no_alternative_is_added_to_a_response() -> None:
    assert changed(TEXT, {"type": ["string", "integer"]}) == at_n("response-alternative-added")


def overlapping(most: int, least: int) -> Schema:
    return {"anyOf": [{"type": "integer", "minimum": 0, "maximum": most}, {"type": "number", "minimum": least}]}


def test_a_response_may_promise_more() -> None:
    assert changed(overlapping(8, 4), overlapping(9, 5)) == at_n("response-narrowed")


def test_a_response_sends_nothing_that_it_could_not_send() -> None:
    old = {"type": "object", "additionalProperties": {**TEXT, "maxLength": 5}}
    new = {**old, "properties": {"n": {**TEXT, "maxLength": 9}}}

    assert told(giving(old), giving(new)) == at_n("response-widened")


def exclusive(least: int) -> Schema:
    return {"oneOf": [{"type": "integer", "minimum": 0, "maximum": 9}, {"type": "integer", "minimum": least}]}


def test_a_response_is_proved_to_send_nothing_that_it_could_not_send() -> None:
    assert ("response-unproved", "response 200", "/n") in changed(exclusive(5), exclusive(20))


def test_a_default_in_a_response_is_a_text() -> None:
    assert changed(NUMBER, {**NUMBER, "default": 2}) == at_n("response-default-changed")


def test_a_deprecated_property_of_a_response_is_announced() -> None:
    assert changed(TEXT, {**TEXT, "deprecated": True}) == at_n("response-deprecated")


def test_a_deprecation_of_a_property_of_a_response_may_be_taken_back() -> None:
    assert changed({**TEXT, "deprecated": True}, TEXT) == at_n("response-undeprecated")


def test_a_change_of_readonly_or_writeonly_in_a_response_is_announced() -> None:
    assert changed(TEXT, {**TEXT, "writeOnly": True}) == at_n("response-access-changed")


def test_a_changed_format_of_a_number_in_a_response_is_announced() -> None:
    assert changed(NUMBER, {**NUMBER, "format": "int32"}) == at_n("response-format-changed")


def test_a_changed_discriminator_of_a_response_is_announced() -> None:
    old, new = giving(thing(n=TEXT)), giving({**thing(n=TEXT), "discriminator": {"propertyName": "n"}})

    assert told(old, new) == at_response("response-discriminator-changed")


def test_the_encoding_of_text_in_a_response_stays() -> None:
    assert changed(TEXT, {**TEXT, "contentMediaType": "text/html"}) == at_n("response-content-changed")


def test_texts_and_examples_in_a_response_may_change() -> None:
    assert changed({**TEXT, "examples": ["a"]}, {**TEXT, "examples": ["b"]}) == at_n("response-documented")


def streaming(**events: Schema) -> Schema:
    union = {"type": "string", "contentSchema": {"anyOf": list(events.values())}}
    return responding({"content": {"text/event-stream": {"schema": union, "x-events": events}}})


def test_an_event_that_clients_listen_for_is_still_sent() -> None:
    assert told(streaming(tick=thing(), done=thing()), streaming(tick=thing())) == [("event-removed", "event done", "")]


def test_a_new_event_is_announced() -> None:
    assert told(streaming(tick=thing()), streaming(tick=thing(), done=thing())) == [("event-added", "event done", "")]


def test_the_data_of_an_event_is_a_response() -> None:
    old, new = streaming(tick=thing(n={"enum": ["a"]})), streaming(tick=thing(n={"enum": ["a", "b"]}))

    assert told(old, new) == [("response-value-added", "event tick", "/n")]


def linking(**links: Schema) -> Schema:
    return responding({"links": links})


def test_a_link_is_removed_with_notice() -> None:
    assert told(linking(next={"operationId": "a"}), linking()) == at_response("link-removed")


def test_a_changed_link_is_announced() -> None:
    assert told(linking(next={"operationId": "a"}), linking(next={"operationId": "b"})) == at_response("link-changed")


def test_a_link_may_be_added() -> None:
    assert told(linking(), linking(next={"operationId": "a"})) == at_response("link-added")
