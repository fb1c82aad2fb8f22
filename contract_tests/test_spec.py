"""The published document: fresh, valid, complete, and the same on every machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from handlers.gate.serving import served_by
from models.registry import TAGS, entries
from tools import generate
from tools.artefacts import ROOT, described
from tools.openapi.document import document


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document()


def test_generated_files_are_fresh() -> None:
    found = generate.stale_files()

    assert not found, "\n".join(described(found, generate.COMMAND))


def test_the_document_is_valid_openapi(made: dict[str, Any]) -> None:
    errors = [error.message for error in OpenAPIV31SpecValidator(made).iter_errors()]

    assert errors == []


def test_each_operation_is_served_exactly_once() -> None:
    served = Counter(
        operation_id
        for tag in TAGS
        for name in tag.modules
        for operation_id in served_by(import_module(f"handlers.{tag.function}.{name}"))
    )

    assert served == Counter(entry.operation.id for entry in entries())


def test_each_operation_id_and_route_is_declared_once() -> None:
    ids = Counter(entry.operation.id for entry in entries())
    routes = Counter((entry.operation.method, entry.operation.path) for entry in entries())

    assert max(ids.values()) == 1
    assert max(routes.values()) == 1


def descriptions_missing(node: Any, path: str = "") -> list[str]:
    found = []
    if isinstance(node, dict):
        for name, member in node.get("properties", {}).items():
            if isinstance(member, dict) and not member.get("description"):
                found.append(f"{path}/{name}")
        for name, member in node.items():
            found += descriptions_missing(member, f"{path}/{name}")
    return found


def test_every_field_header_and_response_is_described(made: dict[str, Any]) -> None:
    parts = json.loads(json.dumps(made))
    missing = descriptions_missing(parts["components"])
    for path in parts["paths"].values():
        for operation in path.values():
            missing += [
                f"{operation['operationId']} {p['name']}"
                for p in operation.get("parameters", ())
                if not p["description"]
            ]
            missing += [
                f"{operation['operationId']} {s}" for s, r in operation["responses"].items() if not r["description"]
            ]

    assert missing == []


def test_every_link_leads_to_an_operation_and_its_parameters(made: dict[str, Any]) -> None:
    operations = {o["operationId"]: o for path in made["paths"].values() for o in path.values()}
    broken = [
        f"{link['operationId']}.{parameter}"
        for operation in operations.values()
        for response in operation["responses"].values()
        for link in response.get("links", {}).values()
        for parameter in link["parameters"]
        if parameter not in {p["name"] for p in operations[link["operationId"]].get("parameters", ())}
    ]

    assert broken == []


SCRIPT = """
import sys
order = sys.argv[1]
modules = ["models.dashboard.system", "models.dashboard.tickers", "models.fields", "handlers.dashboard.system"]
for name in (modules if order == "forward" else reversed(modules)):
    __import__(name)
from tools.generate import generated
from tools.goldens.golden import goldens
from tools.openapi.document import document
from tools.publish import published
import hashlib
made, shown = document(), goldens()
files = generated(made) | shown | published(made, shown).files
print(hashlib.sha256(b"".join(path.encode() + files[path] for path in files)).hexdigest())
"""


ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
MACHINES = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Kolkata", **ASCII},
    {"PYTHONHASHSEED": "4242", "TZ": "America/New_York"},
)


def digest(machine: dict[str, str], order: str) -> str:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "POWERTOOLS_LOG_LEVEL": "CRITICAL", **machine}
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, order], env=environ, cwd="/", capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


@pytest.mark.exhaustive
def test_every_generated_byte_is_the_same_whatever_the_hash_seed_time_zone_locale_and_order_of_imports() -> None:
    found = {
        digest(machine, order) for machine, order in zip(MACHINES, ("forward", "reversed", "forward"), strict=True)
    }

    assert len(found) == 1


def test_the_committed_document_ends_like_every_generated_file() -> None:
    data = Path(ROOT / "spec/openapi.json").read_bytes()

    assert data.endswith(b"}\n")
    assert b"\r" not in data
