"""The tables, all of them. No store takes another name, so that none is missing where tables have to be created."""

from typing import Final

TABLES: Final = ("articles", "candles", "deadletters", "journal", "limits", "mails", "queues", "timeseries", "users")
