"""The one thing changed in an answer: where batch results are fetched.

SDKs fetch `results_url` as given; left alone it would carry the caller's local token past us.
Only that string's origin changes, every other byte stays.
"""

import re

import msgspec

_RESULTS_URL = re.compile(rb'("results_url"\s*:\s*)("(?:[^"\\]|\\.)*")')
_LEADS_TO = re.compile(
    r"https?://[^/?#]*(?:/[^?#]*)?(/v1/messages/batches/[^?#]+.*)", re.IGNORECASE
)


def results_through(body: bytes, origin: bytes) -> bytes:
    """Return *body* (JSON about batches) with each `results_url` leading through *origin*."""

    def through(found: re.Match[bytes]) -> bytes:
        try:
            url = msgspec.json.decode(found[2], type=str)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return found[0]
        leads = _LEADS_TO.fullmatch(url)
        if leads is None:
            return found[0]
        return found[1] + msgspec.json.encode(origin.decode() + leads[1])

    return _RESULTS_URL.sub(through, body)
