"""Alerts of one watchlist: as many as the document says."""

from __future__ import annotations

import json
from pathlib import Path

from contract_tests.client import Client, value
from models.dashboard.alerts import MAX_ALERTS
from models.dashboard.nested_alerts import CREATE, DRAFT, LIST
from tools import identities
from tools.stage import Stage

SPEC = Path(__file__).parents[2] / "spec" / "openapi.json"


def test_a_full_watchlist_lists_as_many_alerts_as_the_document_allows() -> None:
    client, path = Client(Stage(), "member"), LIST.path.format(config_id=identities.MEMBER_CONFIGURATION)
    statuses = [
        client.post(CREATE.path.format(config_id=identities.MEMBER_CONFIGURATION), DRAFT).status for _ in "x" * 9
    ]
    page = value(client.get(path))
    published = json.loads(SPEC.read_bytes())["components"]["schemas"]["ConfigurationAlertList"]["properties"]

    assert statuses == [201] * 8 + [409]
    assert len(page["alerts"]) == page["total"] == MAX_ALERTS
    assert (published["alerts"]["maxItems"], published["total"]["maximum"]) == (MAX_ALERTS, MAX_ALERTS)
