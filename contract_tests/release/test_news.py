"""The changes of a contract as a client reads of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pytest

from tools.compat.change import Change, Direction, Level
from tools.compat.table import LEVELS
from tools.findings import Subject
from tools.openapi.document import document
from tools.openapi.schemas import Schema
from tools.release.advice import ADVICE
from tools.release.news import (
    ACROSS,
    DOCUMENTING,
    EVERYWHERE,
    Kind,
    News,
    bump_of,
    first_news,
    kind_of,
    news_of,
    written,
)
from tools.release.version import Bump


def contract(*operations: str, said: Mapping[str, object] = {}) -> Schema:
    """A document whose operations are `tag/id`, each with what else is said."""
    paths = {
        f"/{name}": {"get": {"operationId": name, "tags": [tag], "summary": f"does {name}", **said}}
        for tag, name in (text.split("/") for text in operations)
    }
    return {"openapi": "3.1.0", "info": {"version": "1.0.0"}, "paths": paths}


OLD = contract("alerts/createAlert", "alerts/listAlerts", "prices/getPrices")


def change(
    operation: str = "createAlert",
    rule: str = "request-constraint-tightened",
    message: str = "names may have 50 characters, not 100",
    old: object = 100,
    new: object = 50,
    place: tuple[str, str] = ("body", "/name"),
) -> Change:
    subject = Subject(operation, *place)
    return Change(rule, LEVELS[rule].level, Direction.REQUEST, subject, message, old, new)


def news(*changes: Change, reason: str = "", new: Schema = OLD) -> News:
    return news_of([(found, reason) for found in changes], OLD, new, "1.0.0")


def test_a_breaking_change_says_what_to_do_and_why_it_is_borne() -> None:
    text = written(news(change(), reason="nobody uses long names"))

    assert text == "\n".join((
        "Since 1.0.0.", "", "### Breaking", "", "#### alerts", "",
        "- **createAlert**, body `/name`: names may have 50 characters, not 100. What to do: Send only what is accepted now; "
        "anything else is answered by a 422. Borne because nobody uses long names.",
    ))  # fmt: skip


def test_news_are_grouped_by_kind_then_by_tag_in_the_order_of_the_document() -> None:
    added = partial(change, rule="operation-added", old=None, new={}, place=("", ""))
    text = written(
        news(added("getPrices", message="prices are new"), added("listAlerts", message="alerts are listed"), change())
    )

    marks = (
        "### Breaking",
        "**createAlert**",
        "### Added",
        "#### alerts",
        "**listAlerts**: alerts",
        "#### prices",
        "**getPrices**",
    )
    assert [text.count(mark) for mark in marks[:3]] == [1, 1, 1]
    places = [text.index(mark, text.index("### Added") if index > 2 else 0) for index, mark in enumerate(marks)]
    assert places == sorted(places)


def test_the_same_change_of_several_operations_is_told_once() -> None:
    made = news(change(), change("listAlerts"), change("getPrices", place=("query", "/name")))

    assert [item.operations for item in made.items] == [("createAlert", "listAlerts", "getPrices")]
    assert f"#### {ACROSS}\n\n- **createAlert**, **listAlerts**, **getPrices**, several places: names" in written(made)


def test_a_place_is_said_once() -> None:
    text = written(news(change(message="body /name: maxLength 100 is now maxLength 50")))

    assert "- **createAlert**, body `/name`: maxLength 100 is now maxLength 50. What" in text


def test_what_differs_in_its_values_is_told_apart() -> None:
    made = news(change(), change("listAlerts", old=200))

    assert len(made.items) == 2


def test_a_change_of_no_operation_is_one_of_the_contract() -> None:
    text = written(news(change("", "documentation-changed", message="the licence changed", place=("", ""))))

    assert f"#### {EVERYWHERE}\n\n- The licence changed." in text


def test_a_deprecation_names_the_day_on_which_the_operation_ends() -> None:
    ends = contract("alerts/createAlert", said={"x-sunset": "2027-06-30"})
    found = change(rule="operation-deprecated", message="createAlert is deprecated now", place=("", ""))
    known = news_of([(found, "")], ends, ends, "1.0.0")
    announced = news_of([(found, "")], OLD, ends, "1.0.0")

    assert [item.sentence for item in known.items] == ["createAlert is deprecated now. It ends on 2027-06-30."]
    # The sunset is news of its own then.
    assert [item.sentence for item in announced.items] == ["createAlert is deprecated now."]


@pytest.mark.parametrize(
    ("rule", "kind", "bump"),
    [
        ("operation-removed", Kind.BREAKING, Bump.MAJOR),
        ("response-value-added", Kind.BREAKING, Bump.MAJOR),
        ("sunset-earlier", Kind.BREAKING, Bump.MAJOR),
        ("operation-added", Kind.ADDED, Bump.MINOR),
        ("error-status-added", Kind.ADDED, Bump.MINOR),
        ("operation-retired", Kind.REMOVED, Bump.MINOR),
        ("parameter-ignored", Kind.REMOVED, Bump.MINOR),
        ("request-constraint-loosened", Kind.CHANGED, Bump.MINOR),
        ("request-null-added", Kind.CHANGED, Bump.MINOR),
        ("constraint-removed", Kind.CHANGED, Bump.MINOR),
        ("request-undeprecated", Kind.CHANGED, Bump.MINOR),
        ("request-deprecated", Kind.DEPRECATED, Bump.MINOR),
        ("sunset-set", Kind.DEPRECATED, Bump.MINOR),
        ("request-documented", Kind.DOCUMENTATION, Bump.PATCH),
        ("tags-changed", Kind.DOCUMENTATION, Bump.PATCH),
    ],
)
def test_a_change_belongs_to_one_group_and_asks_for_one_part_of_the_version(rule: str, kind: Kind, bump: Bump) -> None:
    assert (kind_of(change(rule=rule)), bump_of(change(rule=rule))) == (kind, bump)


def test_every_breaking_rule_and_no_other_says_what_a_client_has_to_do() -> None:
    breaking = {rule.id for rule in LEVELS.values() if rule.level is Level.BREAKING}

    assert breaking == ADVICE.keys()


def test_only_safe_rules_are_documentation() -> None:
    assert {LEVELS[rule].level for rule in DOCUMENTING} == {Level.SAFE}


def test_the_most_severe_change_decides() -> None:
    text, addition, harm = (change(rule=rule) for rule in ("tags-changed", "operation-added", "operation-removed"))

    assert news(text, addition).bump is Bump.MINOR
    assert news(addition, harm, text).bump is Bump.MAJOR


def test_an_equivalent_rewrite_is_a_patch_and_another_version_alone_is_nothing() -> None:
    rewritten = contract("alerts/createAlert", "alerts/listAlerts", "prices/getPrices", said={"deprecated": False})

    assert news(new=rewritten).bump is Bump.PATCH
    assert news(new={**OLD, "info": {"version": "9.9.9"}}).bump is Bump.NONE
    assert written(news()) == "Nothing changed for clients since 1.0.0."


def test_a_sentence_stays_on_its_line() -> None:
    text = written(news(change(message="first line\n\n## second line\x1b[2J", place=("", ""))))

    assert "- **createAlert**: first line ## second line\\\\x1b\\[2J." in text


def test_markdown_in_a_message_is_shown_and_code_stays_code() -> None:
    text = written(news(change(message="`a*b` and ^[a-z]*$ <b>_x_</b> max_length", place=("", ""))))

    assert "`a*b` and ^\\[a-z\\]\\*$ \\<b\\>\\_x\\_\\</b\\> max_length." in text


def test_in_the_first_release_every_operation_is_new() -> None:
    made = first_news(document())
    operations = [o for path in document()["paths"].values() for o in path.values()]

    assert [item.operations for item in made.items] == [(operation["operationId"],) for operation in operations]
    assert {item.kind for item in made.items} == {Kind.ADDED}
    assert "- **createAnonymousSession**, `POST /api/v2/auth/anonymous`: " in written(made)
