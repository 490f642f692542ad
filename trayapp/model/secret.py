"""A value that cannot be printed, formatted, compared by accident or pickled."""

from typing import NoReturn, final

TOKEN_PREFIX = b"sk-ant-sluice-"
"""How the tokens of connected tools begin; tools that check for `sk-ant-` accept them."""


@final
class Secret:
    """A credential in memory; only `reveal` gives it away, so that a search finds every use."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        self._value = value

    def reveal(self) -> bytes:
        """Return the bytes themselves: for the header of one request, nothing else."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return "***"

    def __reduce__(self) -> NoReturn:
        msg = "a secret is never pickled"
        raise TypeError(msg)
