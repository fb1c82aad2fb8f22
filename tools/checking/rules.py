"""The rules of the check itself; lint, compatibility, coverage, corpus and waivers bring their own."""

from __future__ import annotations

from tools.findings import RuleText

RULES = {
    rule.id: rule
    for rule in (
        RuleText(
            "contract-builds",
            "The contract can be published as it is.",
            "The document is built from the models. What stops that is named with the model that has to change.",
        ),
        RuleText(
            "document-valid",
            "The document is valid OpenAPI 3.1.",
            "Clients generate code from it; a tool that refuses the document helps nobody.",
        ),
        RuleText(
            "artefact-fresh",
            "Every generated file is what the models and the handlers say.",
            "Run the command that is named, read the difference, which is what clients will see, and commit it.",
        ),
        RuleText(
            "golden-proved",
            "Every case is answered as the contract says.",
            "The status and the broken constraint come from the contract; the handler answered something else. Mend the handler, "
            "or the contract if it promises too much.",
        ),
        RuleText(
            "golden-replayed",
            "Every committed golden is answered alike as a REST, an HTTP API and a Function URL event, as the document allows.",
            "A golden that only one shape of event answers shows a defect of the gate; one that the document does not allow shows "
            "a defect of the handler.",
        ),
    )
}
