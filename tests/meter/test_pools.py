"""Whose limits an answer told of, and what is left of them: pools learn, merge and are drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.meter.pools_seen import API, HOME, NOON, WORK, Seen, login, quota
from trayapp.meter import pools as module
from trayapp.meter.pools import Identity, Learned
from trayapp.model.quota import Allowance, Quota
from trayapp.model.snapshot import Meter


@pytest.fixture
def seen() -> Seen:
    return Seen()


def test_a_pool_appears_when_it_was_seen(seen: Seen) -> None:
    """One answer makes one pool, with what it told."""
    assert seen.draw() == ()

    seen.learn(quota())

    (pool,) = seen.draw()
    assert (pool.id, pool.upstream, pool.organization, pool.model_class) == (
        "api.anthropic.com/org/w/opus-5.5", API, "org", "opus-5.5",
    )  # fmt: skip
    assert [meter.kind for meter in pool.meters] == ["requests"]


def test_an_answer_without_limits_makes_no_pool(seen: Seen) -> None:
    """Where nothing is known, nothing is drawn."""
    seen.learn(Quota("org", "w"))

    assert seen.draw() == ()


def test_meters_move_by_refill_until_the_next_answer(seen: Seen) -> None:
    """A thousand a minute refill; the next answer's word holds over it."""
    seen.learn(quota(remaining=900))
    assert seen.left(at=3) == [950]

    seen.learn(quota(remaining=100), at=3)

    assert seen.left(at=3) == [100]


def test_two_keys_of_one_organization_are_one_pool(seen: Seen) -> None:
    """The later answer holds, whichever key it was for."""
    seen.learn(quota(remaining=900), WORK)
    seen.learn(quota(remaining=800), HOME)

    assert seen.ids() == ["org/w/opus-5.5"]
    assert seen.left() == [800]


@pytest.mark.parametrize(
    ("told", "model"),
    [
        (quota(organization="other"), "claude-opus-5-5"),
        (quota(workspace="other"), "claude-opus-5-5"),
        (quota(), "claude-opus-5"),
    ],
)
def test_other_organizations_workspaces_and_classes_are_other_pools(
    seen: Seen, told: Quota, model: str
) -> None:
    """Each of the three makes a pool of its own."""
    seen.learn(quota(), WORK)
    seen.learn(told, HOME, model)

    assert len(seen.draw()) == 2


def test_models_of_one_class_are_one_pool(seen: Seen) -> None:
    """Fable 5 and 5.1 share their limits."""
    seen.learn(quota(), model="claude-fable-5")
    seen.learn(quota(), model="claude-fable-5-1")

    assert seen.ids() == ["org/w/fable-5.x"]


def test_until_its_organization_is_known_a_key_is_a_pool(seen: Seen) -> None:
    """A provisional pool goes by the start of the key's digest and claims no organization."""
    seen.learn(quota(None, None))

    (pool,) = seen.draw()
    assert (pool.id, pool.organization) == (
        "api.anthropic.com/key-aaaaaaaaaaaa/default/opus-5.5",
        None,
    )


def test_a_provisional_pool_is_merged_when_its_organization_is_known(seen: Seen) -> None:
    """What was learnt before stays, under the organization's name."""
    seen.learn(quota(None, None), model="claude-opus-5")
    seen.learn(quota(None, None), model="claude-sonnet-5")

    seen.learn(quota(), model="claude-opus-5")

    assert seen.ids() == ["org/w/opus-5", "org/w/sonnet-5"]


def test_in_a_merge_the_later_measurement_holds(seen: Seen) -> None:
    """A provisional reading is kept only where it is newer than what the organization's says."""
    seen.learn(quota(remaining=500), HOME, at=0)
    seen.learn(quota(remaining=700), HOME, "claude-opus-5", at=9)
    seen.learn(quota(None, None, remaining=300), WORK, at=5)
    seen.learn(quota(None, None, remaining=200), WORK, "claude-opus-5", at=5)

    seen.learn(quota(), WORK, "claude-haiku-5-5", at=9)

    left = {pool.model_class: pool.meters[0].remaining for pool in seen.draw(at=9)}
    assert left == {"opus-5.5": 366.7, "opus-5": 700, "haiku-5.5": 900}


def test_knowing_the_organization_alone_merges_too(seen: Seen) -> None:
    """An answer that names the organization but no limits tells whose the pool is."""
    seen.learn(quota(None, None))
    seen.learn(Quota("org", "w"))

    assert seen.ids() == ["org/w/opus-5.5"]


