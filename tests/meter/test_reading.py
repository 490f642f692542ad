"""Response headers of both families, read into values; what makes no sense is left out alone."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trayapp.meter.reading import quota_of
from trayapp.model.exchange import Headers
from trayapp.model.quota import Allowance, Quota, Utilization

RECORDINGS = Path(__file__).parent.parent / "recordings"
REQUESTS = b"anthropic-ratelimit-requests"
UNIFIED = b"anthropic-ratelimit-unified-"


def recorded(name: str) -> Headers:
    lines = (RECORDINGS / f"{name}.txt").read_bytes().splitlines()
    return tuple((key, value) for key, _, value in (line.partition(b": ") for line in lines))


def requests(**fields: str) -> Headers:
    """Headers of a requests limit, 1000 with 900 left and full in 6 s, but for *fields*."""
    told = {
        "limit": "1000", "remaining": "900", "reset": "2026-11-21T12:00:06Z",
        "date": "Sat, 21 Nov 2026 12:00:00 GMT", **fields,
    }  # fmt: skip
    date = told.pop("date")
    ours = ((REQUESTS + b"-" + key.encode(), value.encode()) for key, value in told.items())
    return ((b"date", date.encode()), *ours)


def unified(**fields: str) -> Headers:
    return tuple(
        (UNIFIED + key.replace("_", "-").encode(), value.encode()) for key, value in fields.items()
    )


def utc(epoch: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(epoch, dt.UTC)


def test_an_answer_to_an_api_key_tells_three_allowances() -> None:
    """Requests, input and output tokens, and whose they are; the combined token limit is none."""
    quota = quota_of(recorded("api_key_headers"))

    assert quota == Quota(
        organization="5b0d1f8e-4c1e-4a6e-9a53-0c8a7d5e2f10",
        workspace="wrkspc_01JwQvzr7rXLA5AGx3HKfFUJ",
        allowances=(
            Allowance("requests", 1000, 994, 1.0),
            Allowance("input_tokens", 2_000_000, 1_988_000, 1.0),
            Allowance("output_tokens", 400_000, 380_000, 3.0),
        ),
    )


def test_an_answer_to_a_login_tells_its_windows() -> None:
    """Fractions with their resets; whether extra use is allowed is no window."""
    quota = quota_of(recorded("login_headers"))

    assert quota == Quota(
        organization="9d2f6c0a-77aa-4a8e-8b3c-5a1de0c1b7e4",
        workspace=None,
        windows=(
            Utilization("five_hour", 0.05, utc(1790814600), "allowed"),
            Utilization("seven_day", 0.42, utc(1791205200), "allowed"),
            Utilization("seven_day_overage_included", 0.91, utc(1791205200), "allowed_warning"),
        ),
        representative_claim="five_hour",
        overage_in_use=False,
    )


def test_headers_without_limits_say_nothing() -> None:
    """An answer of a server that states no limits is an empty quota."""
    assert quota_of(((b"content-type", b"text/html"), (b"date", b"x"))) == Quota(None, None)


@pytest.mark.parametrize(
    "remaining", ["-1", "1e3", "nan", "inf", "٣", "1_0", "", " 5", "0x5", "9" * 16]
)
def test_a_remaining_that_is_no_count_drops_its_limit_only(remaining: str) -> None:
    """A count is ASCII digits; without it this limit says nothing, the others speak."""
    others = recorded("api_key_headers")[8:]

    quota = quota_of(requests(remaining=remaining) + others)

    assert [each.resource for each in quota.allowances] == ["input_tokens", "output_tokens"]


@pytest.mark.parametrize("limit", ["0", "-5", "many", ""])
def test_a_limit_that_is_none_is_left_out(limit: str) -> None:
    """A limit of nothing or less is no limit."""
    assert quota_of(requests(limit=limit)).allowances == ()


def test_more_left_than_there_is_counts_as_full() -> None:
    """What remains is never above the limit."""
    assert quota_of(requests(remaining="1200")).allowances[0].remaining == 1000


@pytest.mark.parametrize(
    ("fields", "full_in"),
    [
        ({}, 6.0),
        ({"reset": "2026-11-21T13:00:06+01:00"}, 6.0),
        ({"reset": "2026-11-21T12:00:00.5Z"}, 0.5),
        ({"reset": "2026-11-21T12:15:00Z"}, 900.0),
        ({"reset": "2026-11-21T12:15:01Z"}, None),
        ({"reset": "2026-11-21T11:59:59Z"}, None),
        ({"reset": "2026-11-21T12:00:06"}, None),
        ({"reset": "soon"}, None),
        ({"reset": ""}, None),
        ({"reset": "2" * 41}, None),
        ({"reset": "２０２６-11-21T12:00:06Z"}, None),
        ({"date": "Sat, 21 Nov 2026 12:00:00 UTC"}, None),
        ({"date": "Sat, 21 Foo 2026 12:00:00 GMT"}, None),
        ({"date": "Sat, 32 Nov 2026 12:00:00 GMT"}, None),
        ({"date": "Sat, 21 Nov 2026 12:00 GMT   "}, None),
        ({"date": "Sat, 21 Nov 2026  2:00:00 GMT"}, None),
        ({"date": "yesterday"}, None),
    ],
)
def test_full_in_is_told_from_the_answers_own_date(
    fields: dict[str, str], full_in: float | None
) -> None:
    """The reset minus the Date of the same answer, within a quarter of an hour, else unknown."""
    (allowance,) = quota_of(requests(**fields)).allowances

    assert allowance == Allowance("requests", 1000, 900, full_in)


def test_without_a_date_the_reset_is_unknown() -> None:
    """The clock of this machine is never held against the server's."""
    (allowance,) = quota_of(requests()[1:]).allowances

    assert allowance.full_in is None


