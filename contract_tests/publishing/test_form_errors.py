"""The table of form errors: complete against types and rules, and in the words that the handlers use."""

from __future__ import annotations

import copy
import json
import os
import re
import string
import subprocess
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from contract_tests.client import Client
from contract_tests.publishing.test_typescript import NODE, STRICT, TARGET, TSC, needs_tsc
from contract_tests.tools.constraint_zoo import ZOO
from contract_tests.tools.test_constraints import errors
from models.operation import Body, Cookie, Header
from models.registry import Entry, Tag, entries
from tools.constraints import constraints
from tools.findings import Subject
from tools.form_errors import KNOWN, files, rows, subject_of
from tools.goldens.cases import name_of
from tools.goldens.golden import goldens
from tools.goldens.violations import violation
from tools.openapi.document import document
from tools.openapi.schemas import BadContract, generated, without_null
from tools.stage import Stage


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document()


@pytest.fixture(scope="module")
def played() -> dict[str, bytes]:
    """What the handlers answer now, not what was committed."""
    return goldens()


@pytest.fixture(scope="module")
def table(made: dict[str, Any], played: dict[str, bytes]) -> dict[str, Any]:
    return rows(made, played)


def each(table: dict[str, Any]) -> Iterator[tuple[Subject, dict[str, Any]]]:
    for operation_id, locations in table.items():
        for location, pointers in locations.items():
            for pointer, found in pointers.items():
                for row in found:
                    yield Subject(operation_id, location, pointer), row


def below(operation_id: str, loc: tuple[str, ...]) -> Subject:
    return reduce(Subject.inside, loc[1:], Subject(operation_id, loc[0]))


@pytest.mark.exhaustive
def test_every_constraint_and_every_rule_has_its_row_and_no_other_has(table: dict[str, Any]) -> None:
    wanted = {
        (below(entry.operation.id, b.constraint.loc), b.constraint.type)
        for entry in entries()
        for b in constraints(entry.operation)
        if b.excluded is None
    } | {(below(entry.operation.id, rule.loc), rule.type) for entry in entries() for rule in entry.operation.rules}
    found = [(subject, row["type"]) for subject, row in each(table)]

    assert set(found) == wanted
    assert len(found) == len(set(found)) > 150


def filled(row: dict[str, Any]) -> str:
    """The message with its limit, as a front end writes it; what varies is anything."""
    said = row["limit"]
    if isinstance(said, list):
        names = [f"'{member}'" for member in said]
        said = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    parts = string.Formatter().parse(row["message"])
    made = ""
    for text, name, _, _ in parts:
        made += re.escape(text)
        if name is not None:
            made += ".+" if name in row["varies"] else re.escape(str(said))
    return made


def test_each_message_with_its_limit_is_what_the_handler_answers(
    table: dict[str, Any], played: dict[str, bytes]
) -> None:
    for subject, row in each(table):
        detail = json.loads(played[row["golden"]])["response"]["body"]["detail"]
        said = [item["msg"] for item in detail if item["type"] == row["type"]]

        assert row["example"] in said, subject
        assert re.fullmatch(filled(row), row["example"]), row


def test_a_message_names_what_varies_and_nothing_else(table: dict[str, Any]) -> None:
    for subject, row in each(table):
        names = {name for _, name, _, _ in string.Formatter().parse(row["message"]) if name is not None}
        limit = {row["keyword"]} if row["limit"] is not None else set()

        assert names == limit | set(row["varies"]), subject


def test_each_pointer_leads_to_what_the_document_says(made: dict[str, Any], table: dict[str, Any]) -> None:
    for subject, row in each(table):
        steps = [step.replace("~1", "/").replace("~0", "~") for step in row["schema"].removeprefix("#/").split("/")]
        found: Any = made
        for step in steps:
            found = found[int(step)] if isinstance(found, list) else found[step]
        if row["keyword"]:
            assert steps[-1] == row["keyword"], subject
        if row["limit"] is not None:
            assert found == row["limit"], subject
        if "x-constraint" in steps:
            assert (found["type"], row["keyword"]) == (row["type"], None)


def test_every_error_of_a_form_is_found_by_its_loc(table: dict[str, Any]) -> None:
    client = Client(Stage())
    body = {"name": "x" * 51, "tickers": ["AAPL", "!", 3], "timeframe_days": 0, "colour": "red"}
    got = client.call("POST", "/api/v2/configurations", {"page": 1}, body)
    detail = json.loads(got.body)["detail"]

    assert len(detail) == 6
    for item in detail:
        subject = subject_of("createConfiguration", item["loc"], item["type"])
        found = {row["type"]: row for row in table["createConfiguration"][subject.location][subject.pointer]}
        assert re.fullmatch(filled(found[item["type"]]), item["msg"])