def test_an_answer_that_names_nobody_is_of_its_keys_organization(seen: Seen) -> None:
    """Once known, a key's organization holds for answers that do not repeat it."""
    seen.learn(quota(remaining=900))
    seen.learn(quota(None, None, remaining=400))

    assert (seen.ids(), seen.left()) == (["org/w/opus-5.5"], [400])


def test_a_workspace_once_known_holds(seen: Seen) -> None:
    """An answer with the organization only does not make a second pool."""
    seen.learn(quota(remaining=900))
    seen.learn(quota(workspace=None, remaining=400))

    assert (seen.ids(), seen.left()) == (["org/w/opus-5.5"], [400])


def test_a_workspace_learnt_later_takes_the_pool_along(seen: Seen) -> None:
    """The pool without a workspace becomes the one with it."""
    seen.learn(quota(workspace=None))
    seen.learn(quota())

    assert seen.ids() == ["org/w/opus-5.5"]


def test_a_key_that_changes_its_organization_leaves_the_old_pool(seen: Seen) -> None:
    """A key answered by another organization draws on that one's limits from then on."""
    seen.learn(quota())
    seen.learn(quota(organization="other"))

    assert seen.ids() == ["org/w/opus-5.5", "other/w/opus-5.5"]
    assert seen.pools.identity_of(WORK, API) == Identity(API, "other", "w")


def test_upstreams_are_apart(seen: Seen) -> None:
    """The same organization's name at another upstream means nothing here."""
    seen.learn(quota())
    seen.pools.learn(WORK, "gateway", "claude-opus-5-5", quota(), 100, NOON)

    assert sorted(pool.id for pool in seen.draw()) == [
        "api.anthropic.com/org/w/opus-5.5", "gateway/org/w/opus-5.5",
    ]  # fmt: skip


def test_a_logins_windows_are_shared_by_its_models(seen: Seen) -> None:
    """Five hours and seven days are the login's: the last word holds in all its pools."""
    seen.learn(login("five_hour", "seven_day", used=0.2), model="claude-opus-5-5")
    seen.learn(login("five_hour", used=0.4), model="claude-sonnet-5")

    used = {
        pool.model_class: {meter.kind: meter.utilization for meter in pool.meters}
        for pool in seen.draw()
    }
    assert used["opus-5.5"] == used["sonnet-5"] == {"five_hour": 0.4, "seven_day": 0.2}


def test_a_models_own_window_stays_with_it(seen: Seen) -> None:
    """A weekly window of some models says nothing of the others."""
    seen.learn(login("five_hour", "seven_day_overage_included"), model="claude-fable-5")
    seen.learn(login("five_hour"), model="claude-opus-5-5")

    kinds = {pool.model_class: [meter.kind for meter in pool.meters] for pool in seen.draw()}
    assert kinds == {
        "fable-5.x": ["five_hour", "seven_day_overage_included"],
        "opus-5.5": ["five_hour"],
    }


def test_windows_merge_with_their_organization(seen: Seen) -> None:
    """A login seen before its organization was named keeps its windows."""
    seen.learn(login("five_hour", "seven_day_opus", organization=None))
    seen.learn(login("seven_day"))

    (pool,) = seen.draw()
    assert [meter.kind for meter in pool.meters] == ["five_hour", "seven_day", "seven_day_opus"]


def test_a_keys_pool_shows_no_windows_of_a_login(seen: Seen) -> None:
    """In one organization, a key's pool and a login's are told apart by what they were told."""
    seen.learn(login("five_hour"), HOME, "claude-opus-5")
    seen.learn(quota(workspace=None), WORK, "claude-opus-5-5")

    kinds = {pool.model_class: [meter.kind for meter in pool.meters] for pool in seen.draw()}
    assert kinds == {"opus-5": ["five_hour"], "opus-5.5": ["requests"]}


def test_a_window_is_unknown_after_its_reset(seen: Seen) -> None:
    """Nothing is claimed of a window that nobody measured yet."""
    seen.learn(login("five_hour", resets_in=10))

    (pool,) = seen.draw(at=10)
    assert (pool.meters[0].utilization, pool.meters[0].resets_at) == (None, None)


