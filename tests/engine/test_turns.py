"""Pools get their names from what the meter knows, prove to be one, and show who waits."""

import datetime as dt

import pytest

from tests.engine.turns_desk import KEY, ORG, OTHER, UPSTREAM, WORKSPACE, Desk, play, said
from tests.fakes.clock import START
from trayapp.engine import turns as file
from trayapp.meter.pools import Learned
from trayapp.model.command import CancelHold, Pause, Resume, SendNow
from trayapp.model.errors import HeldTooLong, NotServing, Refused
from trayapp.model.exchange import Caller, Route
from trayapp.model.quota import Resource
from trayapp.model.secret import Secret
from trayapp.pacing.pools import Habit


def test_a_pool_is_provisional_until_its_organization_is_known() -> None:
    """Before the first answer it goes by the credential's digest, never by the credential."""
    desk = Desk()
    before = desk.place()
    desk.learn(said(workspace=WORKSPACE))

    assert before.endswith("//sonnet-5.5")
    assert len(before) == 64 + len("//sonnet-5.5")
    assert "stored" not in before
    assert desk.place() == f"{ORG}/{WORKSPACE}/sonnet-5.5"


@pytest.mark.parametrize(
    ("model", "model_class"),
    [
        ("claude-sonnet-5-5", "sonnet-5.5"),
        ("claude-opus-5-5", "opus-5.5"),
        ("claude-opus-5", "opus-5"),
        ("claude-opus-4-8", "opus-4.x"),
        ("", ""),
    ],
)
def test_pools_are_by_model_class(model: str, model_class: str) -> None:
    """Models that share limits share a pool."""
    desk = Desk()
    desk.learn(said())

    assert desk.place(model=model) == f"{ORG}//{model_class}"


def test_counting_tokens_has_a_pool_of_its_own() -> None:
    """Its limits are apart from those of Messages, whatever the model."""
    desk = Desk()
    desk.learn(said())

    assert desk.place(route=Route.COUNT_TOKENS) == f"{ORG}//count_tokens"


