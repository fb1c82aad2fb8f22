"""Values from the running system for half the cases: ids of the caller's own things, known tickers, cursors, examples.

What schemas alone generate is refused early; these reach what lies behind. The choice goes in turn, never by chance.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, quote

from schemathesis import Case

from tools.events import HttpCall, Received
from tools.fuzz.calls import Bridge, Sent, shape_of
from tools.fuzz.paths import Meant
from tools.fuzz.target import NOBODY, Target
from tools.openapi.schemas import Schema

AnyCase = Case[Any]
KEPT = 40
"""Values of one kind, the newest ones."""
LOCATIONS = {"path": "path_parameters", "query": "query", "header": "headers", "cookie": "cookies"}
Pool = dict[tuple[str, str], list[Any]]
"""(caller, name) → values. Names are those of parameters and of keys in responses; `operation?` holds whole queries."""


class Harvest:
    """What responses have given, by caller, and cases that make use of it."""

    def __init__(self, target: Target) -> None:
        self._document = target.document
        self._words = target.words()
        self._caller_of = _callers(target)
        self._base: Pool = {}
        self._pool: Pool = {}
        self._turn = count()

    def warm_up(self, bridge: Bridge, target: Target) -> None:
        """Reads, as each caller, what can be read without being told anything; twice, so that ids lead to more ids."""
        for _ in range(2):
            for path, place in self._document["paths"].items():
                if "get" in place:
                    self._read(bridge, target, path, place["get"])
        self._base = copy.deepcopy(self._pool)

    def reset(self, seed: int | None = None) -> None:
        """Forgets what the state before has given, as its ids mean nothing in the state of the beginning."""
        self._pool = {key: list(values) for key, values in self._base.items()}
        if seed is not None:
            self._turn = count(seed % 1000)

    def _read(self, bridge: Bridge, target: Target, path: str, operation: Schema) -> None:
        needed = [p for p in operation.get("parameters", ()) if p.get("required")]
        if any(p["in"] != "path" for p in needed):
            return
        for caller in sorted(set(target.callers(operation.get("x-level", "public")))):
            filled = path
            for parameter in needed:
                filled = filled.replace(
                    f"{{{parameter['name']}}}", quote(str(self._value(parameter, caller, 0)), safe="")
                )
            call = HttpCall("GET", filled, "", target.credentials(caller))
            got = bridge.play(Sent(call, shape_of(call)))
            self.learn(Meant(operation, frozenset({"GET"}), {}), Sent(call, "v1"), got)

    def learn(self, meant: Meant, sent: Sent, got: Received) -> None:
        """Keeps what a successful response says."""
        if meant.operation is None or not 200 <= got.status < 300:
            return
        caller = self.caller(dict(sent.call.headers))
        for cookie in got.cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            if value:
                self._keep(caller, f"cookie {name}", value)
        try:
            content = json.loads(got.body)
        except ValueError:
            return
        for name, value in _scalars(content):
            self._keep(caller, name, value)
            if name == "next_cursor":
                query = {**dict(parse_qsl(sent.call.query, keep_blank_values=True)), "cursor": value}
                self._keep(caller, f"{meant.operation['operationId']}?", (meant.values, query))

    def caller(self, headers: Mapping[str, str]) -> str:
        """The identity whose credential headers carry."""
        lower = {name.lower(): value for name, value in headers.items()}
        found = self._caller_of.get(lower.get("authorization", "")) or self._caller_of.get(lower.get("x-user-id", ""))
        return found or NOBODY

    def _keep(self, caller: str, name: str, value: Any) -> None:
        values = self._pool.setdefault((caller, name), [])
        if value not in values:
            values.append(value)
            del values[:-KEPT]

    def enrich(self, case: AnyCase, ids: bool = True) -> bool:
        """Changes a case where it is meant to be valid; says whether there was anything to change.

        `ids` False keeps what links have filled in.
        """
        operation = case.operation.definition.raw
        if not operation.get("parameters") and "requestBody" not in operation:
            return False
        turn = next(self._turn)
        caller = self.caller(dict(case.headers or {}))
        if ids and turn % 2 == 0:
            self._as_example(case, operation, turn // 2)
        if ids and turn % 4 == 1 and self._as_next_page(case, operation, caller, turn // 4):
            return True
        for parameter in operation.get("parameters", ()):
            container = _valid_container(case, parameter)
            if container is not None and (ids or not _is_id(parameter["schema"])):
                self._fill(container, parameter, caller, turn)
        self._fill_body(case, operation, caller, turn)
        return True

    def _fill(self, container: Any, parameter: Schema, caller: str, turn: int) -> None:
        name = parameter["name"]
        if name in container or parameter.get("required"):
            value = self._value(parameter, caller, turn)
            if value is not None:
                container[name] = value

    def _value(self, parameter: Schema, caller: str, turn: int) -> Any:
        schema, name = parameter["schema"], parameter["name"]
        if parameter["in"] == "cookie":
            return _pick(self._pool.get((caller, f"cookie {name}"), ()), turn)
        if schema.get("type") == "array":
            known = self._words.get(schema.get("items", {}).get("pattern", ""), ())
            return ",".join(known[turn % 3 : turn % 3 + 1 + turn % 2]) if known else None
        if _is_id(schema):
            return self._id(name, caller, turn)
        return _pick(self._words.get(schema.get("pattern", ""), ()), turn)

    def _id(self, name: str, caller: str, turn: int) -> Any:
        """Mostly the caller's own; every fifth is somebody else's."""
        own = self._pool.get((caller, name), ())
        others = [
            value for (who, what), values in self._pool.items() if what == name and who != caller for value in values
        ]
        return _pick(others if (turn % 5 == 4 and others) or not own else own, turn)

    def _as_example(self, case: AnyCase, operation: Schema, turn: int) -> None:
        """The whole of a published example, so that values fit each other."""
        examples = list(_examples(operation).values())
        if not examples:
            return
        example = examples[turn % len(examples)]
        for parameter in operation.get("parameters", ()):
            container = _valid_container(case, parameter)
            if container is None:
                continue
            if parameter["name"] in example:
                container[parameter["name"]] = _text(example[parameter["name"]])
            elif not parameter.get("required"):
                container.pop(parameter["name"], None)
        if "requestBody" in operation and "" in example and _is_valid_body(case):
            case.body = copy.deepcopy(example[""])

    def _as_next_page(self, case: AnyCase, operation: Schema, caller: str, turn: int) -> bool:
        page = _pick(self._pool.get((caller, f"{operation['operationId']}?"), ()), turn)
        parameters = operation.get("parameters", ())
        if page is None or any(_valid_container(case, p) is None for p in parameters if p["in"] in ("path", "query")):
            return False
        values, query = page
        case.path_parameters = dict(values)
        case.query = dict(query)
        return True

    def _fill_body(self, case: AnyCase, operation: Schema, caller: str, turn: int) -> None:
        for media in operation.get("requestBody", {}).get("content", {}).values():
            if isinstance(case.body, dict | list) and _is_valid_body(case):
                case.body = self._filled(copy.deepcopy(case.body), media["schema"], "", caller, turn)

    def _filled(self, value: Any, schema: Schema, name: str, caller: str, turn: int) -> Any:
        schema = self._resolved(schema)
        if isinstance(value, dict):
            members = schema.get("properties", {})
            return {key: self._filled(v, members.get(key, {}), key, caller, turn) for key, v in value.items()}
        if isinstance(value, list):
            items = schema.get("items", {})
            filled = [self._filled(v, items, name, caller, turn + index) for index, v in enumerate(value)]
            return filled if len(set(map(repr, filled))) == len(filled) else value
        if isinstance(value, str):
            known = (
                self._id(name, caller, turn)
                if _is_id(schema)
                else _pick(self._words.get(schema.get("pattern", ""), ()), turn)
            )
            return value if known is None else known
        return value

    def _resolved(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            schema = self._document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        for branch in schema.get("anyOf", ()):
            if branch.get("type") != "null":
                return self._resolved(branch)
        return schema


def _callers(target: Target) -> dict[str, str]:
    """Credential → identity."""
    found: dict[str, str] = {}
    for path in target.document["paths"].values():
        for operation in path.values():
            for caller in target.callers(operation.get("x-level", "public")):
                for name, value in target.credentials(caller):
                    if name.lower() in ("authorization", "x-user-id"):
                        found[value] = caller
    return found


def _scalars(content: Any) -> Iterator[tuple[str, Any]]:
    """Every named text in a JSON value."""
    if isinstance(content, dict):
        for name, value in content.items():
            if isinstance(value, str):
                yield name, value
            else:
                yield from _scalars(value)
    elif isinstance(content, list):
        for member in content:
            yield from _scalars(member)


def _examples(operation: Schema) -> dict[str, dict[str, Any]]:
    """Name of an example → parameter → value; the body is under the empty name."""
    found: dict[str, dict[str, Any]] = {}
    for parameter in operation.get("parameters", ()):
        for name, example in parameter.get("examples", {}).items():
            found.setdefault(name, {})[parameter["name"]] = example["value"]
    for media in operation.get("requestBody", {}).get("content", {}).values():
        for name, example in media.get("examples", {}).items():
            found.setdefault(name, {})[""] = example["value"]
    return found


def _valid_container(case: AnyCase, parameter: Schema) -> Any:
    """Where a parameter of a case stands, unless the case is about breaking something there."""
    meta = case.meta
    if meta is None or parameter["name"] == getattr(meta.phase.data, "parameter", None):
        return None
    info = next((info for place, info in meta.components.items() if place.value == parameter["in"]), None)
    if info is not None and info.mode.is_negative:
        return None
    return getattr(case, LOCATIONS[parameter["in"]])


def _is_valid_body(case: AnyCase) -> bool:
    meta = case.meta
    info = next((info for place, info in meta.components.items() if place.value == "body"), None) if meta else None
    return info is not None and not info.mode.is_negative


def _is_id(schema: Schema) -> bool:
    return schema.get("format") == "uuid"


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(map(_text, value))
    return value if isinstance(value, str) else json.dumps(value)


def _pick(values: Sequence[Any], turn: int) -> Any:
    return values[turn % len(values)] if values else None
