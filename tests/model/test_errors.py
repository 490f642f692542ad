"""What errors carry for whoever answers the caller."""

from trayapp.model.errors import (
    KeyringLocked,
    NoKey,
    NotServing,
    PortTaken,
    Refused,
    UpstreamSaid,
)


def test_upstreams_words_are_kept() -> None:
    """Status and body are upstream's own."""
    said = UpstreamSaid(429, b"{}")

    assert (said.status, said.body) == (429, b"{}")


def test_a_taken_port_is_named() -> None:
    """The sentence and the value name the port."""
    taken = PortTaken(7429)

    assert (taken.port, taken.message) == (7429, "Port 7429 is taken.")


def test_a_refusal_says_what_it_counts_as() -> None:
    """Status, type and the counter's name are each refusal's own."""
    refused = Refused(403, "permission_error", "Not here.", "origin")

    assert (refused.status, refused.kind, refused.reason) == (403, "permission_error", "origin")


def test_a_passing_trouble_says_when_to_try_again() -> None:
    """Without a word on it, trying again is never advised."""
    told = [NotServing("Stopping.", 2).retry_after, NotServing("No key.").retry_after]

    assert told == [2, None]


def test_a_keyring_speaks_its_own_sentence_unless_told_another() -> None:
    """A kind of failure has its sentence; one that names a key brings its own."""
    assert KeyringLocked().message == KeyringLocked.sentence
    assert NoKey("There is no key “Work”.").message == "There is no key “Work”."
