"""The text of `config.toml` with some keys changed; comments, order and all else stay."""

from collections.abc import Mapping
from typing import Any

from trayapp.model.errors import Misconfigured

Value = str | int | float | bool | list[str]


def edited(text: str, changes: Mapping[str, Value | None]) -> str:
    """*text* with each dotted key set, or taken out where its value is None.

    Tables that are missing are made at the end, tables left empty by us are taken out. Raises
    `Misconfigured` where *text* is no TOML or a key leads through what is no table.
    """
    # Fifty milliseconds that only those pay who change a setting.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        for key, value in changes.items():
            _change(document, key.split("."), value, tomlkit.table)
        return document.as_string()
    except (TOMLKitError, ValueError, RecursionError):
        raise Misconfigured(
            "The settings file cannot be changed while it holds mistakes; mend it first."
        ) from None


def _change(table: Any, path: list[str], value: Value | None, new_table: Any) -> None:
    name, *rest = path
    if not rest:
        if value is None:
            table.pop(name, None)
        else:
            table[name] = value
        return
    inner = table.get(name)
    if inner is None:
        if value is None:
            return
        inner = table[name] = new_table(is_super_table=len(rest) > 1)
        inner = table[name]
    if not hasattr(inner, "pop"):
        raise Misconfigured(f"“{name}” in the settings file is no table.")
    _change(inner, rest, value, new_table)
    if value is None and not inner and not _has_words(inner):
        table.pop(name)


def _has_words(table: Any) -> bool:
    """Whether a table without keys holds comments, which are its owner's."""
    return bool(table.as_string().strip())
