"""What may be said on the command line, and how it is read."""

import argparse
from collections.abc import Sequence
from typing import Any, Literal

from trayapp import __version__
from trayapp.cli import arguments_batch, arguments_connect, arguments_simulate
from trayapp.cli.period import since
from trayapp.cli.values import port, seconds, some_seconds, tool_name, upstream_name
from trayapp.model.exchange import Kind
from trayapp.model.jobs import Length, Mode
from trayapp.model.serving import DRAIN
from trayapp.model.snapshot import Owner


class Told(argparse.Namespace):
    """What was said; fields of other verbs are not set."""

    home: str | None
    verb: str
    action: str
    port: int | None
    upstream: str | None
    key_env: str | None
    allow_loopback_upstream: bool
    proxy: str | None
    drain: float
    json: bool
    watch: bool
    line: bool
    name: str
    kind: Kind
    no_cache: bool
    no_check: bool
    rpm: int | None
    itpm: int | None
    otpm: int | None
    minute: float
    seed: int | None
    spend: float | None
    ramp: float | None
    fault: str | None
    every: int
    window_tokens: int | None
    seconds: float | None
    since: str
    by: Literal["day", "tool", "model"] | None
    csv: bool
    screenshots: str | None
    list: bool
    yes: bool
    keep_key: bool
    as_kind: Kind | None
    file: str | None
    wait: float | None
    model: str
    mode: Mode
    per_call: int
    template: str
    system: str
    max_tokens: int | None
    length: Length | None
    language: str
    stop: Sequence[str]
    title: str | None
    schema: str | None
    count: bool
    plan: bool
    detach: bool
    out: str | None
    show: bool
    owner: Owner


def parse(argv: Sequence[str] | None = None) -> Told:
    """Read *argv*; what is not understood ends in `SystemExit(2)` with the usage on stderr."""
    return _parser().parse_args(argv, namespace=Told())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sluice",
        description="A relay for the Claude API on this machine: paced, cached, metered.",
        epilog="Exit codes: 0 done, 1 something failed, 2 usage, 69 no engine answers, "
        "75 the port or the home is taken, 78 bad configuration.",
        allow_abbrev=False,
    )
    parser.set_defaults(
        verb="bare", port=None, upstream=None, key_env=None, allow_loopback_upstream=False,
        proxy=None, drain=DRAIN, show=False, owner="serve",
    )  # fmt: skip
    parser.add_argument("--home", metavar="DIR", help="where settings and data are (SLUICE_HOME)")
    # For ourselves: `demo` opens the panel at once.
    parser.add_argument("--show", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"sluice {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")
    _serve(_verb(verbs, "serve", "run the relay without a window"))
    _status(_verb(verbs, "status", "what is left of every limit"))
    _verb(verbs, "pause", "hold every request")
    _verb(verbs, "resume", "let requests go again")
    _hold(_verb(verbs, "hold", "the requests that wait their turn"))
    _history(_verb(verbs, "history", "what was asked and answered, and what it cost"))
    _key(_verb(verbs, "key", "the upstream's key, in the system's keyring"))
    _tool(_verb(verbs, "tool", "the tools that may use the stored key"))
    arguments_connect.connect(_verb(verbs, "connect", "point a tool at Sluice"))
    arguments_connect.disconnect(_verb(verbs, "disconnect", "put a tool's settings back"))
    for name in ("worker", "connector"):  # for ourselves: no line in the help
        own = verbs.add_parser(name)
        own.add_argument("--home", default=argparse.SUPPRESS)
        own.set_defaults(verb=name)
    arguments_batch.add(_verb(verbs, "batch", "many prompts as one job"), _action)
    _cache(_verb(verbs, "cache", "the answers that are kept for requests that come again"))
    _verb(verbs, "doctor", "look at everything between a tool and the API, and say what to do")
    arguments_simulate.add(_verb(verbs, "simulate", "run a simulated Claude API"))
    _demo(_verb(verbs, "demo", "show everything with a simulated API; needs no key"))
    return parser


def _verb(verbs: Any, name: str, help: str) -> argparse.ArgumentParser:  # noqa: A002 - argparse's own word
    """A verb that takes `--home` as well, without undoing one that was given before it."""
    verb: argparse.ArgumentParser = verbs.add_parser(
        name, help=help, description=_sentence(help), allow_abbrev=False
    )
    verb.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help="see sluice --help")
    verb.set_defaults(verb=name)
    return verb


def _sentence(help_text: str) -> str:
    return f"{help_text[0].upper()}{help_text[1:]}."


