"""Whole tasks that ship, in several languages: the prompt of a row, the system prompt, the answer's form.

Each is a small TOML file that a user can copy and change; `prompt` names columns as
`source_template` reads them.
"""

from typing import Any

import msgspec

from trayapp import resources
from trayapp.batch.source import Form
from trayapp.batch.source_template import TemplateError, template
from trayapp.model.errors import SluiceError
from trayapp.model.jobs import Length

FOLDER = "templates"
ENDING = ".toml"
OTHERWISE = "en"


class Task(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a template's file says; *about* tells which rows it wants."""

    name: str
    prompt: str
    about: str = ""
    system: str = ""
    length: Length = "detailed"
    max_tokens: int | None = None
    stop: tuple[str, ...] = ()
    schema: dict[str, Any] | None = None

    def fitted(self, form: Form) -> str:
        """The prompt for rows of *form*: in plain text the one column is the row itself."""
        columns = set(template(self.prompt).columns)
        if form not in {"lines", "blocks"} or len(columns) != 1:
            return self.prompt
        return self.prompt.replace("{" + columns.pop() + "}", "{row}")


class NotATemplate(SluiceError):
    """The file is none; the message says what to mend."""


def read(data: bytes) -> Task:
    """The task in a template's file; raises `NotATemplate`."""
    try:
        task = msgspec.toml.decode(data, type=Task)
        template(task.prompt)
    except (msgspec.MsgspecError, UnicodeDecodeError, TemplateError):
        raise NotATemplate(
            "The template's file is not TOML with a name and a prompt; "
            "`sluice batch templates reviews` shows one that is."
        ) from None
    return msgspec.structs.replace(
        task, prompt=task.prompt.strip("\n"), system=task.system.strip("\n")
    )


def shipped() -> tuple[str, ...]:
    """What the tasks that ship are called, such as `reviews`."""
    found = resources.names(FOLDER, f".{OTHERWISE}{ENDING}")
    return tuple(name.removeprefix(f"{FOLDER}/").partition(".")[0] for name in found)


def source(name: str, language: str = OTHERWISE) -> bytes | None:
    """The file of the task *name*, in English where *language* has none; None for other names."""
    if name not in shipped():
        return None
    mine = f"{FOLDER}/{name}.{language}{ENDING}"
    known = mine in resources.names(FOLDER, ENDING)
    return resources.read(mine if known else f"{FOLDER}/{name}.{OTHERWISE}{ENDING}")


def languages(name: str) -> tuple[str, ...]:
    """The languages that the task *name* is written in."""
    head = f"{FOLDER}/{name}."
    found = (each for each in resources.names(FOLDER, ENDING) if each.startswith(head))
    return tuple(each.removeprefix(head).removesuffix(ENDING) for each in found)
