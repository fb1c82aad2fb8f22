"""Ways in, as every engine keeps them: used up in the write that they lead to, or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contract_tests.storage.interrupted import Interrupted
from contract_tests.storage.world import Partitions, StillClock
from handlers.domain.linking import Identity
from handlers.storage.confirmations import Confirmations
from handlers.storage.hashes import hashed
from handlers.storage.identities import Identities, identity_claim, signing_in
from handlers.storage.items import ConditionFailed, Delete, Key, Store, StoreUnavailable, Update, Write
from handlers.storage.magic_links import MagicLink, MagicLinks
from handlers.storage.oauth_states import Begun, OAuthStates
from handlers.storage.refresh_tokens import RefreshRefused, RefreshReused, RefreshTokens
from handlers.storage.sessions import Sessions, session_key
from handlers.storage.signing_in import Drawn, NotSignedIn, SignedIn, SignIns
from handlers.storage.users import User, Users, email_claim, profile_key, user_key


@pytest.fixture
def name(partitions: Partitions) -> str:
    """Unused by other tests: part of every id, token and address of one."""
    return partitions.fresh()


def drawn(name: str, n: int = 0) -> Drawn:
    return Drawn(f"user-{name}-{n}", f"session-{name}-{n}", f"family-{name}-{n}.first")


def address(name: str) -> str:
    return f"{name}@example.com"


def signed_in(store: Store, name: str, clock: StillClock, n: int = 0) -> SignedIn:
    return SignIns(store).by_address(address(name), (), drawn(name, n), clock.now())


def linked(store: Store, name: str, clock: StillClock, token: str = "link") -> MagicLink:
    """A new link of the address."""
    store.transact(MagicLinks(store).making(f"{token}-{name}", address(name), None, clock.now()))
    found = MagicLinks(store).find(f"{token}-{name}", clock.now())
    assert found is not None
    return found


def test_who_has_an_address_is_made_once_and_found_again(store: Store, name: str, clock: StillClock) -> None:
    first, again = signed_in(store, name, clock, 0), signed_in(store, name, clock, 1)
    user = Users(store).by_email(address(name))

    assert (first.is_new_user, again.is_new_user) == (True, False)
    assert user == again.user == first.user
    assert user is not None
    assert (user.user_id, user.auth_type, user.role, user.verification) == (
        f"user-{name}-0",
        "email",
        "free",
        "verified",
    )
    for n in (0, 1):
        assert Sessions(store).member(user.user_id, f"session-{name}-{n}", clock.now()) is not None


def test_a_sign_in_and_its_proof_are_one_write(store: Store, name: str, clock: StillClock) -> None:
    link = linked(store, name, clock)
    proof = MagicLinks(store).redeeming(link, clock.now())
    SignIns(store).by_address(link.email, proof, drawn(name, 0), clock.now())
    with pytest.raises(ConditionFailed):
        SignIns(store).by_address(link.email, proof, drawn(name, 1), clock.now())

    assert Sessions(store).member(f"user-{name}-0", f"session-{name}-1", clock.now()) is None


def test_a_link_that_was_superseded_after_it_was_read_opens_nothing(store: Store, name: str, clock: StillClock) -> None:
    link = linked(store, name, clock)
    linked(store, name, clock, "newer")
    with pytest.raises(ConditionFailed):
        SignIns(store).by_address(link.email, MagicLinks(store).redeeming(link, clock.now()), drawn(name), clock.now())

    assert Users(store).by_email(address(name)) is None


def test_a_revocation_between_reading_and_writing_is_seen(store: Store, name: str, clock: StillClock) -> None:
    before = signed_in(store, name, clock).user
    between = Interrupted(store)
    between.meanwhile[1] = lambda: store.update(
        profile_key(before.user_id), set={"revoked": True}, add={"revocation_id": 1}
    )
    after = signed_in(between, name, clock, 1).user

    assert (after.revoked, after.revocation_id) == (False, 1)
    assert Users(store).get(before.user_id) == after


def test_a_way_in_that_was_added_between_reading_and_writing_is_kept(
    store: Store, name: str, clock: StillClock
) -> None:
    before = signed_in(store, name, clock).user
    between = Interrupted(store)
    between.meanwhile[1] = lambda: store.update(
        profile_key(before.user_id), set={"linked_providers": ["email", "github"]}
    )
    after = signed_in(between, name, clock, 1).user

    assert after.linked_providers == ("email", "github")
    assert Users(store).get(before.user_id) == after


def test_an_account_that_was_merged_between_reading_and_writing_is_signed_in_to_where_it_went(
    store: Store, name: str, clock: StillClock
) -> None:
    before, other = signed_in(store, name, clock).user, signed_in(store, f"other-{name}", clock).user
    between = Interrupted(store)
    between.meanwhile[1] = lambda: store.update(profile_key(before.user_id), set={"merged_to": other.user_id})
    after = signed_in(between, name, clock, 1)

    assert (after.user.user_id, after.is_new_user) == (other.user_id, False)


def test_of_two_who_make_one_account_at_once_the_second_finds_it(store: Store, name: str, clock: StillClock) -> None:
    between = Interrupted(store)
    between.meanwhile[1] = lambda: signed_in(store, name, clock, 1)
    second = signed_in(between, name, clock, 0)

    assert (second.user.user_id, second.is_new_user) == (f"user-{name}-1", False)
    assert Users(store).get(f"user-{name}-0") is None


def test_a_sign_in_whose_answer_was_lost_has_happened_and_one_that_failed_has_not(
    store: Store, name: str, clock: StillClock
) -> None:
    for n, lost in enumerate((False, True)):
        with pytest.raises(StoreUnavailable):
            signed_in(Interrupted(store, fails_at=1, answer_lost=lost), name, clock, n)
    user = Users(store).by_email(address(name))

    assert user is not None
    assert user.user_id == f"user-{name}-1"
    assert RefreshTokens(store).rotate(drawn(name, 1).refresh_token, "second", clock.now()).user == user


def test_an_account_that_others_keep_changing_is_given_up_in_the_end(
    store: Store, engine: str, name: str, clock: StillClock
) -> None:
    if engine in ("moto", "external"):
        pytest.skip("64 tries that fail take long there, and are the same")
    # An address whose user is gone: nothing the product does leaves one, and no try can succeed.
    store.transact([email_claim(address(name), "gone")])
    with pytest.raises(StoreUnavailable):
        signed_in(store, name, clock)


def identity(name: str, provider: str = "google", verified: bool = True) -> Identity:
    return Identity("google" if provider == "google" else "github", f"subject-{name}", address(name), verified)


def by_identity(store: Store, identity: Identity, name: str, clock: StillClock, n: int) -> SignedIn | NotSignedIn:
    return SignIns(store).by_identity(identity, drawn(name, n), clock.now())


def test_an_identity_makes_an_account_and_opens_it_again(store: Store, name: str, clock: StillClock) -> None:
    first = by_identity(store, identity(name), name, clock, 0)
    clock.advance(60)
    again = by_identity(store, identity(name, verified=False), name, clock, 1)
    kept = store.get(Key("users", f"IDENTITY#google#subject-{name}", "IDENTITY"))

    assert isinstance(first, SignedIn)
    assert isinstance(again, SignedIn)
    assert (first.is_new_user, again.is_new_user) == (True, False)
    assert first.user.user_id == again.user.user_id
    assert kept is not None
    assert kept["linked_at"] == "2026-01-05T00:00:00.000000Z"


def test_another_provider_joins_the_account_of_the_address(store: Store, name: str, clock: StillClock) -> None:
    by_identity(store, identity(name), name, clock, 0)
    joined = by_identity(store, identity(name, "github"), name, clock, 1)

    assert isinstance(joined, SignedIn)
    assert joined.user.user_id == f"user-{name}-0"
    assert joined.user.linked_providers == ("google", "github")
    assert Users(store).get(joined.user.user_id) == joined.user


def test_what_has_to_be_confirmed_writes_nothing(store: Store, name: str, clock: StillClock) -> None:
    user = signed_in(store, name, clock).user
    asked = by_identity(store, identity(name), name, clock, 1)

    assert asked == NotSignedIn("ask", user)
    assert Identities(store).owner("google", f"subject-{name}") is None
    assert Sessions(store).member(user.user_id, f"session-{name}-1", clock.now()) is None


def confirmed(store: Store, name: str, user: User, clock: StillClock) -> None:
    found = Confirmations(store).find(f"confirmation-{name}", clock.now())
    assert found is not None
    store.transact(Confirmations(store).redeeming(found, user, clock.now()))


def test_a_confirmation_joins_once(store: Store, name: str, clock: StillClock) -> None:
    user = signed_in(store, name, clock).user
    Confirmations(store).ask(f"confirmation-{name}", identity(name), user.user_id, clock.now())
    confirmed(store, name, user, clock)
    owner = Identities(store).owner("google", f"subject-{name}")

    assert owner is not None
    assert owner.linked_providers == ("email", "google")
    assert Confirmations(store).find(f"confirmation-{name}", clock.now()) is None


def test_a_confirmation_ends_after_15_minutes_by_any_clock(store: Store, name: str, clock: StillClock) -> None:
    Confirmations(store).ask(f"confirmation-{name}", identity(name), "somebody", clock.now())
    ends = clock.now() + timedelta(minutes=15)

    assert Confirmations(store).find(f"confirmation-{name}", ends - timedelta(microseconds=1)) is not None
    assert Confirmations(store).find(f"confirmation-{name}", ends) is None


@pytest.mark.parametrize("what", ["used", "owned", "changed", "merged"])
def test_a_confirmation_that_does_not_hold_any_more_writes_nothing(
    store: Store, name: str, clock: StillClock, what: str
) -> None:
    user = signed_in(store, name, clock).user
    Confirmations(store).ask(f"confirmation-{name}", identity(name), user.user_id, clock.now())
    found = Confirmations(store).find(f"confirmation-{name}", clock.now())
    assert found is not None
    meanwhile: dict[str, list[Write]] = {
        "used": [Delete(found.key)],
        "owned": [identity_claim(identity(name), "somebody else", clock.now())],
        "changed": [signing_in(user, "github", clock.now())],
        "merged": [Update(profile_key(user.user_id), set={"merged_to": "another"})],
    }
    store.transact(meanwhile[what])
    with pytest.raises(ConditionFailed):
        store.transact(Confirmations(store).redeeming(found, user, clock.now()))
    after = Users(store).get(user.user_id)

    assert after is not None
    assert "google" not in after.linked_providers


def begun(store: Store, name: str, clock: StillClock) -> Begun:
    made = Begun("google", "https://app.example.com/in", f"verifier-{name}", "anonymous")
    OAuthStates(store).begin({f"state-{name}": made}, clock.now())
    return made


def test_a_state_gives_back_what_was_begun_once(store: Store, name: str, clock: StillClock) -> None:
    made = begun(store, name, clock)
    states, page = OAuthStates(store), made.redirect_uri
    wrong = [
        states.take(f"state-{name}", "github", page, clock.now()),
        states.take(f"state-{name}", "google", f"{page}/", clock.now()),
        states.take(f"other-{name}", "google", page, clock.now()),
        states.take(f"state-{name}", "google", page, clock.now() + timedelta(seconds=300)),
    ]

    assert wrong == [None] * 4
    assert states.take(f"state-{name}", "google", page, clock.now()) == made
    assert states.take(f"state-{name}", "google", page, clock.now()) is None


def test_of_two_who_take_a_state_at_once_one_gets_it(store: Store, name: str, clock: StillClock) -> None:
    made = begun(store, name, clock)
    between, got = Interrupted(store), []
    take = (f"state-{name}", made.provider, made.redirect_uri, clock.now())
    between.meanwhile[1] = lambda: got.append(OAuthStates(store).take(*take))

    assert OAuthStates(between).take(*take) is None
    assert got == [made]


def test_refresh_tokens_replace_each_other(store: Store, name: str, clock: StillClock) -> None:
    user = signed_in(store, name, clock).user
    tokens, first = RefreshTokens(store), drawn(name).refresh_token
    second = tokens.rotate(first, "second", clock.now())
    third = tokens.rotate(second.token, "third", clock.now())
    family = store.get(Key("users", f"REFRESH#{hashed(f'family-{name}-0')}", "FAMILY"))

    assert (second.user, second.session_id) == (user, f"session-{name}-0")
    assert [each.token.rpartition(".")[0] for each in (second, third)] == [
        f"family-{name}-0.second",
        f"family-{name}-0.third",
    ]
    assert family is not None
    assert family["newest"] == hashed(third.token.partition(".")[2])


@pytest.mark.parametrize("shown", [0, 1, 2])
def test_every_older_token_ends_the_session_at_once(store: Store, name: str, clock: StillClock, shown: int) -> None:
    user = signed_in(store, name, clock).user
    tokens, issued = RefreshTokens(store), [drawn(name).refresh_token]
    for n in range(3):
        issued.append(tokens.rotate(issued[-1], str(n), clock.now()).token)
    with pytest.raises(RefreshReused):
        tokens.rotate(issued[shown], "again", clock.now())

    assert Sessions(store).member(user.user_id, f"session-{name}-0", clock.now()) is None
    assert store.get(Key("users", f"REFRESH#{hashed(f'family-{name}-0')}", "FAMILY")) is None


def test_of_two_who_show_one_token_at_once_the_second_ends_the_session(
    store: Store, name: str, clock: StillClock
) -> None:
    user = signed_in(store, name, clock).user
    between, token = Interrupted(store), drawn(name).refresh_token
    between.meanwhile[1] = lambda: RefreshTokens(store).rotate(token, "second", clock.now())
    with pytest.raises(RefreshReused):
        RefreshTokens(between).rotate(token, "third", clock.now())

    assert Sessions(store).member(user.user_id, f"session-{name}-0", clock.now()) is None


def test_a_secret_that_was_never_issued_ends_nothing(store: Store, name: str, clock: StillClock) -> None:
    signed_in(store, name, clock)
    tokens = RefreshTokens(store)
    second = tokens.rotate(drawn(name).refresh_token, "second", clock.now())
    for made_up in ("", ".", ".First", ".second", ".second.", f".{hashed('first')}"):
        with pytest.raises(RefreshRefused):
            tokens.rotate(f"family-{name}-0{made_up}", "x", clock.now())

    assert tokens.rotate(second.token, "third", clock.now()).session_id == f"session-{name}-0"


@pytest.mark.parametrize("what", ["session", "revision", "revoked", "merged"])
def test_what_ends_a_session_between_reading_and_replacing_is_seen(
    store: Store, name: str, clock: StillClock, what: str
) -> None:
    user = signed_in(store, name, clock).user
    key, session = profile_key(user.user_id), session_key(user.user_id, f"session-{name}-0")
    ends: dict[str, Write] = {
        "session": Delete(session),
        "revision": Update(key, add={"revocation_id": 1}),
        "revoked": Update(key, set={"revoked": True}),
        "merged": Update(key, set={"merged_to": "another"}),
    }
    between = Interrupted(store)
    between.meanwhile[1] = lambda: store.transact([ends[what]])
    with pytest.raises(RefreshRefused):
        RefreshTokens(between).rotate(drawn(name).refresh_token, "second", clock.now())
    with pytest.raises(RefreshRefused):
        RefreshTokens(store).rotate(drawn(name).refresh_token, "second", clock.now())

    assert (store.get(session) is None) == (what == "session")


def test_a_family_takes_one_item_however_often_it_is_refreshed(store: Store, name: str, clock: StillClock) -> None:
    user = signed_in(store, name, clock).user
    token = drawn(name).refresh_token
    before = len(store.query("users", user_key(user.user_id)).items)
    for n in range(3):
        token = RefreshTokens(store).rotate(token, str(n), clock.now()).token

    assert len(store.query("users", user_key(user.user_id)).items) == before


def test_links_are_mailed_to_an_address_five_times_in_five_minutes(store: Store, name: str, clock: StillClock) -> None:
    links = MagicLinks(store)
    first = [links.may_mail(address(name), clock.now()) for _ in range(6)]
    clock.advance(300)

    assert first == [True] * 5 + [False]
    assert links.may_mail(address(name), clock.now())
    assert links.may_mail(f"other-{address(name)}", clock.now())
