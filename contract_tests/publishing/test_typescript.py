"""The TypeScript types and client say what the document says, compile strictly, and work against a real listener."""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contract_tests.publishing.served import served
from models.dashboard.refresh import RECORDED as REFRESH_TOKEN
from tools.artefacts import ROOT
from tools.openapi.document import document
from tools.openapi.schemas import BadContract
from tools.typescript.files import files
from tools.typescript.shapes import type_of
from tools.typescript.text import comment

TSC = os.environ.get("BELLWETHER_TSC")
OPENAPI_TYPESCRIPT = os.environ.get("BELLWETHER_OPENAPI_TYPESCRIPT")
NODE = shutil.which("node")
STRICT = ["--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--noImplicitOverride"]
TARGET = ["--lib", "ES2022,DOM", "--target", "ES2022", "--module", "nodenext"]
HERE = Path(__file__).parent

needs_tsc = pytest.mark.skipif(not TSC, reason="set BELLWETHER_TSC to the tsc command to compile the client")
needs_node = pytest.mark.skipif(not (TSC and NODE), reason="set BELLWETHER_TSC and have node to run the client")


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document()


@pytest.fixture(scope="module")
def texts(made: dict[str, Any]) -> dict[str, str]:
    """Name of the file → its text."""
    return {Path(path).name: data.decode() for path, data in files(made).items()}