def test_meters_stand_in_a_fixed_order(seen: Seen) -> None:
    """Requests, input, output, whatever the answer's order."""
    told = tuple(
        Allowance(name, 10, 5, None) for name in ("output_tokens", "requests", "input_tokens")
    )
    seen.learn(Quota("org", "w", told))

    (pool,) = seen.draw()
    assert [meter.kind for meter in pool.meters] == ["requests", "input_tokens", "output_tokens"]


def test_money_stands_last_and_with_keys_only(seen: Seen) -> None:
    """A login's use is not paid by the token."""
    seen.learn(quota(), WORK)
    seen.learn(login("five_hour"), HOME, "claude-opus-5")

    pools = seen.draw(spend=(Meter("spend_day", used=1.0),))

    assert {pool.model_class: pool.meters[-1].kind for pool in pools} == {
        "opus-5.5": "spend_day", "opus-5": "five_hour",
    }  # fmt: skip


def test_ages_are_left_to_whoever_shows_them(seen: Seen) -> None:
    """A full bucket looks the same later, so that an idle Snapshot does not change."""
    seen.learn(quota(remaining=1000))

    assert seen.draw(at=70) == seen.draw(at=500)


def test_what_was_learnt_outlives_a_restart(seen: Seen) -> None:
    """Limits are known again, what is left of them is not."""
    seen.learn(quota())
    seen.learn(quota(None, None), HOME)
    kept = seen.pools.learned()
    again = Seen()

    again.pools.restore(kept, 100)

    assert kept == (Learned(API, "org", "w", "opus-5.5", "requests", 1000, NOON),)
    (pool,) = again.draw()
    assert (pool.meters[0].limit, pool.meters[0].remaining, pool.meters[0].source) == (
        1000, None, "estimated",
    )  # fmt: skip


def test_a_reading_holds_over_what_was_kept(seen: Seen) -> None:
    """Rows of an earlier run never take the place of a fresh answer."""
    seen.learn(quota(remaining=900))
    kept = Learned(API, "org", "w", "opus-5.5", "requests", 50, NOON)

    seen.pools.restore([kept], 100)

    assert seen.left() == [900]


def test_keys_are_not_remembered_without_bound(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    """Logins change their token for ever; the oldest is forgotten first."""
    monkeypatch.setattr(module, "_IDENTITIES", 3)
    for number in range(5):
        seen.learn(Quota("org", "w"), f"{number}" * 64)

    assert seen.pools.identity_of("0" * 64, API).provisional
    assert not seen.pools.identity_of("4" * 64, API).provisional
    assert len(seen.pools._identities) == 3


TOLD = st.tuples(
    st.sampled_from([WORK, HOME]),
    st.sampled_from([None, "org"]),
    st.sampled_from([None, "w"]),
    st.integers(0, 1000),
)


@pytest.mark.slow
@given(st.lists(TOLD, max_size=8), st.floats(0, 1000))
def test_no_order_of_answers_makes_a_meter_insane(
    told: list[tuple[str, str | None, str | None, int]], at: float
) -> None:
    """Whatever comes when, each pool is drawn once and stays within its limit."""
    seen = Seen()
    for second, (key, organization, workspace, remaining) in enumerate(told):
        seen.learn(quota(organization, workspace, remaining), key, at=second)

    drawn = seen.draw(len(told) + at)

    assert len({pool.id for pool in drawn}) == len(drawn)
    for pool in drawn:
        for meter in pool.meters:
            assert meter.remaining is not None
            assert 0 <= meter.remaining <= 1000


def test_classes_of_an_account_are_bounded(seen: Seen) -> None:
    """Model ids come from callers: beyond 200, the class not heard of for longest makes room."""
    names = [f"model-{number}" for number in range(module.CLASSES)]
    for at, name in enumerate(names):
        seen.learn(login("seven_day_opus") if at % 2 else quota(), model=name, at=at)
    seen.learn(quota(), model=names[0], at=300)
    seen.learn(quota(), model="one-more", at=301)

    classes = {pool.model_class for pool in seen.draw()}
    assert len(classes) == module.CLASSES
    assert {names[0], "one-more"} <= classes
    assert names[1] not in classes


def test_classes_that_were_only_known_make_room_first(seen: Seen) -> None:
    """A limit of another day is dropped before one that was measured today."""
    kept = Learned(API, "org", "w", "old-class", "requests", 1000, NOON)
    for number in range(module.CLASSES - 1):
        seen.learn(quota(), model=f"model-{number}")
    seen.pools.restore([kept], 100)
    seen.learn(quota(), model="one-more")

    assert "old-class" not in {pool.model_class for pool in seen.draw()}