def zoo_document() -> dict[str, Any]:
    """Request types of every kind as the document would have them."""
    tag = Tag("zoo", "dashboard", ("zoo",), "Every kind of value")
    schemas = generated([Entry(operation, tag, "zoo") for operation in ZOO])
    paths: dict[str, Any] = {}
    for operation in ZOO:
        said: dict[str, Any] = {"operationId": operation.id, "parameters": []}
        for name, place in operation.places().items():
            schema = schemas.fields[operation.id, name]
            if isinstance(place, Body):
                said["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
                continue
            wire = place.name if isinstance(place, Header | Cookie) else name
            where = type(place).__name__.lower()
            required = operation.request.model_fields[name].is_required()
            said["parameters"].append({"name": wire, "in": where, "required": required, "schema": without_null(schema)})
        if not operation.open_query:
            said["x-constraint"] = [{"type": "extra_forbidden", "loc": ["query", "*"], "description": "None"}]
        paths[operation.path] = {operation.method.lower(): said}
    return {"paths": paths, "components": {"schemas": schemas.components}}


def zoo_goldens() -> Iterator[tuple[str, bytes]]:
    for operation in ZOO:
        for breakable in constraints(operation):
            if breakable.excluded is None:
                call, _ = violation(operation, breakable)
                content = {"response": {"body": {"detail": errors(call)}}}
                path = f"golden/dashboard/zoo/{operation.id}/422-{name_of(breakable.constraint)}.json"
                yield path, json.dumps(content).encode()


def test_every_kind_of_error_is_explained() -> None:
    table = rows(zoo_document(), dict(zoo_goldens()))
    found = {row["type"] for _, row in each(table)}

    assert found == set(KNOWN)
    for _, row in each(table):
        assert re.fullmatch(filled(row), row["example"]), row


def test_a_value_that_is_fixed_is_named_as_one_of_a_choice_is(made: dict[str, Any], played: dict[str, bytes]) -> None:
    fixed = copy.deepcopy(made)
    parameters = fixed["paths"]["/api/v2/trends"]["get"]["parameters"]
    next(p for p in parameters if p["name"] == "interval")["schema"] = {"const": "1h", "type": "string"}
    name = "getTrends/422-query-interval-literal_error.json"
    (row,) = rows(fixed, changed(played, name, msg="Input should be '1h'"))["getTrends"]["query"]["/interval"]

    assert (row["message"], row["keyword"], row["limit"], row["varies"]) == (
        "Input should be {const}",
        "const",
        "1h",
        [],
    )


def changed(played: dict[str, bytes], name: str, **item: Any) -> dict[str, bytes]:
    path = next(path for path in played if path.endswith(name))
    content = json.loads(played[path])
    content["response"]["body"]["detail"][0] |= item
    return {**played, path: json.dumps(content).encode()}


@pytest.mark.parametrize(
    ("name", "item", "said"),
    [
        ("createConfiguration/422-body-name-string_too_long.json", {"msg": "too long"}, "is not said as"),
        (
            "createConfiguration/422-body-name-string_too_long.json",
            {"msg": "String should have at most 49 characters"},
            "the message says 49, the schema 50",
        ),
        ("createConfiguration/422-body-name-string_too_long.json", {"type": "new_type"}, "new_type"),
        ("createConfiguration/422-body-name-string_too_long.json", {"loc": ["body", "nam"]}, "no such place"),
        (
            "createConfiguration/422-body-name-string_too_long.json",
            {"type": "less_than_equal", "msg": "Input should be less than or equal to 50"},
            "says nothing of maximum",
        ),
    ],
)
def test_a_message_that_the_contract_does_not_explain_stops_the_build(
    made: dict[str, Any], played: dict[str, bytes], name: str, item: dict[str, Any], said: str
) -> None:
    with pytest.raises(BadContract, match=said):
        rows(made, changed(played, name, **item))


def test_the_bytes_depend_on_the_content_alone(made: dict[str, Any], played: dict[str, bytes]) -> None:
    stored = json.loads(json.dumps(made, sort_keys=True))

    assert files(stored, dict(reversed(list(played.items())))) == files(made, played)


def test_the_file_says_what_each_of_its_columns_means(made: dict[str, Any], played: dict[str, bytes]) -> None:
    content = json.loads(files(made, played)["spec/validation-errors.json"])
    columns = {column for _, row in each(content["operations"]) for column in row}

    assert columns <= set(content["about"])


USE = """
import { VALIDATION_MESSAGES, type ValidationErrors, type ValidationErrorType } from "./validation-errors.js";
const german: Record<ValidationErrorType, string> | undefined = undefined;
const one: ValidationErrors["searchTickers"]["query /limit"] = "less_than_equal";
// @ts-expect-error a limit cannot be too long
const other: ValidationErrors["searchTickers"]["query /limit"] = "too_long";
console.log(JSON.stringify([VALIDATION_MESSAGES.missing, VALIDATION_MESSAGES[one]]), german, other);
"""


@needs_tsc
def test_the_types_compile_and_their_messages_are_those_of_the_table(
    tmp_path: Path, made: dict[str, Any], played: dict[str, bytes], table: dict[str, Any]
) -> None:
    assert TSC is not None
    (tmp_path / "validation-errors.ts").write_bytes(files(made, played)["spec/validation-errors.ts"])
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "use.ts").write_text(USE)
    run = subprocess.run([TSC, *STRICT, *TARGET, "use.ts"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (run.returncode, run.stdout) == (0, "")
    if NODE is not None:
        told = subprocess.run(
            [NODE, "use.js"], cwd=tmp_path, env=dict(os.environ), capture_output=True, text=True, check=True
        )
        assert json.loads(told.stdout.split("] ")[0] + "]") == [
            ["Field required"],
            ["Input should be less than or equal to {maximum}"],
        ]