def test_model_names_of_callers_make_few_pools(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names nobody knows are pools of their own, up to a number; then they share one."""
    monkeypatch.setattr(file, "FOREIGN_CLASSES", 2)
    desk = Desk()
    desk.learn(said())
    first = [desk.place(model=model) for model in ("qwen", "llama", "gemma", "mistral", "qwen")]

    assert first == [f"{ORG}//{name}" for name in ("qwen", "llama", "other", "other", "qwen")]
    assert desk.place() == f"{ORG}//sonnet-5.5"


def test_credentials_of_strangers_make_few_pools(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody may come with any credential; beyond a number they share one until they are known."""
    monkeypatch.setattr(file, "STRANGERS", 1)
    desk = Desk()
    first = desk.place(credential=KEY)
    others = {desk.place(credential=Secret(b"sk-%d" % number)) for number in range(5)}
    again = desk.place(credential=KEY)
    desk.learn(said())
    known = desk.place(credential=KEY)

    assert others == {"others//sonnet-5.5"}
    assert (first, known) == (again, f"{ORG}//sonnet-5.5")
    assert desk.place(credential=OTHER) != "others//sonnet-5.5"


def test_two_keys_of_one_organization_share_a_pool() -> None:
    """What one key's requests have reserved holds the other's too, once both are known."""

    async def scene(desk: Desk) -> None:
        await desk.come("a", credential=KEY)
        await desk.come("b", credential=OTHER)
        before = len(desk.pools)
        desk.learn(said(), credential=KEY)
        desk.learn(said(), credential=OTHER)

        (pool,) = desk.turns.pacer.schedule.pools.all()
        assert (before, desk.pools) == (2, [f"{ORG}//sonnet-5.5"])
        assert {ticket.id for ticket in pool.open.values()} == {"a", "b"}

    play(scene)


def test_who_waited_in_a_provisional_pool_waits_in_the_real_one() -> None:
    """A merge loses nobody, and the first answer lets all go who may."""

    async def scene(desk: Desk) -> None:
        await desk.come("a", "b", "c")
        held = desk.turns.held()[1]
        desk.learn(said())
        slot = next(iter(desk.turns.pacer._slots.values()))
        slot.learn(said())
        await desk.settle()

        assert (held, desk.went) == (2, ["a", "b", "c"])
        assert desk.pools == [f"{ORG}//sonnet-5.5"]

    play(scene)


def test_a_workspace_that_shows_later_is_taken_along() -> None:
    """The organization's pool becomes the workspace's; a second workspace is another one."""

    async def scene(desk: Desk) -> None:
        desk.learn(said())
        await desk.come("a")
        desk.learn(said(workspace="one"))
        one = desk.pools
        desk.learn(said(workspace="two"))

        assert one == desk.pools == [f"{ORG}/one/sonnet-5.5"]
        assert desk.place() == f"{ORG}/two/sonnet-5.5"

    play(scene)


def test_another_organization_takes_nothing_along() -> None:
    """A credential that moved begins anew."""

    async def scene(desk: Desk) -> None:
        desk.learn(said())
        await desk.come("a")
        desk.learn(said("22222222-2222-3333-4444-555555555555"))

        assert desk.pools == [f"{ORG}//sonnet-5.5"]

    play(scene)


def test_only_what_is_merged_changes() -> None:
    """Pools of others keep their names."""

    async def scene(desk: Desk) -> None:
        await desk.come("a", credential=KEY)
        await desk.come("b", credential=OTHER)
        desk.learn(said(), credential=KEY)

        assert desk.pools[0] == f"{ORG}//sonnet-5.5"
        assert desk.pools[1].endswith("//sonnet-5.5")
        assert not desk.pools[1].startswith(ORG)

    play(scene)


def test_the_meter_learns_too() -> None:
    """The same headers move the meters."""
    desk = Desk()
    desk.learn(said(left=12))

    (pool,) = desk.meter.snapshot(desk.clock.monotonic(), desk.clock.now())
    assert pool.meters[0].remaining == pytest.approx(12)


def test_limits_of_an_earlier_run_are_believed_for_a_start() -> None:
    """What the ledger kept of this upstream lets some go at once; that of another does nothing."""

    async def scene(desk: Desk) -> None:
        resources: tuple[Resource, ...] = ("requests", "input_tokens")
        kept = [
            Learned(url, ORG, None, "sonnet-5.5", resource, 600, START)
            for url in (UPSTREAM, "https://other.example")
            for resource in resources
        ]
        habit = Habit("editor", "claude-sonnet-5-5", 0.5, 0.1, 90.0, 2.0)
        desk.turns.remember(kept, [habit])
        desk.meter.learn("", UPSTREAM, "", said(), 0.0, START)

        schedule = desk.turns.pacer.schedule
        assert desk.pools == [f"{ORG}//sonnet-5.5"]
        assert schedule.pools.all()[0].input.limit == 600
        assert schedule.pools.estimate("editor", "claude-sonnet-5-5").mean == 90.0

    play(scene)


def test_limits_the_user_states_hold_from_the_first_request() -> None:
    """An upstream that shows none is paced by what the settings say."""

    async def scene(desk: Desk) -> None:
        await desk.come(*(str(number) for number in range(6)))

        assert desk.went == ["0", "1", "2", "3", "4"]
        assert desk.turns.held()[1] == 1

    play(scene, stated={"anthropic": {"requests": 6}})


def test_settings_bound_the_hold() -> None:
    """No request waits for longer than the user wants."""

    async def scene(desk: Desk) -> None:
        desk.turns.do(Pause())
        await desk.come("a")
        desk.timer.run(5.1)
        await desk.settle()

        assert isinstance(desk.tasks["a"].exception(), HeldTooLong)

    play(scene, longest_hold=5.0)


def test_a_hold_is_shown_with_its_reason_and_times() -> None:
    """Who waits, since when, why, and until about when as far as can be told."""

    async def scene(desk: Desk) -> None:
        await desk.come("a")
        nobody = desk.turns.held()
        desk.timer.run(1.0)
        await desk.come("b")
        desk.timer.run(1.0)
        (hold,), total = desk.turns.held()

        assert (nobody, total) == (((), 0), 1)
        assert (hold.id, hold.tool, hold.model) == ("b", "editor", "claude-sonnet-5-5")
        assert (hold.since, hold.reason) == (START + dt.timedelta(seconds=1), "first_answer")
        assert (hold.cause, hold.limit_kind) == ("probe", None)
        assert hold.expected_at == START + dt.timedelta(seconds=3)

    play(scene)


def test_a_pause_has_no_end_that_can_be_told() -> None:
    """While it is paused, nobody knows until when."""

    async def scene(desk: Desk) -> None:
        desk.turns.do(Pause())
        await desk.come("a")
        (hold,), _ = desk.turns.held()

        assert (hold.reason, hold.expected_at) == ("paused", None)
        assert desk.turns.pacer.schedule.paused

    play(scene)


def test_a_hundred_are_shown_and_all_are_counted() -> None:
    """A Snapshot stays small however many wait."""

    async def scene(desk: Desk) -> None:
        desk.turns.do(Pause())
        await desk.come(*(str(number) for number in range(120)))
        shown, total = desk.turns.held()

        assert (len(shown), total) == (100, 120)
        assert shown[0].id == "0"

    play(scene)


def test_the_user_lets_one_go_and_ends_another() -> None:
    """Sending and cancelling name one request each; resuming lets the rest go."""

    async def scene(desk: Desk) -> None:
        desk.turns.do(Pause())
        await desk.come("a", "b", "c")
        desk.turns.do(SendNow("c"))
        desk.turns.do(CancelHold("a"))
        await desk.settle()
        went = list(desk.went)
        desk.turns.do(Resume())
        desk.timer.run(4.0)
        await desk.settle()

        assert (went, desk.went) == (["c"], ["c", "b"])
        assert isinstance(desk.tasks["a"].exception(), NotServing)

    play(scene)


@pytest.mark.parametrize("command", [SendNow("slc_9"), CancelHold("slc_9")])
def test_an_id_nobody_has_is_refused(command: SendNow | CancelHold) -> None:
    """A request that has gone cannot be changed, and the user is told so."""
    with pytest.raises(Refused, match="No held request has this id") as told:
        Desk().turns.do(command)

    assert told.value.status == 404


def test_a_class_is_told_by_the_name_people_use() -> None:
    """The sentence of a hold that ended names the model as people do."""

    async def scene(desk: Desk) -> None:
        await desk.come("a", "b")
        desk.learn(said(left=0))
        next(iter(desk.turns.pacer._slots.values())).learn(said(left=0))
        for pool in desk.turns.pacer.schedule.pools.all():
            pool.requests.take(5000.0)
        desk.timer.run(241.0)
        await desk.settle()

        assert "requests on Sonnet 5.5 (60 a minute)" in str(desk.tasks["b"].exception())

    play(scene)


# --- Several upstreams ----------------------------------------------------------------------


def test_two_keys_of_one_organization_are_one_pool() -> None:
    """A second key adds no room, and the pool names both."""
    desk = Desk()
    again = Caller("script", upstream="again")
    desk.turns.keep("again", OTHER)
    apart = {desk.place(), desk.place(credential=OTHER, caller=again)}
    desk.learn(said())
    desk.learn(said(), credential=OTHER, caller=again)
    together = {desk.place(), desk.place(credential=OTHER, caller=again)}

    assert (len(apart), together) == (2, {f"{ORG}//sonnet-5.5"})
    assert desk.turns.keys_of(UPSTREAM, ORG) == ("again", "anthropic")


def test_one_key_at_two_upstreams_is_two_pools() -> None:
    """A gateway's limits are not those of the API, nor are two servers without a key one."""
    desk = Desk()
    nothing = Secret(b"")
    places = {
        desk.place(credential=nothing, caller=Caller("script", upstream=name))
        for name in ("anthropic", "ollama", "studio")
    }

    assert len(places) == 3


def test_callers_with_their_own_credential_are_no_key_of_ours() -> None:
    """A pool names stored keys alone."""
    desk = Desk()
    desk.learn(said(), credential=OTHER, caller=Caller("curl", own=True))

    assert desk.turns.keys_of(UPSTREAM, ORG) == ()


def test_stated_limits_are_their_upstreams() -> None:
    """Those of one server hold nobody on another."""

    async def scene(desk: Desk) -> None:
        local = Caller("script", upstream="ollama")
        await desk.come("a", "b", caller=local, credential=Secret(b""))
        await desk.come("c", "d", "e")

        assert [hold.id for hold in desk.turns.held()[0]] == ["b"]

    play(scene, stated={"ollama": {"requests": 1}, "anthropic": {"requests": 60}})


def test_newly_stated_limits_hold_where_no_header_speaks() -> None:
    """A pool that tells its own limits keeps those."""

    async def scene(desk: Desk) -> None:
        local = Caller("script", upstream="ollama")
        await desk.come("a", caller=local, credential=Secret(b""))
        desk.learn(said())
        await desk.come("b")

        desk.turns.state({"ollama": {"requests": 7}, "anthropic": {"requests": 7}})

        pools = desk.turns.pacer.schedule.pools.all()
        assert {pool.name[:4]: pool.requests.limit for pool in pools if pool.known} == {
            desk.place(caller=local, credential=Secret(b""))[:4]: 7
        }

    play(scene)


def test_shorter_holds_are_for_those_who_come() -> None:
    """A changed setting reaches the pacer."""
    desk = Desk()

    desk.turns.hold_for(30.0)

    assert desk.turns.pacer.longest_hold == 30.0
