"""Accounts with several ways in: whether an address has one already, and adding another."""

from __future__ import annotations

from handlers.assembly import Backend
from handlers.dashboard._live import live_session
from handlers.domain.linking import Identity, step
from handlers.gate.callers import Caller
from handlers.gate.serving import serves
from handlers.storage.confirmations import Confirmation, Confirmations
from handlers.storage.identities import identity_key, linked
from handlers.storage.items import ConditionFailed
from handlers.storage.signing_in import holder_of
from handlers.storage.users import User, Users, normalised, profile_key
from models.dashboard import accounts as api
from models.fields import Provider
from models.refusals import ConfirmationNotFound, ProviderIdentityTaken


@serves(api.CHECK_EMAIL)
def check_email_conflict(request: api.CheckEmailConflict, caller: Caller, backend: Backend) -> api.EmailConflict:
    asked = request.question
    user = Users(backend.store).by_email(asked.email)
    if user is None or user.auth_type == "anonymous" or not _conflicts(asked.email, asked.current_provider, user):
        return api.EmailConflict(conflict=False, existing_provider=None, message=None)
    message = f"This address signs in with {user.auth_type}; {asked.current_provider} has to be confirmed from there"
    return api.EmailConflict(conflict=True, existing_provider=user.auth_type, message=message)


def _conflicts(email: str, provider: Provider, user: User) -> bool:
    """Whether signing in to an account's address by a provider would be a conflict, if the provider has verified it.

    Where the account knows the provider, its own identity is meant. A mailed link proves the address, and never conflicts.
    """
    if provider == "email":
        return False
    identity = Identity(provider, "", email, email_verified=True)
    return step(identity, user.user_id if provider in user.linked_providers else None, holder_of(user)) == "ask"


@serves(api.LINK)
def link_accounts(request: api.LinkAccounts, caller: Caller, backend: Backend) -> api.LinkedAccount:
    while True:
        user = live_session(caller, backend).user
        confirmation = _confirmation(request.link, user, backend)
        try:
            backend.store.transact(Confirmations(backend.store).redeeming(confirmation, user, backend.now()))
        except ConditionFailed as error:
            if error.key == identity_key(confirmation.identity.provider, confirmation.identity.subject):
                raise ProviderIdentityTaken("Another account has this identity by now; sign in to that one") from error
            if error.key != profile_key(user.user_id):
                raise ConfirmationNotFound from error
            # The account changed since it was read: look again.
            continue
        return _shown(user, confirmation)


def _confirmation(link: api.AccountLink, user: User, backend: Backend) -> Confirmation:
    """What waits under the token, if it is about this account and this address."""
    found = Confirmations(backend.store).find(link.confirmation_token, backend.now())
    if found is None or found.user_id != user.user_id or normalised(found.identity.email or "") != link.email:
        raise ConfirmationNotFound
    return found


def _shown(user: User, confirmation: Confirmation) -> api.LinkedAccount:
    providers = list(linked(user, confirmation.identity.provider))
    message = f"You can sign in with {' and '.join(providers)} from now on"
    return api.LinkedAccount(status="linked", user_id=user.user_id, linked_providers=providers, message=message)
