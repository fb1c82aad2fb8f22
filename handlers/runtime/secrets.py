"""One secret of AWS Secrets Manager, a JSON object of texts, read through Powertools Parameters and remembered for a while.

What is rotated is seen after `MAX_AGE_SECONDS` at the latest, without a restart. Nothing is imported before it is read.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.parameters import SecretsProvider

MAX_AGE_SECONDS: Final = 300


class SecretUnavailable(Exception):
    """The secret could not be read. `reason` names it, and never what it holds."""

    def __init__(self, name: str, detail: str) -> None:
        self.reason = f"the secret {name!r} cannot be read: {detail}"
        super().__init__(self.reason)


class Secret:
    """Safe to share between threads."""

    def __init__(self, name: str, max_age_seconds: int = MAX_AGE_SECONDS) -> None:
        self._name = name
        self._max_age = max_age_seconds

    def texts(self, again: bool = False) -> Mapping[str, str]:
        """The members that are text; with `again`, as they are now. Raises SecretUnavailable."""
        return {name: value for name, value in self._object(again).items() if isinstance(value, str)}

    def _object(self, again: bool) -> dict[str, object]:
        """Failures are raised outside of what caught them: their own exceptions may hold what was read."""
        read = self._read(again)
        if isinstance(read, SecretUnavailable):
            raise read
        try:
            found = json.loads(read)
        except ValueError:
            found = None
        if isinstance(found, dict):
            return found
        raise SecretUnavailable(self._name, "it is no JSON object")

    def _read(self, again: bool) -> str | bytes | SecretUnavailable:
        from aws_lambda_powertools.utilities.parameters import GetParameterError

        try:
            read = self._provider.get(self._name, max_age=self._max_age, force_fetch=again)
        except GetParameterError as error:
            return SecretUnavailable(self._name, str(error))
        except Exception as error:
            # Making the client fails in as many ways as AWS can be configured wrong.
            return SecretUnavailable(self._name, type(error).__name__)
        return read if isinstance(read, str | bytes) else SecretUnavailable(self._name, "it is empty")

    @cached_property
    def _provider(self) -> SecretsProvider:
        from aws_lambda_powertools.utilities.parameters import SecretsProvider
        from botocore.config import Config

        # Whatever others turn on: at DEBUG it logs every answer, and these hold what nobody may read.
        logging.getLogger("botocore.parsers").setLevel(logging.INFO)
        patience = Config(connect_timeout=2, read_timeout=3, retries={"total_max_attempts": 2, "mode": "standard"})
        return SecretsProvider(boto_config=patience)
