"""The bases of everything that crosses the wire; how strict each kind is stands here and nowhere else."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Request(BaseModel):
    """All a client says in one call. Each field is annotated with its location; text is parsed, never coerced in a body.

    Models are built on first use, so that a cold start pays only for the operation it serves.
    """

    model_config = ConfigDict(frozen=True, defer_build=True, allow_inf_nan=False, from_attributes=True)

    def check(self) -> None:
        """What the types cannot say about one request alone. Raises `Invalid` by one of the operation's rules."""


class Content(BaseModel):
    """A JSON body, or an object inside one: no coercion, no unknown keys."""

    model_config = ConfigDict(
        frozen=True, defer_build=True, strict=True, extra="forbid", allow_inf_nan=False, from_attributes=True
    )


class Response(BaseModel):
    """A JSON object we send. Every field is always present; what is absent is null."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid", allow_inf_nan=False)


class Event(BaseModel):
    """The data of one server-sent event; `event` is the name on the wire."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="forbid", allow_inf_nan=False)
    event: ClassVar[str]