def _serve(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--port", type=port, metavar="N", help="0 picks a free one (default 7429)")
    verb.add_argument("--upstream", metavar="URL", help="where requests go")
    verb.add_argument("--key-env", metavar="VAR", help="take the upstream key from this variable")
    verb.add_argument(
        "--allow-loopback-upstream", action="store_true", help="the upstream runs on this machine"
    )
    verb.add_argument("--proxy", metavar="URL", help="reach the upstream through this proxy")
    # For ourselves: what a tray started ends with a tray.
    verb.add_argument("--owner", choices=["tray", "serve"], default="serve", help=argparse.SUPPRESS)
    verb.add_argument(
        "--drain", type=seconds, default=DRAIN, metavar="SECONDS",
        help="how long running streams may go on at the end (default 30)",
    )  # fmt: skip


def _status(verb: argparse.ArgumentParser) -> None:
    form = verb.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the whole state, for programs")
    form.add_argument("--watch", action="store_true", help="until Ctrl-C, as it changes")
    form.add_argument("--line", action="store_true", help="one short line")


def _hold(verb: argparse.ArgumentParser) -> None:
    actions = verb.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = _action(actions, "list", "who waits, why and until about when")
    listing.add_argument("--json", action="store_true", help="for programs")
    for name, help_text in (
        ("send", "send one at once; it may be refused and slow the others"),
        ("cancel", "end one; its caller is told so"),
    ):
        action = _action(actions, name, help_text)
        action.add_argument("name", metavar="ID", help="as `hold list` shows it")


def _history(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--since", type=since, default="today", metavar="T",
        help="30m, 2h, 7d, yesterday, 2026-11-25 (default today)",
    )  # fmt: skip
    verb.add_argument(
        "--by", choices=["day", "tool", "model"], help="sums instead of single requests"
    )
    form = verb.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON value a line")
    form.add_argument("--csv", action="store_true", help="a table for other programs")


def _key(verb: argparse.ArgumentParser) -> None:
    actions = verb.add_subparsers(title="actions", metavar="ACTION", required=True)
    setting = _action(actions, "set", "store a key: it is asked for, or read from stdin")
    setting.add_argument("--no-check", action="store_true", help="store it without trying it")
    listing = _action(actions, "list", "which keys are stored, and where")
    listing.add_argument("--json", action="store_true", help="for programs")
    remove = _action(actions, "remove", "take a key out of the keyring")
    for action in (setting, remove):
        action.add_argument(
            "name", nargs="?", type=upstream_name, default="anthropic", metavar="UPSTREAM",
            help="whose key (default anthropic)",
        )  # fmt: skip


def _tool(verb: argparse.ArgumentParser) -> None:
    actions = verb.add_subparsers(title="actions", metavar="ACTION", required=True)
    add = _action(actions, "add", "let a tool in; prints its token, once")
    add.add_argument("name", type=tool_name, metavar="NAME")
    add.add_argument(
        "--kind", choices=["interactive", "normal", "batch"], default="normal",
        help="how it is weighed against others (default normal)",
    )  # fmt: skip
    add.add_argument(
        "--upstream", type=upstream_name, metavar="NAME",
        help="where its requests go (default anthropic)",
    )  # fmt: skip
    add.add_argument("--no-cache", action="store_true", help="never answer it from the cache")
    listing = _action(actions, "list", "the tools that may enter")
    listing.add_argument("--json", action="store_true", help="for programs")
    revoke = _action(actions, "revoke", "let a tool in no more")
    revoke.add_argument("name", type=tool_name, metavar="NAME")


def _cache(verb: argparse.ArgumentParser) -> None:
    actions = verb.add_subparsers(title="actions", metavar="ACTION", required=True)
    stats = _action(actions, "stats", "how many there are, and their size")
    stats.add_argument("--json", action="store_true", help="for programs")
    _action(actions, "clear", "forget all of them")


def _action(actions: Any, name: str, help: str) -> argparse.ArgumentParser:  # noqa: A002 - argparse's own word
    action: argparse.ArgumentParser = actions.add_parser(
        name, help=help, description=_sentence(help), allow_abbrev=False
    )
    action.add_argument(
        "--home", metavar="DIR", default=argparse.SUPPRESS, help="see sluice --help"
    )
    action.set_defaults(action=name)
    return action


def _demo(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--seconds", type=some_seconds, metavar="N", help="end after so long (default: Ctrl-C)"
    )
    verb.add_argument(
        "--screenshots", metavar="DIR",
        help="write a picture of every window, state, language and theme; needs no display",
    )  # fmt: skip
