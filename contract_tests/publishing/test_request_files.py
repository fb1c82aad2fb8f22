"""The request files: read back by a reader of their own and played from above to below against a real listener."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.publishing.served import WAIT_SECONDS, served
from tools.goldens.golden import goldens
from tools.identities import ANONYMOUS_IDS, MEMBER, credentials_of
from tools.openapi.document import document
from tools.openapi.schemas import BadContract
from tools.request_files import files
from tools.request_variables import ALERTS, MEMBERS_WATCHLISTS, PASTED, STAGE_ONLY, WATCHLISTS
from tools.stage import NOW, settings

METHODS = "GET|POST|PUT|PATCH|DELETE"
"""What a request line begins with."""


@dataclass
class Request:
    """One request of a file as an editor reads it."""

    name: str
    method: str
    target: str
    headers: dict[str, str]
    body: str
    status: int | None


@dataclass
class File:
    """The requests of a file, and its variables as they are written."""

    requests: list[Request] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)


def read(text: str) -> File:
    """What REST Client makes of a file: `###` separates, `@x = …` defines, a request line, headers, an empty line, the body."""
    file = File()
    for part in re.split(r"^###.*\n", text, flags=re.M):
        lines = part.split("\n")
        file.variables |= dict(re.findall(r"^@(\w+) = ?(.*)$", part, re.M))
        start = next((i for i, line in enumerate(lines) if re.match(rf"({METHODS}) ", line)), None)
        if start is not None:
            file.requests.append(request_of(lines[:start], lines[start:]))
    return file


def request_of(comments: list[str], lines: list[str]) -> Request:
    said = "\n".join(comments)
    name = re.search(r"^# @name (\w+)$", said, re.M)
    status = re.search(r"^# Answered by (\d+)\.$", said, re.M)
    assert name is not None
    method, target = lines[0].split(" ")
    end = lines.index("")
    headers = dict(line.split(": ", 1) for line in lines[1:end])
    return Request(name[1], method, target, headers, "\n".join(lines[end:]).strip(), int(status[1]) if status else None)


@dataclass
class Editor:
    """Sends the requests of a file and remembers what they were answered."""

    file: File
    client: httpx.Client
    answers: dict[str, httpx.Response] = field(default_factory=dict)

    def filled(self, text: str) -> str:
        while "{{" in text:
            text = re.sub(r"\{\{([^{}]+)\}\}", lambda found: self.value(found[1]), text)
        return text

    def value(self, name: str) -> str:
        """Of a variable of the file or of `request.response.body.$.a` and `request.response.headers.A`."""
        if name in self.file.variables:
            return self.file.variables[name]
        request, response, part, *path = name.split(".")
        answer = self.answers[request]
        assert response == "response"
        if part == "headers":
            return answer.headers[path[0]]
        assert (part, path[0]) == ("body", "$")
        value: Any = answer.json()
        for step in path[1:]:
            value = value[step]
        return str(value)

    def send(self, request: Request) -> httpx.Response:
        headers = {name: self.filled(value) for name, value in request.headers.items()}
        content = self.filled(request.body).encode() or None
        target = self.filled(request.target)
        with self.client.stream(request.method, target, headers=headers, content=content) as answer:
            # A stream never ends by itself.
            if "event-stream" not in answer.headers.get("content-type", ""):
                answer.read()
        self.answers[request.name] = answer
        return answer


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document()


@pytest.fixture(scope="module")
def recorded() -> dict[str, bytes]:
    return goldens()


@pytest.fixture(scope="module")
def texts(made: dict[str, Any], recorded: dict[str, bytes]) -> dict[str, str]:
    """Tag → the text of its file."""
    return {Path(path).stem: data.decode() for path, data in files(made, recorded).items()}


def pasted() -> dict[str, str]:
    """What a person fills in, who is the recorded member and the recorded operator."""
    tokens = {
        f"{caller}_token": dict(credentials_of(caller, settings(), NOW))["Authorization"].removeprefix("Bearer ")
        for caller in ("member", "operator")
    }
    return {name: (pasted.recorded or (tokens.get(name, ""),))[0] for name, pasted in PASTED.items()}


@pytest.fixture(scope="module")
def played(texts: dict[str, str]) -> list[tuple[Request, int]]:
    """Every request of every file, sent from above to below, and its status."""
    found = []
    with served() as url, httpx.Client(timeout=WAIT_SECONDS) as client:
        for text in texts.values():
            editor = Editor(read(text), client)
            editor.file.variables |= {"host": url, **pasted()}
            found += [(request, editor.send(request).status_code) for request in editor.file.requests]
    return found


@pytest.mark.exhaustive
def test_no_request_is_answered_by_an_error_of_the_service(played: list[tuple[Request, int]]) -> None:
    assert [(request.name, status) for request, status in played if status >= 500] == []
    assert len(played) > 100


@pytest.mark.exhaustive
def test_every_request_is_answered_as_its_file_says(played: list[tuple[Request, int]]) -> None:
    # What has changed meanwhile is sent again.
    meant = {request.name: {request.status, 200 if request.status == 304 else request.status} for request, _ in played}
    wrong = [
        (request.name, status)
        for request, status in played
        if request.status is not None and status not in meant[request.name]
    ]

    assert wrong == []
    assert {status for _, status in played} >= {200, 201, 204, 304, 401, 403, 404, 409, 422}


def test_what_prepares_a_request_succeeds(played: list[tuple[Request, int]]) -> None:
    assert {status for request, status in played if request.status is None} <= {200, 201, 204}


def test_every_success_of_every_operation_stands_in_the_file_of_its_tag(
    made: dict[str, Any], texts: dict[str, str]
) -> None:
    missing = [
        (operation["operationId"], status)
        for place in made["paths"].values()
        for operation in place.values()
        for status in operation["responses"]
        if status < "300"
        and not re.search(rf"# @name {operation['operationId']}_{status}(_\w+)?\n", texts[operation["tags"][0]])
    ]

    assert missing == []


def test_every_published_rule_is_broken_by_some_request(made: dict[str, Any], texts: dict[str, str]) -> None:
    for place in made["paths"].values():
        for operation in place.values():
            for rule in operation.get("x-constraint", ()):
                if rule["type"] != "extra_forbidden":
                    name = rf"# @name {operation['operationId']}_422_\w*_{rule['type']}$"
                    assert re.search(name, texts[operation["tags"][0]], re.M), rule


def test_no_request_needs_what_only_the_stage_has(texts: dict[str, str]) -> None:
    known = {*WATCHLISTS, *MEMBERS_WATCHLISTS, *ALERTS, *STAGE_ONLY, *ANONYMOUS_IDS.values(), MEMBER}
    known |= {value for pasted in PASTED.values() for value in pasted.recorded}

    assert [(tag, value) for tag, text in texts.items() for value in sorted(known) if value in text] == []


def test_names_are_unique_and_used_after_they_are_given(texts: dict[str, str]) -> None:
    for text in texts.values():
        file = read(text)
        names = [request.name for request in file.requests]
        assert len(names) == len(set(names))
        for found in re.finditer(r"\{\{(\w+)\.response\.", text.split("@host", 1)[1]):
            given = text.index(f"# @name {found[1]}\n")
            assert given < text.index("@host") + len("@host") + found.start()


def test_no_request_stands_twice_in_a_file(texts: dict[str, str]) -> None:
    for text in texts.values():
        asked = [r for r in read(text).requests if r.status is not None]
        said = [(r.status, r.method, r.target, tuple(r.headers.items()), r.body) for r in asked]

        assert len(said) == len(set(said))


def test_the_bytes_depend_on_the_content_alone(made: dict[str, Any], recorded: dict[str, bytes]) -> None:
    stored = json.loads(json.dumps(made, sort_keys=True))

    assert files(stored, dict(reversed(list(recorded.items())))) == files(made, recorded)


def changed(recorded: dict[str, bytes], name: str, **parts: Any) -> dict[str, bytes]:
    path = next(path for path in recorded if path.endswith(name))
    content = json.loads(recorded[path])
    for part, value in parts.items():
        content[part] |= value
    return {**recorded, path: json.dumps(content).encode()}


def test_what_only_a_member_may_do_names_a_token_that_a_person_pastes(
    made: dict[str, Any], recorded: dict[str, bytes]
) -> None:
    alone = {path: data for path, data in recorded.items() if "getMe/200-anonymous" not in path}
    text = files(made, alone)["spec/requests/auth.http"].decode()

    assert "\n@member_token =\n" in text
    assert "GET {{host}}/api/v2/auth/me\nAuthorization: Bearer {{member_token}}\n" in text


def test_what_cannot_be_sent_stops_the_build(made: dict[str, Any], recorded: dict[str, bytes]) -> None:
    binary = changed(recorded, "createConfiguration/201-full.json", request={"body_base64": "/w=="})
    content = json.loads(binary[next(path for path in binary if path.endswith("createConfiguration/201-full.json"))])
    del content["request"]["body"]
    path = "golden/dashboard/configurations/createConfiguration/201-full.json"

    with pytest.raises(BadContract, match="body_base64"):
        files(made, {**recorded, path: json.dumps(content).encode()})
    without = {**made, "paths": {path: place for path, place in made["paths"].items() if "anonymous" not in path}}
    with pytest.raises(BadContract, match="createAnonymousSession"):
        files(without, recorded)