def test_a_field_that_contradicts_itself_is_ignored() -> None:
    """The same header twice with two values says nothing; twice with one value says it once."""
    twice = ((REQUESTS + b"-remaining", b"900"),)
    otherwise = ((REQUESTS + b"-remaining", b"7"),)

    assert quota_of(requests() + twice).allowances[0].remaining == 900
    assert quota_of(requests() + otherwise).allowances == ()


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("0", 0.0),
        ("0.42", 0.42),
        ("1", 1.0),
        ("1.02", 1.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("5e-7", 5e-7),
    ],
)
def test_a_fraction_is_read(text: str, used: float) -> None:
    """Fractions come as JavaScript writes them; a window overdrawn is full."""
    assert quota_of(unified(**{"5h-utilization": text})).windows == (
        Utilization("five_hour", used, None, None),
    )


@pytest.mark.parametrize(
    "text", ["42", "-0.1", "nan", "inf", "1e999", "٠.٥", "", "0.5x", "1_0", "5e400"]
)
def test_a_fraction_that_makes_no_sense_is_no_reading(text: str) -> None:
    """Percentages, other digits and non-numbers are left out."""
    assert quota_of(unified(**{"5h-utilization": text, "7d-utilization": "0.5"})).windows == (
        Utilization("seven_day", 0.5, None, None),
    )


@pytest.mark.parametrize(
    "text", ["0", "1499999999", "4294967296", "9" * 20, "2026-11-21T12:00:00Z", "-1"]
)
def test_a_reset_that_makes_no_sense_is_unknown(text: str) -> None:
    """The fraction stands even where its reset does not."""
    fields = {"5h-utilization": "0.5", "5h-reset": text}

    assert quota_of(unified(**fields)).windows == (Utilization("five_hour", 0.5, None, None),)


@pytest.mark.parametrize(
    ("key", "name"),
    [("7d_opus", "seven_day_opus"), ("7d_sonnet", "seven_day_sonnet"), ("30d", "30d"),
     ("7d_new", "7d_new"), ("overage", "overage")],
)  # fmt: skip
def test_windows_have_the_names_of_their_claims(key: str, name: str) -> None:
    """Known windows go by the claim's name, new ones by what the header calls them."""
    headers = ((UNIFIED + key.encode() + b"-utilization", b"0.5"),)

    assert quota_of(headers).windows[0].window == name


@pytest.mark.parametrize(
    "name", ["grace-5h-utilization", "slow-budget-utilization", "overage-period-monthly-utilization",
             "5h-surpassed-threshold", "fallback-percentage"],
)  # fmt: skip
def test_what_is_no_window_is_left_alone(name: str) -> None:
    """Headers with similar names make no windows."""
    assert quota_of(((UNIFIED + name.encode(), b"0.5"),)).windows == ()


