"""What a client has to do about each kind of breaking change. (The help of a rule speaks to those who make the change.)"""

from __future__ import annotations

from collections.abc import Mapping

_SEND = "Send only what is accepted now; anything else is answered by a 422."
_READ = "Be ready for everything that may arrive now, before this is deployed."
_DATE = "Be done with it by that day."
_LEAVE_OUT = "Leave it out; a request that has it is answered by a 422."
_ALWAYS = "Send it with every request; one without it is answered by a 422."
_ABSENT = "Do without it where it does not come."
_UNKNOWN = "Expect it, and treat what you do not know as such."

ADVICE: Mapping[str, str] = {
    "server-removed": "Call another server.",
    "operation-removed": "Stop calling it.",
    "operation-shadowing": "Expect another operation to answer where a parameter of the path has this value.",
    "sunset-earlier": _DATE,
    "level-raised": "Sign in with what is demanded now; anybody else is answered by a 401 or 403.",
    "credential-removed": "Send one of the credentials that are accepted now.",
    "credential-demanded": "Send a credential; a request without one is answered by a 401.",
    "constraint-added": "Keep to the new demand; a request that breaks it is answered by a 422.",
    "required-parameter-added": _ALWAYS,
    "parameter-removed": _LEAVE_OUT,
    "parameter-required": _ALWAYS,
    "parameter-form-changed": "Write its value in the new form.",
    "required-body-added": _ALWAYS,
    "body-removed": "Send no body.",
    "body-required": _ALWAYS,
    "body-media-type-removed": "Send one of the media types that are read now; any other is answered by a 415.",
    "request-property-removed": _LEAVE_OUT,
    "request-required-property-added": _ALWAYS,
    "request-property-required": _ALWAYS,
    "request-null-removed": "Send a value or leave it out, as the schema allows; null is answered by a 422.",
    "request-value-removed": "Send one of the values that are accepted now; any other is answered by a 422.",
    "request-type-narrowed": _SEND,
    "request-type-changed": _SEND,
    "request-constraint-tightened": _SEND,
    "request-constraint-changed": _SEND,
    "request-alternative-removed": _SEND,
    "request-narrowed": _SEND,
    "request-unproved": _SEND,
    "request-content-changed": "Write the text in the new encoding.",
    "success-status-removed": "Look for the statuses that a success has now.",
    "success-status-added": "Treat it as a success.",
    "header-removed": _ABSENT,
    "header-optional": _ABSENT,
    "response-media-type-removed": "Accept one of the media types that are sent now.",
    "response-property-removed": "Stop reading it.",
    "response-property-optional": _ABSENT,
    "response-null-added": "Expect null.",
    "response-value-added": _UNKNOWN,
    "response-type-widened": _READ,
    "response-type-changed": _READ,
    "response-constraint-loosened": _READ,
    "response-constraint-changed": _READ,
    "response-alternative-added": _UNKNOWN,
    "response-widened": _READ,
    "response-unproved": _READ,
    "response-content-changed": "Read the text in the new encoding.",
    "event-removed": "Do not wait for it.",
    "unread-part-changed": "Read the document again there.",
}
"""Rule → one sentence or two; every breaking rule has its own."""