def operations_of(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for place in made["paths"].values():
        yield from place.values()


def block(text: str, opening: str) -> str:
    """What stands between a line that opens a block and the line that closes it."""
    begin = text.index(opening) + len(opening)
    return text[begin : re.compile(r"^(\}|;)", re.M).search(text, begin).start()]  # type: ignore[union-attr]


def test_every_component_has_a_type(made: dict[str, Any], texts: dict[str, str]) -> None:
    exported = set(re.findall(r"^export (?:interface|type) (\w+)", texts["types.ts"], re.M))

    assert set(made["components"]["schemas"]) <= exported


def test_every_property_is_there_and_optional_where_it_may_be_absent(
    made: dict[str, Any], texts: dict[str, str]
) -> None:
    found = {
        name: {
            (field, mark == "")
            for field, mark in re.findall(
                r"^  (\w+)(\??):", block(texts["types.ts"], f"export interface {name} {{\n"), re.M
            )
        }
        for name in made["components"]["schemas"]
    }
    wanted = {
        name: {(field, field in schema.get("required", ())) for field in schema["properties"]}
        for name, schema in made["components"]["schemas"].items()
    }

    assert found == wanted


def test_every_status_of_every_operation_has_its_body(made: dict[str, Any], texts: dict[str, str]) -> None:
    found, wanted = {}, {}
    for operation in operations_of(made):
        name = operation["operationId"][0].upper() + operation["operationId"][1:]
        statuses = block(texts["types.ts"], f"export interface {name}Responses {{\n")
        found[name] = sorted(re.findall(r"^  (\d+): ", statuses, re.M))
        wanted[name] = sorted(operation["responses"])

    assert found == wanted


def test_every_refusal_is_told_apart_by_status_and_code(made: dict[str, Any], texts: dict[str, str]) -> None:
    components = made["components"]["schemas"]
    for operation in operations_of(made):
        name = operation["operationId"][0].upper() + operation["operationId"][1:]
        found = set(
            re.findall(r"Failure<(\d+), (\S+), (\w+)>", block(texts["types.ts"], f"export type {name}Error =\n"))
        )
        wanted = set()
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                schema = response["content"]["application/json"]["schema"]
                for branch in schema.get("anyOf", [schema]):
                    refusal = branch["$ref"].rpartition("/")[2]
                    code = components[refusal]["properties"].get("code", {}).get("const")
                    wanted.add((status, json.dumps(code), refusal))

        assert found == wanted, name


def test_every_operation_has_a_method_with_its_path_and_parameters(made: dict[str, Any], texts: dict[str, str]) -> None:
    client = texts["client.ts"]
    for path, place in made["paths"].items():
        for method, operation in place.items():
            name = operation["operationId"]
            route = re.search(rf"^  {name}: (.*),$", client, re.M)
            assert route is not None
            assert f'method: "{method.upper()}", path: "{path}"' in route[1]
            assert re.search(rf"^  {name}\(.*\{{$", client, re.M)
            for parameter in operation.get("parameters", ()):
                if parameter["in"] != "path":
                    assert f'"{parameter["name"]}"' in route[1]
            asked = {scheme for demand in operation["security"] for scheme in demand}
            assert ("secured: true" in route[1]) == bool(asked & {"session", "userId"})
            assert ("csrf: true" in route[1]) == any("csrfHeader" in demand for demand in operation["security"])


def test_every_event_of_a_stream_is_in_its_union(made: dict[str, Any], texts: dict[str, str]) -> None:
    streams = 0
    for operation in operations_of(made):
        content = operation["responses"].get("200", {}).get("content", {})
        if "text/event-stream" not in content:
            continue
        streams += 1
        name = operation["operationId"][0].upper() + operation["operationId"][1:]
        found = set(re.findall(r'Sent<"(\w+)", (\w+)>', block(texts["types.ts"], f"export type {name}Event =\n")))
        events = content["text/event-stream"]["x-events"]
        assert found == {(event, schema["$ref"].rpartition("/")[2]) for event, schema in events.items()}

    assert streams == 2


def test_nothing_is_any(texts: dict[str, str]) -> None:
    code = {name: re.sub(r"/\*\*.*?\*/|//.*", "", text, flags=re.S) for name, text in texts.items()}

    assert [name for name, text in code.items() if re.search(r"\bany\b", text)] == []
    assert not re.search(r"\bunknown\b", code["types.ts"])


def test_the_bytes_depend_on_the_document_alone(made: dict[str, Any]) -> None:
    stored = json.loads(json.dumps(made, sort_keys=True))
    program = (
        "import json, sys; from tools.typescript.files import files; "
        "found = files(json.load(sys.stdin)); sys.stdout.buffer.write(b''.join(found[name] for name in sorted(found)))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            input=json.dumps(stored).encode(),
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert files(stored) == files(made)
    assert runs == [b"".join(data for _, data in sorted(files(made).items()))] * 2


UNKNOWN: list[Any] = [
    {},
    True,
    {"not": {"type": "string"}},
    {"type": "string", "if": {"minLength": 1}},
    {"type": ["string", "null"]},
    {"type": "array"},
    {"type": "array", "prefixItems": [{"type": "string"}]},
    {"type": "object"},
    {"type": "object", "additionalProperties": True},
    {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "string"}},
    {"type": "object", "patternProperties": {"a": {"type": "string"}, "b": {"type": "integer"}}},
    {"allOf": [{"type": "string"}]},
    {"anyOf": [{"type": "string"}], "minLength": 1},
    {"$ref": "#/components/schemas/A", "minLength": 1},
    {"$ref": "other.json#/A"},
    {"const": {"a": 1}},
    {"enum": []},
    {"type": "string", "maximum": 1},
    {"type": "file"},
]


@pytest.mark.parametrize("schema", UNKNOWN, ids=json.dumps)
def test_a_shape_that_is_not_known_stops_the_build(schema: Any) -> None:
    with pytest.raises(BadContract, match="/there"):
        type_of(schema, "/there")


KNOWN = [
    ({"type": "integer", "minimum": 1}, "number"),
    ({"enum": ["a", 1, None]}, '"a" | 1 | null'),
    ({"const": 'a"b', "type": "string"}, '"a\\"b"'),
    ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string | null"),
    ({"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}, "(string | number)[]"),
    ({"type": "array", "items": {"type": "array", "items": {"type": "boolean"}}}, "boolean[][]"),
    ({"type": "object", "additionalProperties": {"$ref": "#/components/schemas/A"}}, "Record<string, A>"),
    ({"type": "object", "additionalProperties": {"type": "number"}, "propertyNames": {"enum": ["a", "b"]}},
     'Partial<Record<"a" | "b", number>>'),
    ({"type": "object", "patternProperties": {"^a$": {"type": "number"}}}, "Record<string, number>"),
    ({"type": "object", "properties": {"a-b": {"type": "null"}}, "required": ["a-b"]}, '{\n  "a-b": null;\n}'),
    ({"type": "array", "items": {"type": "object", "properties": {"a": {"enum": [1, 2]}}}}, "{\n  a?: 1 | 2;\n}[]"),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "expected"), KNOWN)
def test_a_shape_is_written_as_the_language_says_it(schema: Any, expected: str) -> None:
    assert type_of(schema, "/there") == expected


def test_no_text_of_the_contract_ends_a_comment(made: dict[str, Any]) -> None:
    hostile = copy.deepcopy(made)
    hostile["components"]["schemas"]["Health"]["description"] = "an end */ export const x = 1; /* {@link y} <b> @z"
    hostile["components"]["schemas"]["Health"]["properties"]["status"]["description"] = "`*/` too"
    text = files(hostile)["spec/typescript/types.ts"].decode()

    assert "an end *\\/ export const x = 1; /* \\{\\@link y\\} \\<b\\> \\@z" in text
    assert comment(["`a*/b`"]) == ["/** `a*\\/b` */"]
    assert text.count("/**") == text.count("*/")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["components"]["schemas"].update(Success=d["components"]["schemas"]["Health"]), "Success"),
        (
            lambda d: d["components"]["schemas"].update(SearchTickersQuery=d["components"]["schemas"]["Health"]),
            "SearchTickersQuery",
        ),
        (lambda d: d["paths"]["/health"]["get"].update(operationId="constructor"), "constructor"),
        (lambda d: d["paths"]["/health"]["get"].update(operationId="check-health"), "check-health"),
        (
            lambda d: d["paths"]["/api/v2/tickers/search"]["get"]["parameters"][0].update(style="spaceDelimited"),
            "style",
        ),
        (lambda d: d["paths"]["/api/v2/tickers/search"]["get"]["parameters"][0].update({"in": "cookie"}), "cookie"),
        (lambda d: d["paths"]["/api/v2/tickers/search"]["get"]["parameters"][0].update({"in": "path"}), "path"),
        (lambda d: d["paths"]["/api/v2/tickers/search"]["get"]["parameters"][1].update(name="q"), "one name"),
        (
            lambda d: d["paths"]["/health"]["get"]["responses"]["200"]["content"].update({"text/csv": {}}),
            "text/csv",
        ),
        (
            lambda d: d["paths"]["/api/v2/stream"]["get"]["responses"]["200"]["content"]["text/event-stream"].pop(
                "x-events"
            ),
            "x-events",
        ),
    ],
)
def test_an_operation_that_no_client_can_call_stops_the_build(made: dict[str, Any], change: Any, said: str) -> None:
    changed = copy.deepcopy(made)
    change(changed)

    with pytest.raises(BadContract, match=re.escape(said)):
        files(changed)


