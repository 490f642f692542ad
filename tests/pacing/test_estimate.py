"""How large requests turn out to be, and how that is learned."""

import pytest

from trayapp.model.usage import Usage
from trayapp.pacing.estimate import IMAGE_BYTES, Estimate, text_size


def told(fresh: int = 0, created: int = 0, read: int = 0) -> Usage:
    """What an answer says of its input."""
    return Usage(
        input_tokens=fresh, cache_creation_input_tokens=created, cache_read_input_tokens=read
    )


def test_text_counts_by_its_bytes() -> None:
    """A body without base64 is as large as it is."""
    assert text_size(b'{"data":"' + b"x" * 5000 + b'"}') == 5011


def test_image_counts_by_what_it_costs() -> None:
    """A megabyte of image costs no more than a small one."""
    source = b'{"type":"base64","media_type":"image/png","data":"' + b"A" * 1_000_000 + b'"}'

    assert text_size(source) == len(source) - 1_000_000 + IMAGE_BYTES


def test_media_type_may_follow_the_data() -> None:
    """Keys come in any order."""
    source = b'{"data":"' + b"A" * 90_000 + b'","media_type":"image/png","type":"base64"}'

    assert text_size(source) == len(source) - 90_000 + IMAGE_BYTES


def test_document_counts_by_a_share_of_its_bytes() -> None:
    """A document grows with its pages."""
    source = b'{"type":"base64","media_type":"application/pdf","data": "' + b"A" * 500_000 + b'"}'

    assert text_size(source) == len(source) - 500_000 + 20_000


def test_short_data_is_text() -> None:
    """A short value named data is no payload, and the next one is still found."""
    body = b'["base64",{"data":"abc"},{"data":"' + b"A" * 50_000 + b'"}]'

    assert text_size(body) == len(body) - 50_000 + 2000


@pytest.mark.parametrize("body", [b'base64 "data"', b'base64 "data":"abc'])
def test_cut_body_is_no_trouble(body: bytes) -> None:
    """A body that ends in the middle counts by its bytes."""
    assert text_size(body) == len(body)


def test_small_image_never_counts_more_than_its_bytes() -> None:
    """An icon of 2 KB is not made larger."""
    body = b'{"type":"base64","media_type":"image/png","data":"' + b"A" * 2000 + b'"}'

    assert text_size(body) == len(body)


def test_ratio_follows_what_prompts_really_had() -> None:
    """A tool whose prompts have half as many tokens is soon known as such."""
    estimate = Estimate()
    for _ in range(60):
        estimate.learn_prompt(1000.0, told(500), "", 0.0)

    assert estimate.ratio == pytest.approx(0.5, abs=0.02)
    assert estimate.worst < 0.7


def test_first_guess_is_careful() -> None:
    """Before anything is learned a request may have a third more than estimated."""
    assert Estimate().worst == pytest.approx(1.36)


def test_cached_prompts_teach_the_same_ratio() -> None:
    """The whole prompt counts, cache reads included."""
    hit, miss = Estimate(), Estimate()
    hit.learn_prompt(1000.0, told(100, 0, 1000), "", 0.0)
    miss.learn_prompt(1000.0, told(1100), "", 0.0)

    assert hit.ratio == miss.ratio


@pytest.mark.parametrize(("actual", "ratio"), [(1, 0.7625), (900_000, 5.75)])
def test_one_odd_answer_teaches_only_so_much(actual: int, ratio: float) -> None:
    """A sample beyond all reason counts as the last reasonable one."""
    estimate = Estimate()
    estimate.learn_prompt(1000.0, told(actual), "", 0.0)

    assert estimate.ratio == pytest.approx(ratio)


def test_nothing_is_learned_from_nothing() -> None:
    """Neither an empty estimate nor an empty usage moves the ratio."""
    estimate = Estimate()
    estimate.learn_prompt(0.0, told(10), "", 0.0)
    estimate.learn_prompt(10.0, Usage(), "", 0.0)

    assert (estimate.ratio, estimate.prompts) == (1.0, 0)


