"""`sluice batch templates`, and what a template brings along: its prompt, its system prompt, its form."""

import msgspec

from trayapp.batch import templates
from trayapp.batch.templates import Task
from trayapp.cli.arguments import Told
from trayapp.cli.batch_input import Unusable, bytes_of
from trayapp.model.jobs import JobSpec


def show(name: str | None, language: str) -> None:
    """One line for each that ships; the file of *name*, to be copied."""
    if name is not None:
        print(_source(name, language).decode().rstrip("\n"))
        return
    for each in templates.shipped():
        task = templates.read(_source(each, language))
        print(f"{each:<12} {task.name}. {task.about}")


def chosen(said: str, language: str, file: str) -> Task:
    """What `--template` says: a prompt, a task that ships, or a file of either kind."""
    if not said or "{" in said:
        return Task("", said)
    shipped = templates.source(said, language)
    if shipped is None and not said.endswith(templates.ENDING):
        return Task("", bytes_of(said).decode("utf-8-sig", "replace").rstrip("\n"))
    task = templates.read(shipped or bytes_of(said))
    plain = file.lower().endswith(".txt")  # what names no columns is a prompt a line
    return msgspec.structs.replace(task, prompt=task.fitted("lines")) if plain else task


def with_task(spec: JobSpec, task: Task, told: Told) -> JobSpec:
    """*spec* with what the *task* brings; what was said on the command line comes first."""
    return msgspec.structs.replace(
        spec,
        system=spec.system or task.system,
        max_tokens=spec.max_tokens or task.max_tokens,
        length=told.length or task.length,
        stop=spec.stop or task.stop,
        schema=spec.schema or task.schema,
    )


def _source(name: str, language: str) -> bytes:
    found = templates.source(name, language)
    if found is None:
        raise Unusable(f"No template of this name; there are {', '.join(templates.shipped())}.")
    return found
