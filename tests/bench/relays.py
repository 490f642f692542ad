"""What is measured and what it stands before: upstreams, nginx, Sluice, each in a process."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench import upstream
from tests.bench.figures import DIRECT, NGINX, SLUICE
from tests.bench.machine import LOAD, MEASURED, Missing, family, free_port, running, start, wait_for
from tests.bench.probe import Target

ROOT = Path(__file__).parents[2]
_ENVIRON = {"BENCH_KEY": "sk-ant-api03-bench", "PYTHONDONTWRITEBYTECODE": ""}
"""Compiled modules are kept, as they are where a package is installed."""

_NGINX = """
worker_processes 1; daemon off; pid {folder}/{name}.pid; error_log {folder}/{name}.log;
events {{ worker_connections 4096; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  client_max_body_size 64m; client_body_buffer_size 64m; keepalive_requests 100000000;
  {more}
}}
"""
_PROXY = """
  upstream up {{ server 127.0.0.1:{upstream}; keepalive 256; keepalive_requests 100000000; }}
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{
      proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_buffering off;
    }}
  }}
"""
_FIXED = """
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{ default_type application/json; {fields} return 200 '{body}'; }}
  }}
"""


@dataclass(frozen=True)
class Kept:
    """A home of an engine's, and the token of a tool that may enter."""

    home: Path
    token: str


@contextlib.contextmanager
def _nginx(folder: Path, name: str, core: int, more: str, port: int) -> Iterator[list[int]]:
    if shutil.which("nginx") is None:
        raise Missing("nginx is not installed (Debian: apt-get install nginx-light).")
    config = folder / f"{name}.conf"
    config.write_text(_NGINX.format(folder=folder, name=name, more=more))
    command = ["nginx", "-c", str(config), "-e", str(folder / f"{name}.log")]
    with running(start(command, core)) as child:
        wait_for(port, child)
        yield family(child.pid)


@contextlib.contextmanager
def proxying(folder: Path, port_up: int) -> Iterator[Target]:
    """Run nginx as a reverse proxy on the measured core."""
    port = free_port()
    more = _PROXY.format(upstream=port_up, port=port)
    with _nginx(folder, f"proxy{port}", MEASURED, more, port) as pids:
        yield Target(NGINX, port, pids)


@contextlib.contextmanager
def fixed(folder: Path) -> Iterator[Target]:
    """Run nginx as an upstream that gives the one JSON answer."""
    port = free_port()
    fields = " ".join(f'add_header {name} "{value}";' for name, value in upstream.fields())
    more = _FIXED.format(port=port, fields=fields, body=upstream.BODY.decode())
    with _nginx(folder, f"fixed{port}", LOAD, more, port) as pids:
        yield Target(DIRECT, port, pids)


@contextlib.contextmanager
def streaming() -> Iterator[Target]:
    """Run the upstream that streams."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.upstream", str(port)]
    with running(start(command, LOAD, cwd=ROOT)) as child:
        wait_for(port, child)
        yield Target(DIRECT, port, [child.pid])


class Engine:
    """A started `sluice serve` on the measured core; *took*: seconds until it accepts."""

    def __init__(self, home: Path, port_up: int) -> None:
        home.mkdir(exist_ok=True, mode=0o700)
        config = home / "config.toml"
        if not config.exists():
            config.write_text('[storage]\nkey = "file"\n')
        self.home = home
        began = time.perf_counter()
        self.child = start(
            [
                *(sys.executable, "-m", "trayapp", "serve", "--home", str(home), "--port", "0"),
                *("--upstream", f"http://127.0.0.1:{port_up}", "--allow-loopback-upstream"),
                *("--key-env", "BENCH_KEY"),
            ],
            MEASURED,
            env={**_ENVIRON, "PYTHONPYCACHEPREFIX": str(home.parent / "compiled")},
            cwd=ROOT,
        )
        assert self.child.stdout
        line = self.child.stdout.readline()
        self.took = time.perf_counter() - began
        if not line:
            raise Missing("`sluice serve` ended before it accepted requests.")
        self.port = int(json.loads(line)["base_url"].rpartition(":")[2])

    def token(self, name: str, *flags: str) -> str:
        """Let a tool in and return its token."""
        words = [sys.executable, "-m", "trayapp", "tool", "add", name, *flags]
        shown = subprocess.run(
            [*words, "--home", str(self.home)],
            cwd=ROOT,
            env=os.environ,
            capture_output=True,
            text=True,
            check=True,
        )
        return shown.stdout.strip()

    def target(self, token: str, name: str = SLUICE) -> Target:
        """Return it as what a tool with *token* asks."""
        return Target(name, self.port, [self.child.pid], f"x-api-key: {token}\r\n")


@contextlib.contextmanager
def sluice(home: Path, port_up: int) -> Iterator[Engine]:
    """Run an engine for the block."""
    engine = Engine(home, port_up)
    with running(engine.child):
        yield engine