def laid_out(folder: Path, texts: dict[str, str], *more: str) -> list[str]:
    """The generated files and some of ours in one folder; their names."""
    for name, text in texts.items():
        (folder / name).write_text(text)
    for name in more:
        shutil.copy(HERE / name, folder)
    (folder / "package.json").write_text('{"type": "module"}')
    return [*texts, *more]


def compiled(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    assert TSC is not None
    return subprocess.run([TSC, *STRICT, *TARGET, *args], cwd=folder, capture_output=True, text=True, check=False)


@needs_tsc
def test_wrong_use_of_the_client_does_not_compile_and_right_use_does(tmp_path: Path, texts: dict[str, str]) -> None:
    run = compiled(tmp_path, "--noEmit", *laid_out(tmp_path, texts, "usage.ts"))

    assert (run.returncode, run.stdout) == (0, "")


@needs_tsc
def test_the_client_compiles_as_strictly_as_any_project_may_want(tmp_path: Path, texts: dict[str, str]) -> None:
    """Each file alone, as bundlers take them; no syntax that Node could not strip."""
    alone = ["--verbatimModuleSyntax", "--isolatedModules", "--erasableSyntaxOnly"]
    picky = ["--noUnusedLocals", "--noUnusedParameters", "--noImplicitReturns", "--noPropertyAccessFromIndexSignature"]
    run = compiled(tmp_path, "--noEmit", *alone, *picky, *laid_out(tmp_path, texts))

    assert (run.returncode, run.stdout) == (0, "")


@needs_tsc
def test_each_wrong_line_is_an_error_of_its_own(tmp_path: Path, texts: dict[str, str]) -> None:
    names = laid_out(tmp_path, texts, "usage.ts")
    usage = tmp_path / "usage.ts"
    expected = usage.read_text().count("@ts-expect-error")
    usage.write_text(usage.read_text().replace("@ts-expect-error", "wrong:"))
    run = compiled(tmp_path, "--noEmit", *names)

    assert expected == len(set(re.findall(r"^usage\.ts\((\d+),", run.stdout, re.M))) > 15


EQUAL = """
import type * as ours from "./types.js";
import type { components, operations } from "./theirs.js";
type Any<A> = 0 extends 1 & A ? true : false;
type Same<A, B> = Any<A> extends true ? "any" : Any<B> extends true ? "any"
  : [A] extends [B] ? ([B] extends [A] ? true : "ours says more") : [B] extends [A] ? "theirs says more" : "different";
type Theirs = components["schemas"];
type Said<T> = T extends { content: { "application/json": infer Body } } ? Body : null;
"""


def equalities(made: dict[str, Any]) -> Iterator[str]:
    """A line for each component, request and status, that compiles only where both types take the same values."""
    for name in made["components"]["schemas"]:
        yield f'export const {name}: Same<ours.{name}, Theirs["{name}"]> = true;'
    for operation in operations_of(made):
        id_ = operation["operationId"]
        name = id_[0].upper() + id_[1:]
        at = f'operations["{id_}"]'
        places = {parameter["in"] for parameter in operation.get("parameters", ())}
        for place, end in (("path", "Path"), ("query", "Query"), ("cookie", "Cookies")):
            if place in places:
                theirs = f'NonNullable<{at}["parameters"]["{place}"]>'
                yield f"export const {id_}{end}: Same<ours.{name}{end}, {theirs}> = true;"
        if "requestBody" in operation:
            body = f'Said<NonNullable<{at}["requestBody"]>>'
            yield f'export const {id_}Body: Same<NonNullable<ours.{name}Request["body"]>, {body}> = true;'
        for status, response in operation["responses"].items():
            if "text/event-stream" not in response.get("content", {}):
                theirs = f'Said<{at}["responses"]["{status}"]>'
                yield f'export const {id_}{status}: Same<ours.{name}Responses["{status}"], {theirs}> = true;'


def theirs(folder: Path, made: dict[str, Any], *flags: str) -> subprocess.CompletedProcess[str]:
    """Compiles our types against those that openapi-typescript makes of the same document."""
    assert OPENAPI_TYPESCRIPT is not None
    (folder / "openapi.json").write_text(json.dumps(made))
    subprocess.run(
        [OPENAPI_TYPESCRIPT, "openapi.json", "-o", "theirs.ts", *flags], cwd=folder, capture_output=True, check=True
    )
    (folder / "equal.ts").write_text("\n".join([EQUAL, *equalities(made), ""]))
    return compiled(folder, "--noEmit", "types.ts", "theirs.ts", "equal.ts")


needs_second_opinion = pytest.mark.skipif(
    not (TSC and OPENAPI_TYPESCRIPT),
    reason="set BELLWETHER_TSC and BELLWETHER_OPENAPI_TYPESCRIPT to the commands to compare the types with others",
)


@needs_second_opinion
def test_another_generator_reads_the_same_types_from_the_document(
    tmp_path: Path, made: dict[str, Any], texts: dict[str, str]
) -> None:
    laid_out(tmp_path, texts)
    # It takes a property with a default for one that is always there; in a request a client may leave it out.
    run = theirs(tmp_path, made, "--default-non-nullable=false")

    assert (run.returncode, run.stdout) == (0, "")
    assert len(list(equalities(made))) > 250


@needs_second_opinion
def test_the_comparison_of_types_sees_a_difference(tmp_path: Path, made: dict[str, Any], texts: dict[str, str]) -> None:
    types = texts["types.ts"]
    changed = types.replace("  count: number;", "  count?: number;", 1).replace(
        "  symbol: string;", "  symbol: never;", 1
    )
    laid_out(tmp_path, {**texts, "types.ts": changed})
    run = theirs(tmp_path, made, "--default-non-nullable=false")

    assert changed.count("count?: number;") == changed.count("symbol: never;") == 1
    assert len(re.findall(r"error TS2322", run.stdout)) >= 2


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]) -> dict[str, Any]:
    """What the compiled client was answered by a server, as `play.ts` tells."""
    assert NODE is not None
    folder = tmp_path_factory.mktemp("client")
    names = laid_out(folder, texts, "play.ts")
    run = compiled(folder, *names)
    assert run.returncode == 0, run.stdout
    with served() as url:
        node = subprocess.run(
            [NODE, "play.js", url, REFRESH_TOKEN], cwd=folder, capture_output=True, text=True, check=False, timeout=60
        )
    assert node.returncode == 0, node.stderr
    seen: dict[str, Any] = json.loads(node.stdout)
    return seen


