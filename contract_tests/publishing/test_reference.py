"""The reference: one file that says everything of the contract, loads nothing, and lets nothing in that is only text."""

from __future__ import annotations

import base64
import copy
import hashlib
import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.publishing.pages import Page, goldens, reference
from models.operation import Level
from models.registry import entries
from tools.artefacts import ROOT
from tools.coverage.items import Coverage, Item
from tools.findings import Subject
from tools.openapi.document import document
from tools.reference import page as page_module
from tools.reference.contract import read
from tools.reference.examples import body_text, examples, reason
from tools.reference.heat import STEPS, heat_map, percent
from tools.reference.page import PATH, files
from tools.reference.painting import LONGEST, WIDTH, painted, path_text, prose, shortened
from tools.reference.shapes import Reader, Shape

NOTHING = Coverage({})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=12), inner, max_size=6),
    max_leaves=25,
)
EVIL = "</script></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;{{ 7 * 7 }}"


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document()


@pytest.fixture(scope="module")
def text() -> str:
    return reference().decode()


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def operations_of(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for place in made["paths"].values():
        yield from place.values()


def page_of(made: dict[str, Any], shown: dict[str, bytes] | None = None, coverage: Coverage = NOTHING) -> str:
    return files(made, shown or {}, coverage)[PATH].decode()


def text_of(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


@pytest.mark.exhaustive
def test_the_same_contract_gives_the_same_bytes_whatever_the_hash_seed(made: dict[str, Any]) -> None:
    program = (
        "import hashlib; from contract_tests.publishing.pages import reference;"
        "print(hashlib.sha256(reference()).hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.strip() == hashlib.sha256(reference()).hexdigest()


def test_every_element_is_closed_where_it_was_opened(page: Page) -> None:
    assert page.broken == []
    assert page.open == []


def test_every_id_is_given_once(page: Page) -> None:
    assert [name for name, count in page.ids.items() if count > 1] == []


def test_every_link_has_its_target(page: Page) -> None:
    targets = {href.removeprefix("#") for href in page.values("href") if href.startswith("#")}

    assert sorted(targets - set(page.ids)) == []
    assert len(targets) > 400


def test_what_names_another_element_names_one_that_is_there(page: Page) -> None:
    named = {name for attribute in ("aria-labelledby", "aria-controls", "for") for name in page.values(attribute)}

    assert sorted(named - set(page.ids)) == []


def test_every_operation_status_parameter_and_body_is_on_the_page(made: dict[str, Any], page: Page) -> None:
    wanted = set()
    for operation in operations_of(made):
        id_ = operation["operationId"]
        wanted |= {id_, *(f"{id_}/response-{status}" for status in operation["responses"])}
        wanted |= {f"{id_}/{p['in']}/{p['name']}" for p in operation.get("parameters", ())}
        wanted |= {f"{id_}/body"} if "requestBody" in operation else set()
        wanted |= {f"{id_}/rules"} if operation.get("x-constraint") else set()

    assert sorted(wanted - set(page.ids)) == []


def test_every_component_header_and_scheme_is_on_the_page(made: dict[str, Any], page: Page) -> None:
    components = made["components"]
    wanted = {f"component-{name}" for name in components["schemas"]}
    wanted |= {f"header-{name}" for name in components["headers"]}
    wanted |= {f"scheme-{name}" for name in components["securitySchemes"]}

    assert sorted(wanted - set(page.ids)) == []


def test_every_golden_is_on_the_page(page: Page) -> None:
    wanted = {"/".join(path.removesuffix(".json").split("/")[-2:]) for path in goldens()}

    assert sorted(wanted - set(page.ids)) == []
    assert len(wanted) == len(goldens()) > 380


def texts_of(node: Any) -> Iterator[str]:
    """Everything that the document says for people."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("description", "summary") and isinstance(value, str):
                yield value
            elif key not in ("examples", "example", "contentSchema"):
                yield from texts_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts_of(value)


def test_every_description_is_on_the_page(made: dict[str, Any], page: Page) -> None:
    of_streams = {"Server-sent events: event, id, optional retry, one line of JSON data."}
    wanted = {
        said.replace("`", "") for part in ("info", "tags", "paths", "components") for said in texts_of(made[part])
    }

    assert sorted(said for said in wanted - of_streams if said not in page.text) == []
    assert len(wanted) > 300


def test_every_code_rule_link_and_event_is_on_the_page(made: dict[str, Any], page: Page) -> None:
    wanted = set()
    for operation in operations_of(made):
        wanted |= {rule["type"] for rule in operation.get("x-constraint", ())}
        for response in operation["responses"].values():
            wanted |= {link["operationId"] for link in response.get("links", {}).values()}
            wanted |= {f"event: {e}" for c in response.get("content", {}).values() for e in c.get("x-events", ())}
    codes = {r.code for r in read(made).refusals if r.code}

    assert sorted(said for said in wanted | codes if said not in page.text) == []
    assert {"TOO_MANY_REQUESTS", "SERVICE_UNAVAILABLE"} <= codes


def test_the_page_loads_nothing(text: str, page: Page) -> None:
    links = [href for href in page.values("href") if not href.startswith("#")]
    style = "".join(page.texts["style"])

    assert page.values("src") == page.values("srcset") == page.values("action") == []
    assert links == ["data:,"]
    assert re.findall(r"url\(|@import|image-set|https?:", style) == []
    assert (
        re.findall(r"\bfetch\b|XMLHttp|\bimport\b|https?:|WebSocket|EventSource", "".join(page.texts["script"])) == []
    )


def test_no_element_has_a_style_or_a_handler_of_its_own(page: Page) -> None:
    found = {name for _, attributes in page.elements for name in attributes if name == "style" or name.startswith("on")}

    assert found == set()


def test_the_policy_allows_exactly_the_style_and_the_script_of_the_page(page: Page) -> None:
    [policy] = [
        a["content"] for t, a in page.elements if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None
    rules = dict(part.split(" ", 1) for part in policy.split("; "))
    hashes = {
        name: base64.b64encode(hashlib.sha256("".join(page.texts[name]).encode()).digest()).decode()
        for name in ("style", "script")
    }

    assert rules == {
        "default-src": "'none'",
        "style-src": f"'sha256-{hashes['style']}'",
        "script-src": f"'sha256-{hashes['script']}'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert (page.count("style"), page.count("script")) == (1, 1)


def test_headings_are_in_order(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_every_column_and_row_says_what_it_heads(page: Page) -> None:
    heads = [attributes.get("scope") for tag, attributes in page.elements if tag == "th"]

    assert set(heads) == {"col", "row", "rowgroup"}


def test_the_page_is_small_enough_to_open_at_once(text: str, made: dict[str, Any]) -> None:
    operations = len(list(operations_of(made)))

    assert len(text.encode()) < 45_000 * operations


def evil_golden() -> bytes:
    body = {EVIL: [EVIL, {"detail": EVIL}]}
    request = {"method": "GET", "path": f"/{EVIL}", "query": EVIL, "headers": [["X-Evil", EVIL]], "body_text": EVIL}
    response = {"status": 200, "headers": {"x-evil": EVIL}, "cookies": [EVIL], "body": body}
    after = [{"method": "GET", "path": EVIL, "body": body}]
    given = {"caller": EVIL, "after": after, "at": EVIL, "store": EVIL}
    return json.dumps({"why": EVIL, "given": given, "request": request, "response": response}).encode()


def with_evil_texts(node: Any) -> Any:
    """A document in which everything that is said for people is an attack."""
    if isinstance(node, dict):
        return {
            key: EVIL
            if key in ("description", "summary", "title", "pattern") and isinstance(value, str)
            else with_evil_texts(value)
            for key, value in node.items()
        }
    return [with_evil_texts(member) for member in node] if isinstance(node, list) else node


def evil_document(made: dict[str, Any]) -> dict[str, Any]:
    evil: dict[str, Any] = with_evil_texts(copy.deepcopy(made))
    schema = next(iter(evil["components"]["schemas"].values()))
    schema["properties"][EVIL] = {"enum": [EVIL], "default": EVIL, "x-unknown": EVIL, "description": EVIL}
    return evil


def test_texts_of_the_contract_stay_texts(made: dict[str, Any]) -> None:
    shown = {"golden/x/y/getIndex/200-evil.json": evil_golden(), "golden/x/y/stray/200-evil.json": evil_golden()}
    item = Item(Subject("getIndex", "query", f"/{EVIL}"), "keyword", EVIL, "refused")
    evil = page_of(evil_document(made), shown, Coverage({item: 0}))
    page = Page(evil)

    assert (page.count("script"), page.count("style"), page.count("img")) == (1, 1, 0)
    assert page.values("onerror") == page.values("src") == []
    assert page.broken == []
    assert page.text.count("{{ 7 * 7 }}") > 400


@pytest.mark.parametrize("name", ["page.css", "page.js"])
def test_no_style_or_script_ends_the_element_around_it(name: str) -> None:
    assert "</" not in (page_module.HERE / name).read_text("utf-8")


@given(JSON)
@settings(max_examples=80, deadline=None)
def test_painted_json_is_the_same_json(value: Any) -> None:
    assert json.loads(text_of(painted(value))) == value


@given(JSON)
@settings(max_examples=40, deadline=None)
def test_what_fits_on_a_line_of_json_stays_on_it(value: Any) -> None:
    lines = text_of(painted(value)).split("\n")

    assert (len(lines) == 1) == (
        len(json.dumps(value, ensure_ascii=False)) <= WIDTH or not isinstance(value, dict | list)
    )


@given(st.text(st.characters(exclude_characters="`", codec="utf-8")))
@settings(max_examples=60, deadline=None)
def test_prose_and_paths_are_the_text_that_they_were(said: str) -> None:
    assert text_of(prose(said)) == said
    assert text_of(path_text(said)) == said


def test_what_stands_between_backticks_is_code() -> None:
    assert prose("`<a>` & b") == "<code>&lt;a&gt;</code> &amp; b"


def test_a_long_text_is_cut_and_its_length_told() -> None:
    assert shortened("9" * 4301) == "9" * 60 + "…(4,301 characters)"
    assert shortened("9" * LONGEST) == "9" * LONGEST


def test_a_status_has_the_same_words_on_every_python() -> None:
    assert [reason(status) for status in (200, 413, 422, 299)] == [
        "OK",
        "Content Too Large",
        "Unprocessable Content",
        "",
    ]


SHELL = r"""
ORIGIN=ORIGIN; TOKEN=TOKEN; CSRF=CSRF
curl() {
  printf '%s\n' "$#"
  for each in "$@"; do printf '%s' "$each" | base64 -w 0; echo; done
  case "$*" in *--data-binary*) base64 -w 0; echo;; *) echo;; esac
}
"""


def sent_by(commands: list[str]) -> Iterator[tuple[list[str], bytes]]:
    """The arguments and the input that curl gets of a shell, for each command."""
    script = SHELL + "\n".join(commands)
    run = subprocess.run(["bash"], input=script.encode(), capture_output=True, check=True)
    lines = iter(run.stdout.decode().split("\n"))
    for _ in commands:
        arguments = [base64.b64decode(next(lines)).decode() for _ in range(int(next(lines)))]
        yield arguments, base64.b64decode(next(lines))


def asked_of(arguments: list[str], piped: bytes) -> tuple[str, str, list[tuple[str, str]], bytes | None]:
    """The request that curl would send: method, target, headers, body."""
    rest, headers, body, method = iter(arguments), [], None, ""
    target = ""
    for word in rest:
        if word == "-X":
            method = next(rest)
        elif word == "--head":
            method = "HEAD"
        elif word == "-H":
            name, _, value = next(rest).partition(": ")
            headers.append((name.lower(), value))
        elif word == "--data-raw":
            body = next(rest).encode()
        elif word == "--data-binary":
            assert next(rest) == "@-"
            body = piped
        else:
            target = word.removeprefix("ORIGIN")
    return method or ("GET" if body is None else "POST"), target, headers, body


def golden_body(request: dict[str, Any]) -> bytes | None:
    if repeated := request.get("body_repeated"):
        return bytes(repeated["text"] * repeated["times"], "utf-8")
    if "body_base64" in request:
        return base64.b64decode(request["body_base64"])
    said = body_text(request)
    return said.encode() if said is not None else None


def golden_request(path: str) -> tuple[str, str, list[tuple[str, str]], bytes | None]:
    request = json.loads(goldens()[path])["request"]
    query = f"?{request['query']}" if request.get("query") else ""
    headers = [(name.lower(), value) for name, value in request.get("headers", ())]
    return request["method"], request["path"] + query, headers, golden_body(request)


OURS = {("authorization", "Bearer TOKEN"), ("cookie", "csrf_token=CSRF"), ("x-csrf-token", "CSRF")}


@pytest.mark.exhaustive
def test_every_curl_command_sends_what_the_golden_sent(made: dict[str, Any]) -> None:
    shown = {e.id: e for cases in examples(goldens(), read(made).asked).values() for e in cases}
    paths = {"/".join(path.removesuffix(".json").split("/")[-2:]): path for path in goldens()}
    said = [id_ for id_, example in shown.items() if example.curl]
    different = []
    for id_, (arguments, piped) in zip(said, sent_by([shown[i].curl for i in said]), strict=True):
        method, target, headers, body = asked_of(arguments, piped)
        own = [pair for pair in headers if pair not in OURS]
        if (method, target, own, body) != golden_request(paths[id_]):
            different.append(id_)

    assert different == []
    assert len(said) > 370


def test_a_command_shows_a_credential_only_where_one_is_looked_at(made: dict[str, Any]) -> None:
    shown = examples(goldens(), read(made).asked)
    token = {name for name, cases in shown.items() if any("$TOKEN" in e.curl for e in cases)}
    pairs = {name for name, cases in shown.items() if any("$CSRF" in e.curl for e in cases)}
    operations = [entry.operation for entry in entries()]

    assert token == {o.id for o in operations if o.level is not Level.PUBLIC or o.recognises}
    assert pairs == {o.id for o in operations if o.csrf}


def said_of(shape: Shape) -> str:
    inside = " ".join(f"{field.name} {said_of(field.shape)}" for field in shape.fields)
    words = [
        shape.prefix,
        shape.name,
        *shape.facts,
        *shape.choices,
        *shape.patterns,
        shape.description,
        shape.default or "",
    ]
    return " ".join(word for word in (*words, "or null" if shape.nullable else "", inside) if word)


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string", "minLength": 1, "maxLength": 64}, "1 to 64 characters"),
        ({"type": "string", "minLength": 0, "maxLength": 64}, "0 to 64 characters"),
        ({"type": "string", "maxLength": 64}, "at most 64 characters"),
        ({"type": "string", "minLength": 5, "maxLength": 5}, "exactly 5 characters"),
        ({"type": "integer", "minimum": 0}, "at least 0"),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, "more than 0 less than 1"),
        ({"type": "number", "multipleOf": 0.5}, "a multiple of 0.5"),
        ({"type": "array", "items": {"type": "string", "maxLength": 3}, "maxItems": 5}, "each at most 3 characters"),
        ({"type": "array", "items": {"type": "string"}, "uniqueItems": True}, "each once"),
        ({"type": ["string", "null"]}, "or null"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "or null"),
        ({"anyOf": [{"type": "string", "pattern": "^a$"}, {"type": "integer"}]}, "^a$"),
        ({"const": "x"}, '"x"'),
        ({"enum": ["a", None]}, "null"),
        ({"type": "object", "additionalProperties": False}, "no other fields"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "any name integer"),
        ({"type": "object", "propertyNames": {"enum": ["a"]}, "additionalProperties": {"type": "integer"}}, 'any of "a" integer'),
        ({"type": "object", "patternProperties": {"^[a-z]$": {"type": "integer"}}}, "any name like ^[a-z]$ integer"),
        ({"allOf": [{"type": "object", "properties": {"deep": {"type": "boolean"}}}]}, "deep"),
        ({"type": "string", "default": ""}, '""'),
        ({"type": "string", "x-made-up": 7}, "x-made-up: 7"),
        ({"not": {"type": "string"}}, 'not: {"type": "string"}'),
    ],
)  # fmt: skip
def test_every_keyword_is_said(schema: dict[str, Any], said: str) -> None:
    assert said in said_of(Reader({}).shape(schema))


def test_a_component_inside_itself_is_named_and_not_opened_again() -> None:
    tree = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Tree"}}}
    shape = Reader({"Tree": tree}).shape({"$ref": "#/components/schemas/Tree"})

    assert (shape.name, shape.fields[0].shape.name, shape.fields[0].shape.fields) == ("Tree", "Tree", [])


def test_a_component_says_who_uses_it(made: dict[str, Any]) -> None:
    components = {component.name: component for component in read(made).components}

    assert components["ConfigurationDraft"].operations == ("createConfiguration", "replaceConfiguration")
    assert components["WatchedTicker"].components == ("Configuration",)


def test_the_end_of_an_operation_is_on_the_page(made: dict[str, Any]) -> None:
    ending = copy.deepcopy(made)
    operation = ending["paths"]["/health"]["get"]
    operation |= {"deprecated": True, "x-deprecated-since": "2031-02-03", "x-sunset": "2032-03-04"}

    shown = Page(page_of(ending)).text
    assert "deprecated since 2031-02-03" in shown
    assert "ends 2032-03-04" in shown


COUNTS = {
    Item(Subject("a", "query", "/limit"), "keyword", "maximum", "accepted"): 3,
    Item(Subject("a", "query", "/limit"), "keyword", "maximum", "refused"): 0,
    Item(Subject("a", "response 200"), "status", "200", "shown"): 4,
    Item(Subject("a", "response 200 header", "/etag"), "header", "etag", "shown"): 0,
    Item(Subject("a", "event reset"), "event", "reset", "shown"): 1,
    Item(Subject("gone", "body", ""), "keyword", "type", "refused"): 2,
}


def test_every_item_of_the_coverage_is_in_one_cell_of_the_map() -> None:
    heat = heat_map(Coverage(COUNTS), {"tag": ["a", "unmeasured"]})
    cells = {(row.operation_id, c.column): c for g in heat.groups for row in g.rows for c in row.cells.values()}

    assert {at: (c.done, c.total, c.count, c.shade) for at, c in cells.items()} == {
        ("a", "query"): (1, 2, 3, 3),
        ("a", "status"): (1, 1, 4, STEPS + 1),
        ("a", "sent"): (0, 1, 0, 0),
        ("a", "event"): (1, 1, 1, STEPS + 1),
        ("gone", "body"): (1, 1, 2, STEPS + 1),
    }
    assert (heat.whole.done, heat.whole.total) == (4, 6)
    assert [group.tag for group in heat.groups] == ["tag", ""]
    assert list(heat.columns) == ["query", "body", "status", "sent", "event"]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_shade_says_everything_or_nothing_only_where_it_is_so(counts: list[int]) -> None:
    items = {Item(Subject("a", "query", f"/{i}"), "keyword", "type", "accepted"): n for i, n in enumerate(counts)}
    whole = heat_map(Coverage(items), {"tag": ["a"]}).groups[0].rows[0].cells["query"]

    assert (whole.shade == STEPS + 1) == all(counts)
    assert (whole.shade == 0) == (not any(counts))
    assert 0 <= whole.shade <= STEPS + 1


def test_nearly_everything_is_not_said_to_be_everything() -> None:
    assert percent(9_999, 10_000) == "99.9 %"
    assert percent(10_000, 10_000) == "100 %"


def test_what_nothing_exercises_is_said_in_words(made: dict[str, Any]) -> None:
    at = Subject("getIndex", "query", "/*")
    never = Item(at, "keyword", "extra_forbidden", "refused")
    seen = Item(at, "keyword", "extra_forbidden", "accepted")

    assert "never" in Page(page_of(made, coverage=Coverage({never: 0, seen: 1}))).texts["strong"]
    assert "never" not in Page(page_of(made, coverage=Coverage({never: 1, seen: 1}))).texts["strong"]


def test_a_cell_of_the_map_leads_to_what_it_counts(page: Page) -> None:
    cells = [href for href in page.values("href") if re.fullmatch(r"#\w+/coverage-\w+", href)]

    assert len(cells) > 90
    assert {href.removeprefix("#") for href in cells} <= set(page.ids)
