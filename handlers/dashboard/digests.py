"""The caller's daily digest: when it comes and what it covers."""

from __future__ import annotations

from handlers.backend import Backend
from handlers.dashboard._live import live_session
from handlers.domain.digests import local_day
from handlers.domain.mail import Mail
from handlers.domain.mails import digest_mail, unsubscribe_link
from handlers.domain.unsubscribing import token_of
from handlers.domain.zones import zone_names
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.storage.configurations import Configurations
from handlers.storage.digests import Digests
from handlers.storage.items import Value
from handlers.storage.outbox import Outbox
from handlers.storage.preferences import PreferenceBook, Preferences
from handlers.storage.users import User
from models.dashboard import digests as api
from models.refusals import Invalid, NoMailAddress, broken


@serves(api.GET)
def get_digest_settings(request: api.GetDigestSettings, caller: Caller, backend: Backend) -> api.DigestSettings:
    user = live_session(caller, backend).user
    return _shown(user, PreferenceBook(backend.store).get(user.user_id, user.timezone), backend)


@serves(api.UPDATE)
def update_digest_settings(request: api.UpdateDigestSettings, caller: Caller, backend: Backend) -> api.DigestSettings:
    user, changes = live_session(caller, backend).user, request.changes
    if changes.timezone is not None and changes.timezone not in zone_names():
        raise broken(api.TIMEZONE_KNOWN, timezone=changes.timezone)
    _check_own(changes.config_ids or [], user, backend)
    changed = PreferenceBook(backend.store).change(
        user.user_id, user.timezone, _changes(changes, user, backend), backend.now()
    )
    return _shown(user, changed, backend)


@serves(api.SEND_TEST)
def send_test_digest(request: api.SendTestDigest, caller: Caller, backend: Backend) -> api.DigestSampleQueued:
    user = live_session(caller, backend).user
    Outbox(backend.store).put(_sample(user, backend), backend.now())
    return api.DigestSampleQueued(
        status="test_queued", message="A sample of your digest is on its way; it arrives within about 1 minute"
    )


def _sample(user: User, backend: Backend) -> Mail:
    """The digest as it would be now. Raises `NoMailAddress`."""
    if user.mail_address is None:
        raise NoMailAddress
    now, settings = backend.now(), backend.settings
    wanted = PreferenceBook(backend.store).get(user.user_id, user.timezone)
    return digest_mail(
        backend.chance.uuid(),
        user.mail_address,
        local_day(now, wanted.timezone),
        Digests(backend.store, backend.clock).of(user.user_id, wanted),
        settings.dashboard_url,
        unsubscribe_link(settings.api_url, token_of(user.user_id, now, backend.signing.current)),
        sample=True,
    )


def _check_own(config_ids: list[str], user: User, backend: Backend) -> None:
    """Raises `Invalid` at each that is no active watchlist of the user."""
    active = _active(user, backend) if config_ids else set()
    foreign = [i for i, config_id in enumerate(config_ids) if config_id not in active]
    if foreign:
        raise Invalid([item for i in foreign for item in broken(api.OWN, i, config_id=config_ids[i]).items])


def _active(user: User, backend: Backend) -> set[str]:
    return {each.config_id for each in Configurations(backend.store).all(user.user_id)}


def _changes(changes: api.DigestChanges, user: User, backend: Backend) -> dict[str, Value]:
    """What a change sets, by the names of the record."""
    names = {"enabled": "digest_enabled", "time": "digest_time"}
    given: dict[str, Value] = changes.model_dump(exclude_none=True)
    if changes.config_ids and changes.include_all_configs is None:
        # Who is shown that all are covered goes on covering all, also where that was only for want of those named.
        present = PreferenceBook(backend.store).get(user.user_id, user.timezone)
        given["include_all_configs"] = present.covering(_active(user, backend)).include_all_configs
    return {names.get(name, name): value for name, value in given.items()}


def _shown(user: User, wanted: Preferences, backend: Backend) -> api.DigestSettings:
    holds = wanted.covering(_active(user, backend) if wanted.config_ids else ())
    return api.DigestSettings(
        enabled=holds.digest_enabled,
        time=holds.digest_time,
        timezone=holds.timezone,
        include_all_configs=holds.include_all_configs,
        config_ids=None if holds.config_ids is None else list(holds.config_ids),
        next_scheduled=holds.next_scheduled(backend.now()),
    )
