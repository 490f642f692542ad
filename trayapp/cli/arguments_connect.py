"""What may be said to `sluice connect` and `disconnect`."""

import argparse

from trayapp.cli.values import seconds


def connect(verb: argparse.ArgumentParser) -> None:
    """`sluice connect TOOL [--yes]`, or `--list`."""
    what = verb.add_mutually_exclusive_group(required=True)
    what.add_argument("name", nargs="?", metavar="TOOL", help="as --list shows it")
    what.add_argument("--list", action="store_true", help="all tools, and how they stand")
    verb.add_argument("--json", action="store_true", help="with --list: for programs")
    verb.add_argument("--yes", action="store_true", help="go ahead without asking")
    verb.add_argument(
        "--keep-key", action="store_true",
        help="change the address only: the tool keeps the key or login it has",
    )  # fmt: skip
    verb.add_argument(
        "--kind", dest="as_kind", choices=["interactive", "normal", "batch"],
        help="how it is weighed against others (default: what suits the tool)",
    )  # fmt: skip
    verb.add_argument("--no-cache", action="store_true", help="never answer it from the cache")
    verb.add_argument(
        "--file", metavar="PATH", help="another settings file of the tool, as in a project"
    )
    verb.add_argument(
        "--wait", type=seconds, metavar="SECONDS",
        help="how long to wait for its first request (at a terminal: 120, else not)",
    )  # fmt: skip


def disconnect(verb: argparse.ArgumentParser) -> None:
    """`sluice disconnect TOOL [--yes]`."""
    verb.add_argument("name", metavar="TOOL", help="as `connect --list` shows it")
    verb.add_argument("--yes", action="store_true", help="go ahead without asking")
