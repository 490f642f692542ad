"""All that an answer depends on makes its key."""

import pytest

from tests.cache.asked import SECRET, asking
from trayapp.cache.key import Hasher
from trayapp.model.exchange import Request
from trayapp.model.secret import Secret

QUESTION = b'{"messages":[]}'
OF_A_FILE = b'{"file_id":"file_1"}'


def key(request: Request, question: bytes = QUESTION, upstream: str = "https://a") -> bytes:
    """The key of *request*."""
    return Hasher(SECRET).key_of(request, question, upstream)


SAME: dict[str, Request] = {
    "another id": asking(id="slc_2", arrived=2.0),
    "another tool": asking(caller=asking().caller),
    "headers of no matter": asking(
        (b"user-agent", b"x"), (b"x-stainless-retry-count", b"1"), (b"x-app", b"cli")
    ),
    "the form of the credential": asking(form="bearer"),
    "who it is for": asking((b"anthropic-user-profile-id", b"u")),
    "the workspace": asking((b"anthropic-workspace-id", b"w")),
}
DIFFERENT: dict[str, Request] = {
    "the credential": asking(credential=Secret(b"sk-ant-api03-other")),
    "the path": asking(target=b"/v1/messages?beta=true"),
    "the version": asking(headers=((b"anthropic-version", b"2026-10-21"),)),
    "no version": asking(headers=()),
    "a beta": asking((b"anthropic-beta", b"x-2026")),
    "an unknown header of the API": asking((b"anthropic-new", b"1")),
}


@pytest.mark.parametrize("name", SAME)
def test_what_is_of_no_matter_is_not_in_the_key(name: str) -> None:
    """Who asks, by which program and the how-manieth time changes no answer."""
    assert key(SAME[name]) == key(asking())


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_matters_is_in_the_key(name: str) -> None:
    """Another credential, path, version or beta is another answer (T24)."""
    assert key(DIFFERENT[name]) != key(asking())


def test_upstream_question_and_machine_matter() -> None:
    """Another upstream, question or data key makes another key."""
    keys = {
        key(asking()),
        key(asking(), upstream="https://b"),
        key(asking(), question=b"{}"),
        Hasher(b"other").key_of(asking(), QUESTION, "https://a"),
    }

    assert len(keys) == 4
    assert all(len(each) == 32 for each in keys)


def test_betas_are_a_set() -> None:
    """Betas in one line or several, in any order and twice over, are the same."""
    one = asking((b"anthropic-beta", b"a, b"), (b"anthropic-beta", b"b"))
    other = asking((b"anthropic-beta", b"b"), (b"anthropic-beta", b"a,,"))

    assert key(one) == key(other)


def test_files_belong_to_a_workspace() -> None:
    """Where a file is named by its id, the workspace is part of the key."""
    other = asking((b"anthropic-workspace-id", b"w"))

    assert key(asking(), OF_A_FILE) != key(other, OF_A_FILE)
