"""What the first request taught."""

import msgspec
import pytest

from trayapp.model.snapshot import Meter, Pool, Snapshot
from trayapp.ui.gallery.samples import RUNNING
from trayapp.ui.speech import Tr
from trayapp.ui.wording.first_run import learned

TR = Tr(lambda _text, _number: None)
MINUTE = (
    Meter("requests", limit=50), Meter("input_tokens", limit=40_000),
    Meter("output_tokens", limit=8000),
)  # fmt: skip
POOL = Pool("p", "anthropic", None, "sonnet-5.5", MINUTE)


def with_pool(**changed: object) -> Snapshot:
    return msgspec.structs.replace(RUNNING, pools=(msgspec.structs.replace(POOL, **changed),))


@pytest.mark.parametrize(
    ("snapshot", "words"),
    [
        (None, "No limit known yet."),
        (RUNNING, "No limit known yet."),
        (with_pool(meters=()), "No limit known yet."),
        (with_pool(), "Learned: Sonnet 5.5: 50 requests, 40k in, 8k out a minute."),
        (with_pool(plan="Start"), "Learned: plan Start. Sonnet 5.5: 50 requests"),
        (with_pool(meters=MINUTE[:1]), "these windows: Requests."),
        (with_pool(meters=(Meter("five_hour"), Meter("seven_day"))), "windows: 5 hours, 7 days."),
    ],
)
def test_only_what_is_known_is_said(snapshot: Snapshot | None, words: str) -> None:
    """A plan only where the limits tell it."""
    assert words in learned(TR, snapshot)
