"""Values on the command line: each is read from its text, or refused saying what it must be."""

import argparse
import math
import re


def port(text: str) -> int:
    """A TCP port; 0 asks for any free one."""
    number = whole(text)
    if number > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return number


def positive(text: str) -> int:
    """A whole number above 0."""
    number = whole(text)
    if number == 0:
        raise argparse.ArgumentTypeError("must be a whole number above 0")
    return number


def seconds(text: str) -> float:
    """Seconds, 0 or more."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise argparse.ArgumentTypeError("must be a number of seconds")
    return number


def some_seconds(text: str) -> float:
    """Seconds, more than 0."""
    number = seconds(text)
    if not number:
        raise argparse.ArgumentTypeError("must be more than 0 seconds")
    return number


def tool_name(text: str) -> str:
    """The name of a tool: 1 to 64 printable characters."""
    if not 0 < len(text.strip()) <= len(text) <= 64 or not text.isprintable():
        raise argparse.ArgumentTypeError("a name is 1 to 64 printable characters")
    return text.strip()


def upstream_name(text: str) -> str:
    """The name of an upstream; what looks like a key is refused without repeating it."""
    if text.startswith("sk-"):
        raise argparse.ArgumentTypeError(
            "a key is never given on the command line, where others can read it and the shell "
            "keeps it: run this without it and type it at the prompt, or pipe it in"
        )
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", text):
        raise argparse.ArgumentTypeError("an upstream's name is a-z, 0-9, dots and dashes")
    return text


def whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise argparse.ArgumentTypeError("must be a whole number")
    return int(text)