@needs_node
def test_the_client_reads_lists_and_sends_lists(played: dict[str, Any]) -> None:
    assert "AAPL" in played["search"]
    assert len(played["search"]) == 2
    assert played["batch"] == ["AAPL", "MSFT"]


@needs_node
def test_a_value_of_the_path_stays_one_segment(played: dict[str, Any]) -> None:
    # Sent as it is, the slashes would name another path, which is 404 and not 422.
    assert played["encoded"] == 422
    assert played["dots"] == "TypeError"


@needs_node
def test_a_conditional_call_is_answered_by_nothing_new(played: dict[str, Any]) -> None:
    assert played["notModified"] == [False, 304]


@needs_node
def test_declared_refusals_are_results(played: dict[str, Any]) -> None:
    code, item = played["invalid"]

    assert (code, item["loc"], item["type"]) == (None, ["body", "name"], "string_too_long")
    assert played["conflict"] == [409, "CONFIGURATION_LIMIT_REACHED"]
    assert played["deleted"] == [204, None, 404, "CONFIGURATION_NOT_FOUND"]
    assert played["unauthenticated"] == [401, "UNAUTHENTICATED"]
    assert played["refusedStream"] == [404, "CONFIGURATION_NOT_FOUND"]


@needs_node
def test_the_client_repeats_the_csrf_token(played: dict[str, Any]) -> None:
    assert (played["withoutCsrf"], played["withCsrf"]) == (403, 200)


