"""Other gateways beside which Sluice is measured, each in an environment of its own.

They come from their registries, by name and version, into a folder of the user's cache, once. Each
runs with its own defaults before the same upstream; see what its `start` sets.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.machine import MEASURED, Missing, family, free_port, running, start, wait_for
from tests.bench.probe import Target
from tests.bench.world import Peer

MODEL = "claude-sonnet-5-5"
ADDED_S = 90.0
_FALLBACK = "~/.cache"

Command = Callable[[Path, int, int], tuple[list[str], dict[str, str], str]]
"""From a folder, the upstream's port and its own: command, variables, fields."""


def _environment(name: str) -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or _FALLBACK).expanduser() / "sluice-bench" / name


def _python(name: str, packages: list[str], program: str) -> Path:
    """Return *program* of an environment that has *packages*, made where it is not there."""
    place = _environment(name)
    found = place / "bin" / program
    if not found.exists():
        _run([sys.executable, "-m", "venv", str(place)], name)
        _run([str(place / "bin" / "pip"), "install", "--quiet", *packages], name)
    return found


def _node(name: str, package: str, program: str) -> Path:
    place = _environment(name)
    found = place / "node_modules" / package.rpartition("@")[0] / program
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise Missing(f"{name} needs node and npm (Debian: apt-get install nodejs npm).")
    if not found.exists():
        place.mkdir(parents=True, exist_ok=True)
        _run(["npm", "install", "--prefix", str(place), "--no-audit", "--no-fund", package], name)
    return found


def _run(command: list[str], name: str) -> None:
    print(f"installing {name} …", file=sys.stderr)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Missing(f"{name} cannot be installed: {done.stderr.strip()[-500:]}")


def _litellm(folder: Path, upstream: int, port: int) -> tuple[list[str], dict[str, str], str]:
    program = _python("litellm", ["litellm[proxy]"], "litellm")
    params = {
        "model": f"anthropic/{MODEL}",
        "api_base": f"http://127.0.0.1:{upstream}",
        "api_key": "sk-ant-api03-bench",
    }
    config = folder / "config.yaml"
    config.write_text(json.dumps({"model_list": [{"model_name": MODEL, "litellm_params": params}]}))
    key = f"sk-{os.urandom(12).hex()}"  # it does not start without one
    environ = {"LITELLM_MASTER_KEY": key, "LITELLM_MODE": "PRODUCTION", "LITELLM_LOG": "ERROR"}
    environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    command = [str(program), "--config", str(config), "--host", "127.0.0.1", "--port", str(port)]
    return [*command, "--num_workers", "1"], environ, f"x-api-key: {key}\r\n"


def _portkey(_: Path, upstream: int, port: int) -> tuple[list[str], dict[str, str], str]:
    program = _node("portkey", "@portkey-ai/gateway@1.15.2", "build/start-server.js")
    fields = (
        "x-api-key: sk-ant-api03-bench\r\nauthorization: Bearer sk-ant-api03-bench\r\n"
        "x-portkey-provider: anthropic\r\n"
        f"x-portkey-custom-host: http://127.0.0.1:{upstream}/v1\r\n"
    )
    environ = {"NODE_ENV": "production", "TRUSTED_CUSTOM_HOSTS": "127.0.0.1,localhost"}
    return ["node", str(program), f"--port={port}", "--headless"], environ, fields


def _router(folder: Path, upstream: int, port: int) -> tuple[list[str], dict[str, str], str]:
    program = _node("ccr", "@musistudio/claude-code-router@2.0.0", "dist/cli.js")
    home = folder / ".claude-code-router"
    home.mkdir()
    provider = {
        "name": "bench",
        "api_base_url": f"http://127.0.0.1:{upstream}/v1/messages",
        "api_key": "sk-ant-api03-bench",
        "models": [MODEL],
        "transformer": {"use": ["Anthropic"]},
    }
    value = {
        "APIKEY": "bench",
        "HOST": "127.0.0.1",
        "PORT": port,
        "LOG": False,
        "Providers": [provider],
        "Router": {"default": f"bench,{MODEL}"},
    }
    (home / "config.json").write_text(json.dumps(value))
    environ = {"HOME": str(folder), "SERVICE_PORT": str(port), "NODE_ENV": "production"}
    return ["node", str(program), "start"], environ, "x-api-key: bench\r\n"


def _mitm(folder: Path, upstream: int, port: int) -> tuple[list[str], dict[str, str], str]:
    program = _python("mitmproxy", ["mitmproxy"], "mitmdump")
    command = [
        *(str(program), "--quiet", "--mode", f"reverse:http://127.0.0.1:{upstream}"),
        *("--listen-host", "127.0.0.1", "--listen-port", str(port)),
        *("--set", f"confdir={folder}", "--set", "stream_large_bodies=1"),
    ]
    return command, {}, "x-api-key: sk-ant-api03-bench\r\n"


def _peer(name: str, command_of: Command) -> Peer:
    @contextlib.contextmanager
    def run(folder: Path, upstream: int) -> Iterator[Target]:
        port = free_port()
        command, environ, fields = command_of(folder, upstream, port)
        child = start(command, MEASURED, env=environ, cwd=folder, said=folder / "said")
        with running(child):
            wait_for(port, child, ADDED_S)
            yield Target(name, port, family(child.pid), fields)

    return run


PEERS: dict[str, Peer] = {
    name: _peer(name, command_of)
    for name, command_of in {
        "LiteLLM": _litellm,
        "Portkey": _portkey,
        "claude-code-router": _router,
        "mitmproxy": _mitm,
    }.items()
}
