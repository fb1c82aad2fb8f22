"""What front ends in TypeScript take from the contract: types and a client, both without dependencies."""

from __future__ import annotations

from tools.openapi.schemas import Schema
from tools.typescript.calls import calls
from tools.typescript.client_file import client_file
from tools.typescript.types_file import types_file


def files(document: Schema) -> dict[str, bytes]:
    """Path → bytes. Raises `BadContract` for what the generator does not know how to say in TypeScript."""
    found = calls(document)
    return {
        "spec/typescript/client.ts": client_file(document, found).encode(),
        "spec/typescript/types.ts": types_file(document, found).encode(),
    }
