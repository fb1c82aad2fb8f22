"""An anonymous user's data becomes a signed-in user's."""

from __future__ import annotations

from handlers.assembly import Backend
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.runtime.log import log, masked
from handlers.storage import merging
from handlers.storage.merging import Merged, Merging, Standing
from handlers.storage.sessions import Sessions
from models.dashboard import merging as api
from models.refusals import AnonymousSessionNotFound, MergedElsewhere, Unauthenticated

NOTHING = "There is nothing to merge"
TO_SESSION = "There is something to merge; sign in and send this session's token to mergeAnonymousData"
TO_ACCOUNT = "There is something to merge into this account; send that session's token to mergeAnonymousData"
MEANING = {
    "completed": "Everything moved into this account",
    "partial": "Some watchlists wait for a place; delete one of this account's and merge again",
    "pending": "There is something left to move; repeat mergeAnonymousData",
    "no_data": "There was nothing to merge",
}


@serves(api.MERGE)
def merge_anonymous_data(request: api.MergeAnonymousData, caller: Caller, backend: Backend) -> api.Merge:
    source_id = request.source.anonymous_user_id
    try:
        merged = Merging(backend.store).merge(source_id, caller.user_id, backend.now())
    except merging.NoSuchSource as error:
        raise AnonymousSessionNotFound from error
    except merging.NoSuchTarget as error:
        raise Unauthenticated("The session of this credential has ended; start a new one") from error
    except merging.MergedElsewhere as error:
        raise MergedElsewhere from error
    log.info("anonymous data merged", status=merged.status, source=masked(source_id), user=masked(caller.user_id))
    return _shown(merged)


@serves(api.STATUS)
def get_merge_status(request: api.GetMergeStatus, caller: Caller, backend: Backend) -> api.MergeStatus:
    asked = request.anonymous_user_id
    if caller.session_id is None:
        return _possible(caller.user_id if asked in (None, caller.user_id) else None, TO_SESSION, backend)
    merges = Merging(backend.store)
    standing = merges.newest(caller.user_id) if asked is None else merges.standing(asked, caller.user_id)
    return _possible(asked, TO_ACCOUNT, backend) if standing is None else _status(standing)


def _possible(source_id: str | None, how: str, backend: Backend) -> api.MergeStatus:
    """Whether a live anonymous user has anything that a merge would move, and how the caller would merge it."""
    live = source_id and Sessions(backend.store).anonymous(source_id, backend.now())
    if not (live and Merging(backend.store).has_data(live.user.user_id)):
        return api.MergeStatus(status="no_data", merged_at=None, items_merged=None, message=NOTHING)
    return api.MergeStatus(status="pending", merged_at=None, items_merged=None, message=how)


def _status(standing: Standing) -> api.MergeStatus:
    counted = standing.counted
    items = api.MergedItems(
        configurations=counted.configurations, alert_rules=counted.alert_rules, preferences=counted.preferences
    )
    return api.MergeStatus(
        status=standing.status, merged_at=standing.merged_at, items_merged=items, message=MEANING[standing.status]
    )


def _shown(merged: Merged) -> api.Merge:
    return api.Merge(
        status=merged.status,
        merged_at=merged.merged_at,
        configurations=merged.counted.configurations,
        alert_rules=merged.counted.alert_rules,
        preferences=merged.counted.preferences,
        skipped=[api.SkippedConfiguration(config_id=each.config_id, name=each.name) for each in merged.skipped],
        message=_message(merged),
    )


def _message(merged: Merged) -> str:
    moved = merged.counted.configurations
    watchlists = f"{moved} watchlist{'' if moved == 1 else 's'}"
    match merged.status:
        case "completed":
            return f"{watchlists} moved into this account"
        case "already_merged":
            return f"Merged before: {watchlists} moved into this account"
        case "no_data":
            return NOTHING
        case "partial":
            waiting = len(merged.skipped)
            return f"{watchlists} moved, {waiting} found no place: delete one of this account's and merge again"