def test_a_window_that_rejects_is_used_up() -> None:
    """A rejection without a fraction says enough."""
    assert quota_of(unified(**{"5h-status": "rejected"})).windows == (
        Utilization("five_hour", 1.0, None, "rejected"),
    )


def test_a_status_alone_is_no_reading() -> None:
    """Being allowed does not tell how far the window is used."""
    assert quota_of(unified(**{"5h-status": "allowed"})).windows == ()


def test_extra_use_that_is_not_allowed_is_no_alarm() -> None:
    """The status of overage is a policy: only its fraction is a reading."""
    fields = {"overage-status": "rejected", "overage-utilization": "0.1"}

    assert quota_of(unified(**fields)).windows == (Utilization("overage", 0.1, None, None),)


def test_a_rejection_names_its_window_by_the_claim() -> None:
    """Where only the whole is said to be rejected, the representative claim is the window."""
    fields = {"status": "rejected", "reset": "1790814600", "representative-claim": "five_hour"}

    assert quota_of(unified(**fields)).windows == (
        Utilization("five_hour", 1.0, utc(1790814600), "rejected"),
    )


def test_a_rejection_of_a_window_that_spoke_is_not_told_twice() -> None:
    """The claim's own headers hold over the summary."""
    fields = {"status": "rejected", "representative-claim": "five_hour", "5h-utilization": "0.99"}

    assert quota_of(unified(**fields)).windows == (Utilization("five_hour", 0.99, None, None),)


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("TRUE", True), ("false", False), ("x", None)]
)
def test_extra_use_is_told(text: str, value: bool | None) -> None:
    """Whether extra use is paid for now is true, false or unknown."""
    assert quota_of(unified(overage_in_use=text)).overage_in_use is value


@pytest.mark.parametrize("name", ["", "a b", "a\x00b", "é", "x" * 129])
def test_names_that_are_none_are_unknown(name: str) -> None:
    """An organization or workspace has a plain short name."""
    headers = ((b"anthropic-organization-id", name.encode()), (b"anthropic-workspace-id", b"w_1"))

    assert quota_of(headers) == Quota(None, "w_1")


NAMES = st.sampled_from(
    [name for name, _ in (*recorded("api_key_headers"), *recorded("login_headers"))]
)
VALUES = st.one_of(
    st.binary(max_size=30),
    st.sampled_from([b"-1", b"1e309", b"NaN", "１２".encode(), b"0", b"9" * 40, b"0001-01-01T00:00:00+23:59",
                     b"9999-12-31T23:59:59-23:59", b"2026-11-21T12:00:06Z", b"rejected", b"0.5"]),
    st.integers().map(lambda number: str(number).encode()),
)  # fmt: skip


@pytest.mark.slow
@given(st.lists(st.tuples(NAMES, VALUES), max_size=30))
def test_no_headers_make_a_reading_insane(headers: list[tuple[bytes, bytes]]) -> None:
    """Whatever a server says, what is read from it can be drawn."""
    quota = quota_of(tuple(headers))

    for allowance in quota.allowances:
        assert 0 <= allowance.remaining <= allowance.limit
        assert allowance.limit > 0
        assert allowance.full_in is None or 0 <= allowance.full_in <= 900
    for window in quota.windows:
        assert 0 <= window.used <= 1


@pytest.mark.slow
@given(NAMES, VALUES)
def test_one_insane_field_leaves_the_others(name: bytes, value: bytes) -> None:
    """A single bad header costs at most its own limit or window."""
    for recording in ("api_key_headers", "login_headers"):
        headers = recorded(recording)
        whole = quota_of(headers)
        spoilt = quota_of(tuple((n, value if n == name else v) for n, v in headers))

        lost = set(whole.allowances) | set(whole.windows)
        kept = {(each.resource) for each in spoilt.allowances} | {w.window for w in spoilt.windows}
        missing = [each for each in lost if getattr(each, "resource", None) not in kept
                   and getattr(each, "window", None) not in kept]  # fmt: skip
        assert len(missing) <= 1
