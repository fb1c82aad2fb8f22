"""What a schema of a response may become: everything that can arrive could have arrived before."""

from __future__ import annotations

from collections.abc import Mapping

from tools.compat.change import Direction, Rule, breaking, careful, safe

OUT = Direction.RESPONSE
MEND = "Send only what could be sent before, or offer the new form in a new property, media type or operation."

_ROWS = (
    breaking(
        "response-property-removed",
        OUT,
        "A property that clients read is not taken out of a response",
        "Clients that read it find nothing. Keep sending it, deprecated if need be.",
    ),
    safe(
        "response-property-added",
        OUT,
        "A response may have new properties",
        "Responses are open: clients ignore what they do not know.",
    ),
    safe(
        "response-required-property-added",
        OUT,
        "A new property of a response may be required",
        "Clients ignore what they do not know.",
    ),
    safe(
        "response-property-required",
        OUT,
        "An optional property of a response may become required",
        "Clients that check for it still can.",
    ),
    breaking(
        "response-property-optional",
        OUT,
        "A required property of a response stays required",
        "Clients read it without looking whether it is there. Keep sending it.",
    ),
    safe(
        "response-null-removed",
        OUT,
        "A nullable value of a response may become non-null",
        "Clients that check for null still can.",
    ),
    breaking(
        "response-null-added",
        OUT,
        "A value of a response does not become nullable",
        f"Clients use it without looking whether it is null. {MEND}",
    ),
    safe(
        "response-value-removed",
        OUT,
        "A value of a response may go out of use",
        "Clients that know it just never meet it.",
    ),
    breaking(
        "response-value-added",
        OUT,
        "No value is added to a list of values in a response",
        f"Clients that tell the listed values apart meet one they do not know. {MEND}",
    ),
    safe(
        "response-type-narrowed",
        OUT,
        "The type of a value in a response may narrow",
        "What arrives could have arrived before.",
    ),
    breaking("response-type-widened", OUT, "The type of a value in a response does not widen", MEND),
    breaking("response-type-changed", OUT, "The type of a value in a response does not change", MEND),
    safe(
        "response-constraint-tightened",
        OUT,
        "A bound of a response may be tightened",
        "What arrives could have arrived before.",
    ),
    breaking(
        "response-constraint-loosened",
        OUT,
        "A bound of a response is not loosened",
        f"Clients sized their fields, columns and types by it. {MEND}",
    ),
    breaking(
        "response-constraint-changed",
        OUT,
        "A bound of a response is proved to allow no more than it did",
        f"It is not proved, as of one pattern against another. {MEND} Where you know better, waive it and say why.",
    ),
    safe(
        "response-alternative-removed",
        OUT,
        "An alternative of a response may go",
        "Clients that know it just never meet it.",
    ),
    breaking("response-alternative-added", OUT, "No alternative is added to a response", MEND),
    safe(
        "response-narrowed",
        OUT,
        "A response may promise more",
        "Everything that can arrive is proved to have been possible before.",
    ),
    breaking("response-widened", OUT, "A response sends nothing that it could not send", MEND),
    breaking(
        "response-unproved",
        OUT,
        "A response is proved to send nothing that it could not send",
        f"Neither schema is proved to contain the other. {MEND} Where you know better, waive it and say why.",
    ),
    safe(
        "response-default-changed", OUT, "A default in a response is a text", "What is absent in a response is absent."
    ),
    careful(
        "response-deprecated",
        OUT,
        "A deprecated property of a response is announced",
        "Say what to read instead, and until when this is sent.",
    ),
    safe(
        "response-undeprecated",
        OUT,
        "A deprecation of a property of a response may be taken back",
        "Nothing changes for those who still read it.",
    ),
    careful(
        "response-access-changed",
        OUT,
        "A change of readOnly or writeOnly in a response is announced",
        "Generated clients leave out or require it.",
    ),
    careful(
        "response-format-changed",
        OUT,
        "A changed format of a number in a response is announced",
        "Generated clients size it by that.",
    ),
    careful(
        "response-discriminator-changed",
        OUT,
        "A changed discriminator of a response is announced",
        "Generated clients choose by it.",
    ),
    breaking("response-content-changed", OUT, "The encoding of text in a response stays", MEND),
    safe("response-documented", OUT, "Texts and examples in a response may change", "They bind nobody."),
)
RULES: Mapping[str, Rule] = {rule.id.removeprefix("response-"): rule for rule in _ROWS}
"""Kind of delta → its rule in a response."""
