"""Batch results are fetched through us; every other byte of the answer stays."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trayapp.upstream.rewrite import results_through

HERE = b"http://127.0.0.1:7429"
PATH = "/v1/messages/batches/msgbatch_1/results"


@pytest.mark.parametrize(
    "url",
    [
        f"https://api.anthropic.com{PATH}",
        f"http://127.0.0.1:8080{PATH}",
        f"https://gateway.example/api/anthropic{PATH}",
        f"HTTPS://API.ANTHROPIC.COM{PATH}",
    ],
)
def test_results_url_leads_through_us(url: str) -> None:
    """Whatever host upstream names, the caller fetches from the address it came by."""
    body = json.dumps({"id": "msgbatch_1", "results_url": url}).encode()

    changed = json.loads(results_through(body, HERE))
    assert changed == {"id": "msgbatch_1", "results_url": f"http://127.0.0.1:7429{PATH}"}


def test_every_entry_of_a_list_is_changed() -> None:
    """A page of batches has a URL each, spaced and escaped as upstream likes."""
    body = (
        b'{"data": [ {"results_url" :\n "https:\\/\\/a.example\\/v1\\/messages\\/batches\\/1\\/results"},'
        b' {"results_url":null}, {"results_url":"https://a.example/v1/messages/batches/2/results?x=1"}]}'
    )

    assert results_through(body, HERE) == (
        b'{"data": [ {"results_url" :\n "http://127.0.0.1:7429/v1/messages/batches/1/results"},'
        b' {"results_url":null},'
        b' {"results_url":"http://127.0.0.1:7429/v1/messages/batches/2/results?x=1"}]}'
    )


@pytest.mark.parametrize(
    "body",
    [
        b'{"id": "msgbatch_1", "processing_status": "in_progress", "results_url": null}',
        b'{"results_url": "https://elsewhere.example/download/1"}',
        b'{"results_url": "https://a.example/v1/messages/batches/"}',
        b'{"results_url": "/v1/messages/batches/1/results"}',
        b'{"note": "\\"results_url\\": \\"https://a.example/v1/messages/batches/1/results\\""}',
        b'{"results_url": "\\ud800"}',
        b'{"results_url": "\xff\xfe"}',
        b'{"results_url": "https://a.example/v1/messages/batches/1',
        b"",
    ],
)
def test_anything_else_stays_as_it_is(body: bytes) -> None:
    """What does not lead to a batch's results, or is no text, is not ours to change."""
    assert results_through(body, HERE) == body


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=200))
def test_foreign_bytes_stay(noise: bytes) -> None:
    """Bytes without the one name pass untouched."""
    body = noise.replace(b"results_url", b"")

    assert results_through(body, HERE) == body
