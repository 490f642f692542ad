"""A key is tried by a worker of its own before it is stored, and the verdict put into words."""

import os
import subprocess

import msgspec

from trayapp.batch import process
from trayapp.batch.errands import Tried, TryKey
from trayapp.model.errors import SluiceError
from trayapp.model.preferences import NetworkPreferences, UpstreamPreferences
from trayapp.model.secret import Secret
from trayapp.upstream.addresses import origin_of

PATIENCE_S = 45.0
"""Two attempts of ten seconds each, and an SDK that takes its time on a slow disk."""


class NotTaken(SluiceError):
    """The key was not stored; the sentence says why and what to do."""


def check(key: Secret, upstream: UpstreamPreferences, network: NetworkPreferences) -> str:
    """Return the URL of the upstream that took *key*; raises `NotTaken` where it did not."""
    url = origin_of(upstream.url, allow_loopback=upstream.allow_loopback).url
    task = TryKey(url, key.reveal().decode(), network.proxy, network.ca_file)
    tried = _ask(task)
    if tried.verdict != "accepted":
        raise NotTaken(_words(tried, url))
    return url


def _ask(task: TryKey) -> Tried:
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, no shell
            process.COMMAND,
            input=msgspec.json.encode(task) + b"\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=process.environment(os.environ),
            timeout=PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Tried("unreachable", cause="no answer in time")
    try:
        return msgspec.json.decode(done.stdout, type=Tried)
    except msgspec.MsgspecError:
        return Tried("unclear", cause=f"the process that tries keys ended with {done.returncode}")


def _words(tried: Tried, url: str) -> str:
    match tried.verdict:
        case "refused":
            return f"{url} does not accept this key (401). It was not stored."
        case "unreachable":
            why = f"{url} could not be asked: {tried.cause}."
        case _ if tried.cause:
            why = f"The key could not be tried: {tried.cause}."
        case _:
            why = f"{url} answered {tried.status}, which does not say whether the key is good."
    return f"{why} Nothing was stored; --no-check stores it without asking."