def test_cache_read_is_expected_only_once_proven() -> None:
    """A created prefix is not counted on before it was read back."""
    estimate = Estimate()
    estimate.learn_prompt(1000.0, told(100, 900, 0), "s", 0.0)
    before = estimate.fresh(1000.0, "s", 1.0)
    estimate.learn_prompt(1000.0, told(100, 0, 900), "s", 1.0)

    assert before == 1000.0
    assert estimate.fresh(1000.0, "s", 2.0) == pytest.approx(550.0)


def test_trust_grows_with_every_read() -> None:
    """A prefix read again and again is expected almost whole."""
    estimate = Estimate()
    for second in range(10):
        estimate.learn_prompt(1000.0, told(100, 0, 900), "s", float(second))

    assert estimate.fresh(1000.0, "s", 10.0) == pytest.approx(100.0, abs=5.0)


def test_a_miss_ends_trust() -> None:
    """One missed read and nothing is expected until one is proven again."""
    estimate = Estimate()
    for second in range(5):
        estimate.learn_prompt(1000.0, told(100, 0, 900), "s", float(second))
    estimate.learn_prompt(1000.0, told(100, 900, 0), "s", 5.0)

    assert estimate.fresh(1000.0, "s", 6.0) == 1000.0


def test_prefix_is_forgotten_after_five_minutes() -> None:
    """The prompt cache lets go of what is not used."""
    estimate = Estimate()
    for second in range(5):
        estimate.learn_prompt(1000.0, told(100, 0, 900), "s", float(second))
    late = estimate.fresh(1000.0, "s", 300.0)
    estimate.learn_prompt(1000.0, told(1000), "s", 300.0)

    assert late == 1000.0
    assert estimate.fresh(1000.0, "s", 301.0) == 1000.0


def test_fresh_is_never_negative() -> None:
    """A short request of a long session is expected to need nothing, not less."""
    estimate = Estimate()
    for second in range(8):
        estimate.learn_prompt(1000.0, told(100, 0, 900), "s", float(second))

    assert estimate.fresh(10.0, "s", 8.0) == 0.0


def test_prefixes_are_bounded() -> None:
    """The oldest of many sessions is forgotten."""
    estimate = Estimate()
    for session in range(300):
        estimate.learn_prompt(1000.0, told(100, 0, 900), f"s{session}", 0.0)
        estimate.learn_prompt(1000.0, told(100, 0, 900), f"s{session}", 0.0)

    assert estimate.fresh(1000.0, "s0", 1.0) == 1000.0
    assert estimate.fresh(1000.0, "s299", 1.0) < 1000.0


def test_first_answer_replaces_the_guess() -> None:
    """Length and speed are those of the first answer, then of the mean."""
    estimate = Estimate()
    estimate.learn_answer(100, 2.0)
    estimate.learn_answer(300, 2.0)

    assert (estimate.mean, estimate.speed) == (200, 100)


def test_habits_change_slowly() -> None:
    """After many answers a single one weighs a twentieth."""
    estimate = Estimate()
    for _ in range(40):
        estimate.learn_answer(100, 2.0)
    estimate.learn_answer(2100, 2.0)

    assert estimate.mean == pytest.approx(200)


def test_instant_answer_teaches_no_infinite_speed() -> None:
    """A duration of nothing counts as a twentieth of a second."""
    estimate = Estimate()
    estimate.learn_answer(10, 0.0)

    assert estimate.speed == pytest.approx(200)


def test_recalled_habits_hold_until_new_answers_come() -> None:
    """What was learned another day is where a tool begins."""
    estimate = Estimate()
    estimate.recall(0.8, 0.05, 700.0, 10.0)

    assert (estimate.ratio, estimate.mean, estimate.speed) == (0.8, 700.0, 70.0)
    assert estimate.worst == pytest.approx(0.95)
