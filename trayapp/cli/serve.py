"""`sluice serve`: the engine without a window."""

import gc
import os

from trayapp import settings
from trayapp.cli.arguments import Told
from trayapp.cli.environment import refuse_everywhere, take_key
from trayapp.home import Home
from trayapp.model.errors import Misconfigured
from trayapp.model.serving import ServeOptions


def run(told: Told) -> int:
    """Run an engine until it is stopped; its exit code."""
    options = options_of(told)
    refuse_everywhere(os.environ)
    home = Home.locate(told.home, os.environ)
    home.prepare()
    preferences = settings.load(home.config_file)
    gc.disable()  # nothing of what modules make is garbage; on again once requests are accepted
    # Last, so that what is wrong with a flag or a file is said at once.
    from trayapp.engine import serve

    try:
        return serve.run(home, preferences, options)
    finally:
        gc.enable()


def options_of(told: Told) -> ServeOptions:
    """The flags, checked; takes the key out of the environment before anything else."""
    key = take_key(told.key_env) if told.key_env else None
    if told.upstream is not None and (fault := settings.upstream_fault(told.upstream)):
        raise Misconfigured(f"--upstream {fault}.")
    if told.proxy is not None and (fault := settings.proxy_fault(told.proxy)):
        raise Misconfigured(f"--proxy {fault}.")
    return ServeOptions(
        port=told.port,
        upstream=told.upstream,
        key=key,
        allow_loopback_upstream=told.allow_loopback_upstream,
        proxy=told.proxy,
        drain=told.drain,
        owner=told.owner,
    )