@needs_node
def test_the_client_sends_a_cookie_where_no_browser_does(played: dict[str, Any]) -> None:
    assert played["refreshed"] == [200, 200, 401, 401]
    assert played["cookie"] == "TypeError"


def test_nobody_has_to_give_a_cookie_that_browsers_send_themselves(made: dict[str, Any]) -> None:
    changed = copy.deepcopy(made)
    (cookie,) = changed["paths"]["/api/v2/auth/refresh"]["post"]["parameters"]
    cookie["required"] = True

    assert "\n  refresh_token?: string;" in files(changed)["spec/typescript/types.ts"].decode()


@needs_node
def test_a_stream_that_breaks_goes_on_from_its_last_event(played: dict[str, Any]) -> None:
    first, second = played["connections"]
    ids = [id_ for _, id_ in played["events"]]

    assert first == {"path": "/api/v2/stream?tickers=AAPL&resolutions=1h", "position": "2024-12-02T14:00:00.000000Z"}
    assert second == {**first, "position": ids[0]}
    assert played["events"][0][0] == "bucket_update"
    assert played["events"][-1][0] == "metrics"
    assert ids == sorted(ids)
    assert played["position"] == ids[-1]
    assert played["twice"] == "TypeError"


@needs_node
def test_a_stream_ends_when_it_is_closed_aborted_or_refused(played: dict[str, Any]) -> None:
    assert (played["closed"], played["aborted"]) == (1, "AbortError")
    assert played["gone"] == [404, "CONFIGURATION_NOT_FOUND"]


@needs_node
def test_what_the_contract_does_not_declare_rejects(played: dict[str, Any]) -> None:
    assert played["strangers"] == [502, 503, 200]
    assert (played["abort"], played["network"]) == ("AbortError", "TypeError")


@needs_node
def test_events_are_the_same_in_whatever_pieces_they_arrive(played: dict[str, Any]) -> None:
    first, *others = played["pieces"]
    beat = {"timestamp": "2024-12-02T15:00:00Z", "connections": 1}

    assert first == [
        ["heartbeat", "1", {**beat, "uptime_seconds": 1, "é": "€😀"}],
        ["heartbeat", "1", {**beat, "uptime_seconds": 2}],
        ["heartbeat", "4", {**beat, "uptime_seconds": 3}],
    ]
    assert others == [first] * 5


@needs_node
def test_a_stream_waits_out_what_passes(played: dict[str, Any]) -> None:
    assert played["patient"] == ["a", "b", "c"]
    assert played["asked"] == ["first", "a", "a", "a", "a", "b"]
