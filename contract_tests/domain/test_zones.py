"""Which names mean a time zone?"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from handlers.domain.zones import zone, zone_names
from models.fields import TimeZoneName


def test_every_zone_can_be_opened_and_is_a_name_that_clients_may_send() -> None:
    names = TypeAdapter(TimeZoneName)

    assert [name for name in sorted(zone_names()) if names.validate_python(name) != ZoneInfo(name).key] == []
    assert len(zone_names()) > 500


def test_zones_that_only_a_machine_knows_are_none() -> None:
    assert zone_names().isdisjoint({"localtime", "posixrules", "posix/UTC", "right/UTC", "", "europe/berlin"})


def test_the_zone_of_who_said_nothing_is_none_to_choose_and_opens_for_who_has_it() -> None:
    assert "Factory" not in zone_names()
    assert zone("Factory").key == "Factory"
