# ruff: noqa: PLW1509 - one thread: pinning a child between fork and exec is safe here
"""What the relay adds, beside nginx as a reverse proxy, in one interleaved run.

    python tests/bench/relay.py [--seconds N] [--rounds N]

Needs `nginx` and `wrk` on PATH (Debian: nginx-light, wrk) and two cores: load and upstream are
pinned to core 0, what is measured to core 1. Targets are probed in blocks of twenty requests,
their order rotated, so that a loud neighbour disturbs all alike. Goals are ratios to nginx.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LOAD, MEASURED = 0, 1

NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  client_max_body_size 64m; client_body_buffer_size 1m; keepalive_requests 100000000;
  upstream up {{ server 127.0.0.1:{upstream}; keepalive 128; keepalive_requests 100000000; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_buffering off;
    }}
  }}
}}
"""


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def pinned(core: int) -> Callable[[], None]:
    """Return what pins a child to *core*."""
    return lambda: os.sched_setaffinity(0, {core})


@contextlib.contextmanager
def running(command: list[str], core: int, **more: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run *command* on *core* for the block."""
    child = subprocess.Popen(command, preexec_fn=pinned(core), **more)  # type: ignore[call-overload]
    try:
        yield child
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(10)


def wait_for(port: int) -> None:
    """Return once *port* accepts."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
    sys.exit(f"nothing listens on {port}")


def request(port: int, size: int, mode: str = "json") -> bytes:
    """Return a Messages request of about *size* bytes of body."""
    text = "Lorem ipsum dolor sit amet, consetetur. " * (size // 40)
    body = json.dumps(
        {
            "model": "claude-sonnet-5-5",
            "max_tokens": 1024,
            "stream": mode != "json",
            "messages": [{"role": "user", "content": text}],
        }
    ).encode()
    return (
        f"POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n"
        "anthropic-version: 2023-06-01\r\nuser-agent: bench/1\r\naccept: */*\r\n"
        "accept-encoding: identity\r\n"
        f"x-api-key: sk-ant-api03-bench-key\r\nx-bench: {mode}\r\n\r\n"
    ).encode() + body


class Prober:
    """One kept-alive connection."""

    def __init__(self, port: int, size: int, mode: str = "json") -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._request = request(port, size, mode)

    def once(self) -> float:
        """Send one request, read the whole answer, return microseconds."""
        began = time.perf_counter_ns()
        self._socket.sendall(self._request)
        seen = self._socket.recv(65536)
        head, _, rest = seen.partition(b"\r\n\r\n")
        match = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        if match is None or b" 200 " not in head[:16]:
            sys.exit(f"unexpected answer: {head[:200]!r}")
        left = int(match[1]) - len(rest)
        while left > 0:
            left -= len(self._socket.recv(65536))
        return (time.perf_counter_ns() - began) / 1000

    def first_byte(self) -> float:
        """Send a request for a stream and read it to its end; microseconds to its first event."""
        began = time.perf_counter_ns()
        self._socket.sendall(self._request)
        seen = b""
        first = 0.0
        while not seen.endswith(b"0\r\n\r\n"):
            seen = (seen + self._socket.recv(65536))[-65536:]
            if not first and b"message_start" in seen:
                first = (time.perf_counter_ns() - began) / 1000
        return first


def percentile(values: list[float], part: float) -> float:
    """Return the value below which *part* of *values* lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def latency(targets: dict[str, int], size: int, rounds: int) -> dict[str, list[float]]:
    """Probe *targets* in turn, twenty requests a block."""
    probers = {name: Prober(port, size) for name, port in targets.items()}
    taken: dict[str, list[float]] = {name: [] for name in targets}
    names = list(targets)
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            probers[name].once()
            taken[name] += [probers[name].once() for _ in range(20)]
    return taken


def cpu_s(pid: int) -> float:
    """Return the CPU seconds a process and its children's threads have used."""
    total = 0
    pids = [pid]
    with contextlib.suppress(OSError):
        pids += [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    for each in pids:
        for task in Path(f"/proc/{each}/task").iterdir():
            with contextlib.suppress(OSError):
                total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def throughput(port: int, seconds: float, folder: Path) -> float:
    """Return requests a second over 32 connections, by wrk."""
    script = folder / f"{port}.lua"
    head, _, body = request(port, 4096).partition(b"\r\n\r\n")
    split = [line.split(": ", 1) for line in head.decode().split("\r\n")[1:]]
    fields = [(k.title(), v) for k, v in split]  # wrk knows its own Host by this case
    lines = [f'wrk.headers["{k}"] = "{v}"' for k, v in fields if k != "Content-Length"]
    lines += ['wrk.method = "POST"', f"wrk.body = {json.dumps(body.decode())}"]
    script.write_text("\n".join(lines))
    command = ["wrk", "-t1", "-c32", f"-d{seconds}s", "-s", str(script)]
    shown = subprocess.run(
        [*command, f"http://127.0.0.1:{port}/v1/messages"],
        preexec_fn=pinned(LOAD),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    match = re.search(r"Requests/sec:\s+([\d.]+)", shown)
    assert match, shown
    if "Non-2xx" in shown:
        sys.exit(shown)
    return float(match[1])


def paced_cpu(port: int, pid: int, streams: int = 32) -> float:
    """Return CPU microseconds a paced event costs over *streams* streams at once."""
    probers = [Prober(port, 400, "paced") for _ in range(streams)]
    before = cpu_s(pid)
    sockets = [prober._socket for prober in probers]
    for prober in probers:
        prober._socket.sendall(prober._request)
    import selectors

    selector = selectors.DefaultSelector()
    tails = {}
    for each in sockets:
        selector.register(each, selectors.EVENT_READ)
        tails[each] = b""
    while tails:
        for key, _ in selector.select():
            sock = key.fileobj
            assert isinstance(sock, socket.socket)
            tails[sock] = (tails[sock] + sock.recv(65536))[-16:]
            if tails[sock].endswith(b"0\r\n\r\n"):
                selector.unregister(sock)
                del tails[sock]
    return (cpu_s(pid) - before) * 1e6 / (streams * 205)


def rss_mb(pid: int) -> float:
    """Return resident megabytes."""
    match = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    assert match
    return int(match[1]) / 1024


def start_sluice(home: Path, upstream: int) -> tuple[subprocess.Popen[bytes], int, float]:
    """Start an engine on the measured core; return it, its port and the seconds to its ready line."""
    began = time.perf_counter()
    child = subprocess.Popen(
        [
            sys.executable, "-m", "trayapp", "serve", "--home", str(home), "--port", "0",
            "--upstream", f"http://127.0.0.1:{upstream}", "--allow-loopback-upstream",
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        preexec_fn=pinned(MEASURED),
    )  # fmt: skip
    assert child.stdout
    ready = json.loads(child.stdout.readline())
    took = time.perf_counter() - began
    return child, int(ready["base_url"].rpartition(":")[2]), took


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--seconds", type=int, default=5)
    told = parser.parse_args()
    for tool in ("nginx", "wrk"):
        if not shutil.which(tool):
            sys.exit(f"needs {tool} on PATH")
    os.sched_setaffinity(0, {LOAD})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        upstream, proxy = free_port(), free_port()
        (folder / "nginx.conf").write_text(
            NGINX.format(folder=folder, upstream=upstream, port=proxy)
        )
        serve = [sys.executable, str(HERE / "upstream.py"), str(upstream)]
        nginx = ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        with running(serve, LOAD), running(nginx, MEASURED) as proxying:
            wait_for(upstream)
            wait_for(proxy)
            starts = []
            for _ in range(5):
                child, port, took = start_sluice(folder / "home", upstream)
                starts.append(took)
                child.send_signal(signal.SIGTERM)
                child.wait(10)
            child, port, took = start_sluice(folder / "home", upstream)
            try:
                print(
                    f"start  fresh home {starts[0] * 1000:.0f} ms,"
                    f" known home {statistics.median(starts[1:]) * 1000:.0f} ms;"
                    f" RSS {rss_mb(child.pid):.1f} MB"
                )
                measure(
                    told,
                    {"direct": upstream, "nginx": proxy, "sluice": port},
                    {"nginx": proxying.pid, "sluice": child.pid},
                    folder,
                )
                print(f"RSS after {rss_mb(child.pid):.1f} MB")
            finally:
                child.send_signal(signal.SIGTERM)
                child.wait(10)


def measure(
    told: argparse.Namespace, targets: dict[str, int], pids: dict[str, int], folder: Path
) -> None:
    """Print every row of the table."""
    for size in (4096, 200_000):
        taken = latency(targets, size, told.rounds)
        base = percentile(taken["direct"], 0.5)
        added = {name: percentile(taken[name], 0.5) - base for name in pids}
        for name in targets:
            p50, p99 = percentile(taken[name], 0.5), percentile(taken[name], 0.99)
            print(f"{size // 1000:>4} KB {name:<7} p50 {p50:7.1f} us  p99 {p99:7.1f} us")
        ratio = added["sluice"] / added["nginx"]
        print(
            f"        added: nginx {added['nginx']:.1f}, sluice {added['sluice']:.1f}"
            f" = {ratio:.2f} x nginx"
        )
    rates: dict[str, list[float]] = {name: [] for name in pids}
    works: dict[str, list[float]] = {name: [] for name in pids}
    for _ in range(3):
        for name, pid in pids.items():
            before = cpu_s(pid)
            rates[name].append(throughput(targets[name], told.seconds, folder))
            spent = cpu_s(pid) - before
            works[name].append(spent * 1e6 / (rates[name][-1] * told.seconds))
    rate = {name: statistics.median(each) for name, each in rates.items()}
    print(
        f"32 connections: nginx {rate['nginx']:.0f}/s, sluice {rate['sluice']:.0f}/s"
        f" = {rate['sluice'] / rate['nginx']:.2f} x nginx"
    )
    work = {name: statistics.median(each) for name, each in works.items()}
    print(
        f"CPU a request: nginx {work['nginx']:.1f} us, sluice {work['sluice']:.1f} us"
        f" = {work['sluice'] / work['nginx']:.2f} x nginx"
    )
    costs: dict[str, list[float]] = {name: [] for name in pids}
    for _ in range(3):
        for name, pid in pids.items():
            costs[name].append(paced_cpu(targets[name], pid))
    cost = {name: statistics.median(each) for name, each in costs.items()}
    print(
        f"paced event CPU: nginx {cost['nginx']:.1f} us, sluice {cost['sluice']:.1f} us"
        f" = {cost['sluice'] / cost['nginx']:.2f} x nginx"
    )
    firsts = {
        name: percentile([Prober(targets[name], 400, "burst").first_byte() for _ in range(20)], 0.5)
        for name in targets
    }
    print("first event: " + ", ".join(f"{name} {us:.0f} us" for name, us in firsts.items()))


if __name__ == "__main__":
    main()
