"""What a schema of a request may become: everything that was accepted has to be accepted still."""

from __future__ import annotations

from collections.abc import Mapping

from tools.compat.change import Direction, Rule, breaking, careful, safe

IN = Direction.REQUEST
MEND = "Accept what was accepted, or publish the stricter demand under a new name, parameter or operation."

_ROWS = (
    breaking(
        "request-property-removed",
        IN,
        "A property that clients send is not taken out of a request",
        "The object is closed, so a request that names the property is refused. Keep it, deprecated and ignored if need be.",
    ),
    careful(
        "request-property-ignored",
        IN,
        "A property taken out of an open object is announced",
        "Clients may still send it and nothing refuses it, but nothing reads it either. Tell them.",
    ),
    safe(
        "request-property-added",
        IN,
        "An optional property may be added to a request",
        "Requests without it work as before.",
    ),
    breaking(
        "request-required-property-added",
        IN,
        "A new property of a request is optional",
        "No request of today has it. Make it optional with a default that does what was done before.",
    ),
    breaking(
        "request-property-required",
        IN,
        "An optional property of a request stays optional",
        "Requests that leave it out are refused. Keep it optional with a default.",
    ),
    safe(
        "request-property-optional",
        IN,
        "A required property of a request may become optional",
        "All who send it still may.",
    ),
    breaking(
        "request-null-removed",
        IN,
        "What may be null in a request may stay null",
        f"Requests that send null are refused. {MEND}",
    ),
    safe(
        "request-null-added", IN, "A value of a request may become nullable", "Whoever never sent null need not start."
    ),
    breaking(
        "request-value-removed",
        IN,
        "No value is taken out of a list of accepted values",
        "Requests with that value are refused. Keep accepting it; a renamed value is accepted under both names.",
    ),
    safe("request-value-added", IN, "A request may accept more values", "Requests of today have the old values."),
    breaking("request-type-narrowed", IN, "The type of a value in a request does not narrow", MEND),
    safe("request-type-widened", IN, "The type of a value in a request may widen", "What was accepted is accepted."),
    breaking("request-type-changed", IN, "The type of a value in a request does not change", MEND),
    breaking("request-constraint-tightened", IN, "A bound of a request is not tightened", MEND),
    safe("request-constraint-loosened", IN, "A bound of a request may be loosened", "What was accepted is accepted."),
    breaking(
        "request-constraint-changed",
        IN,
        "A bound of a request is proved to accept what it accepted",
        f"It is not proved, as of one pattern against another. {MEND} Where you know better, waive it and say why.",
    ),
    breaking("request-alternative-removed", IN, "No alternative of a request is taken away", MEND),
    safe("request-alternative-added", IN, "A request may have more alternatives", "What was accepted is accepted."),
    breaking("request-narrowed", IN, "What a request accepted it accepts", MEND),
    safe("request-widened", IN, "A request may accept more", "Everything that was accepted is proved to be accepted."),
    breaking(
        "request-unproved",
        IN,
        "What a request accepted it is proved to accept",
        f"Neither schema is proved to contain the other. {MEND} Where you know better, waive it and say why.",
    ),
    careful(
        "request-default-changed",
        IN,
        "A changed default is announced",
        "Clients that leave the value out get something else than before. Tell them, or have them say it.",
    ),
    careful(
        "request-deprecated",
        IN,
        "A deprecated property of a request is announced",
        "Say what to use instead, and until when this works.",
    ),
    safe(
        "request-undeprecated",
        IN,
        "A deprecation of a property of a request may be taken back",
        "Nothing changes for those who still use it.",
    ),
    careful(
        "request-access-changed",
        IN,
        "A change of readOnly or writeOnly in a request is announced",
        "Generated clients leave out or require it.",
    ),
    careful(
        "request-format-changed",
        IN,
        "A changed format of a number in a request is announced",
        "Generated clients size it by that.",
    ),
    careful(
        "request-discriminator-changed",
        IN,
        "A changed discriminator of a request is announced",
        "Generated clients choose by it.",
    ),
    breaking("request-content-changed", IN, "The encoding of text in a request stays", MEND),
    safe("request-documented", IN, "Texts and examples in a request may change", "They bind nobody."),
)
RULES: Mapping[str, Rule] = {rule.id.removeprefix("request-"): rule for rule in _ROWS}
"""Kind of delta → its rule in a request."""
