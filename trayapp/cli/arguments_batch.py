"""What may be said to `sluice batch`."""

import argparse
from collections.abc import Callable
from typing import Any

from trayapp.batch.merge import MOST_A_CALL
from trayapp.cli.values import positive

MODEL = "claude-sonnet-5-5"

Action = Callable[[Any, str, str], argparse.ArgumentParser]
"""Makes one action of a verb: its name, its help."""


def add(verb: argparse.ArgumentParser, action: Action) -> None:
    actions = verb.add_subparsers(title="actions", metavar="ACTION", required=True)
    _run(action(actions, "run", "run the rows of a file, and wait for their answers"))
    listing = action(actions, "list", "every job, the newest first")
    listing.add_argument("--json", action="store_true", help="for programs")
    shipped = action(actions, "templates", "tasks that ship, or the file of one, to be copied")
    shipped.add_argument("file", nargs="?", metavar="NAME", help="such as reviews")
    _language(shipped)
    for name, help_text in (
        ("show", "how one job stands, what was promised, and which rows failed"),
        ("resume", "go on with a paused job, wait for it, write its answers"),
        ("rerun", "run the failed rows of a job once more, wait, write the answers"),
        ("export", "write the answers that are there by now"),
        ("pause", "send no more rows; those on their way end"),
        ("cancel", "end a job; answers that came are kept"),
        ("remove", "forget a job that does not run, its rows and answers"),
    ):
        one = action(actions, name, help_text)
        one.add_argument("name", metavar="ID", help="as `batch list` shows it")
        if name in {"resume", "rerun", "export"}:
            _out(one)


def _run(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", metavar="FILE", help="JSONL, CSV, TSV or text; - is stdin")
    verb.add_argument("--model", default=MODEL, metavar="M", help=f"(default {MODEL})")
    verb.add_argument(
        "--mode", choices=["single", "merged", "batches"], default="single",
        help="one by one, several a call, or Message Batches at half price (default single)",
    )  # fmt: skip
    verb.add_argument(
        "--per-call", type=per_call, default=5, metavar="N", help="rows a merged call (default 5)"
    )
    verb.add_argument(
        "--template", default="", metavar="T",
        help="the prompt, with {column} where a cell goes; a file that holds it; or one of "
        "`batch templates`",
    )  # fmt: skip
    _language(verb)
    verb.add_argument("--system", default="", metavar="S", help="the system prompt of every row")
    verb.add_argument(
        "--max-tokens",
        type=max_tokens,
        metavar="N|auto",
        help="the most an answer may have (default auto)",
    )
    verb.add_argument(
        "--length", choices=["short", "detailed", "report"],
        help="how long answers will be, for the plan (default detailed)",
    )  # fmt: skip
    verb.add_argument(
        "--stop", action="append", default=[], metavar="TEXT",
        help="where an answer ends; may be said several times",
    )  # fmt: skip
    verb.add_argument("--schema", metavar="FILE", help="a JSON schema that answers keep to")
    verb.add_argument(
        "--name", dest="title", metavar="N", help="what the job is called (default: its file)"
    )
    verb.add_argument("--count", action="store_true", help="have some rows counted for the plan")
    form = verb.add_mutually_exclusive_group()
    form.add_argument("--plan", action="store_true", help="show what it would take; send nothing")
    form.add_argument("--detach", action="store_true", help="start it and do not wait")
    _out(verb)


def _language(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--language", choices=["en", "zh_CN"], default="en", help="of templates (default en)"
    )


def _out(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--out", metavar="FILE|-", help="write one JSON line a row; - is stdout")


def per_call(text: str) -> int:
    """Rows of one merged call."""
    if not 1 < (number := positive(text)) <= MOST_A_CALL:
        raise argparse.ArgumentTypeError(f"a merged call has 2 to {MOST_A_CALL} rows")
    return number


def max_tokens(text: str) -> int | None:
    """A whole number, or None for `auto`."""
    return None if text == "auto" else positive(text)
