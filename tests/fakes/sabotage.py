"""Sluice with a bug in one place: `python -m tests.fakes.sabotage MODULE CLASS.METHOD WORDS…`.

The method raises the first time it is called, and works from then on.
"""

import importlib
import inspect
import sys
from typing import Any


class Bug(Exception):
    """What a mistake in the code might raise."""


def plant(module: str, place: str) -> None:
    """Let *place* of *module* raise once."""
    name, _, method = place.partition(".")
    owner = getattr(importlib.import_module(module), name)
    good = getattr(owner, method)
    left = [Bug("planted")]

    def broken(*args: Any, **kwargs: Any) -> Any:
        if left:
            raise left.pop()
        return good(*args, **kwargs)

    async def broken_later(*args: Any, **kwargs: Any) -> Any:
        if left:
            raise left.pop()
        return await good(*args, **kwargs)

    setattr(owner, method, broken_later if inspect.iscoroutinefunction(good) else broken)


if __name__ == "__main__":
    plant(sys.argv[1], sys.argv[2])
    from trayapp.__main__ import main

    sys.argv[1:] = sys.argv[3:]
    sys.exit(main())
