"""`sluice batch`: rows of a file as one job of the engine, and what came of them."""

import os
import sys
from pathlib import Path

import msgspec

from trayapp.batch import jobs as store
from trayapp.batch.source import Reading
from trayapp.batch.templates import NotATemplate
from trayapp.cli import batch_templates
from trayapp.cli import batch_words as words
from trayapp.cli.arguments import Told
from trayapp.cli.ask import Control
from trayapp.cli.batch_engine import Client
from trayapp.cli.batch_follow import follow
from trayapp.cli.batch_input import Unusable, bytes_of, new_rows, rows_of, spec_of
from trayapp.cli.batch_out import Out
from trayapp.cli.either import by_whoever_has
from trayapp.db import offline
from trayapp.figures import plain
from trayapp.home import Home
from trayapp.meter.ledger import SCHEMA
from trayapp.model.jobs import (
    CancelJob,
    JobSpec,
    ListJobs,
    PauseJob,
    RemoveJob,
    RerunJob,
    ResumeJob,
    Way,
)
from trayapp.model.snapshot import Job

FAILED, USAGE = 1, 2
SHOWN_FAULTS = 20


def run(told: Told) -> int:
    """One action; the exit code says whether every row was answered."""
    home = Home.locate(told.home, os.environ)
    if told.action == "list":
        return _list(home, as_json=told.json)
    if told.action == "run":
        return _run(home, told)
    if told.action == "templates":
        return _templates(told)
    writes = told.action in {"resume", "rerun", "export"}
    with Out(told.out if writes else None) as out, Control(home) as control:
        client = Client(control)
        return _act(client, client.find(told.name), told.action, out)


def _act(client: Client, job: Job, action: str, out: Out) -> int:
    match action:
        case "resume":
            if job.state == "paused":
                client.do(ResumeJob(job.id))
            return _wait(client, job, out)
        case "rerun":
            client.do(RerunJob(job.id))
            return _wait(client, job, out)
        case "export":
            out.write(client.rows(job.id))
        case "pause":
            client.do(PauseJob(job.id))
        case "cancel":
            client.do(CancelJob(job.id))
        case "remove":
            client.do(RemoveJob(job.id))
        case _:
            print("\n".join(words.shown(job, client.rows(job.id, ("failed", "faulty")))))
    return 0


# -- listing


def _list(home: Home, *, as_json: bool) -> int:
    home.prepare()
    listed = by_whoever_has(home, ListJobs(), lambda: _here(home))
    jobs = msgspec.convert(listed, list[Job])
    if as_json:
        print(msgspec.json.encode(jobs).decode())
    elif jobs:
        print("\n".join(words.job_line(job) for job in jobs))
    else:
        print("No job yet; make one with: sluice batch run FILE", file=sys.stderr)
    return 0


def _here(home: Home) -> list[Job]:
    with offline(home.meter_db, SCHEMA) as connection:
        return store.listed(connection)


def _templates(told: Told) -> int:
    try:
        batch_templates.show(told.file, told.language)
    except Unusable as wrong:
        _say(wrong.message)
        return USAGE
    return 0


# -- running


def _run(home: Home, told: Told) -> int:
    try:
        name, data = _read(told.file or "-")
        task = batch_templates.chosen(told.template, told.language, name)
        spec = spec_of(told, name, None if told.schema is None else bytes_of(told.schema))
        spec = batch_templates.with_task(spec, task, told)
        reading, notes = rows_of(name, data, task.prompt)
    except (Unusable, NotATemplate) as wrong:
        _say(wrong.message)
        return USAGE
    for note in notes:
        _say(note)
    _say_faults(reading)
    with Out(told.out) as out, Control(home) as control:
        client = Client(control)
        way = _plan(client, reading, spec, counted=told.count)
        if told.plan:
            return 0
        job = client.make(spec, new_rows(reading), way)
        _say(f"Job {job.id[:8]} “{job.name}”: {words.rows(job.rows)}.")
        return 0 if told.detach else _wait(client, job, out)


def _plan(client: Client, reading: Reading, spec: JobSpec, *, counted: bool) -> Way | None:
    ways = client.ways(reading, spec, counted=counted)
    for line in words.plan(ways, spec):
        print(line, file=sys.stderr)
    return words.chosen(ways, spec)


def _wait(client: Client, job: Job, out: Out) -> int:
    try:
        ended = follow(client.control, job.id, sys.stderr)
    except KeyboardInterrupt:
        _say(f"The job goes on by itself. To come back: sluice batch resume {job.id[:8]}")
        raise
    out.write(client.rows(job.id))
    for line in words.ended(ended):
        print(line, file=sys.stderr)
    whole = ended.state == "finished" and not ended.failed
    return 0 if whole else FAILED


# -- what is read


def _read(name: str) -> tuple[str, bytes]:
    if name == "-":
        return "stdin", sys.stdin.buffer.read()
    return Path(name).name, bytes_of(name)


def _say_faults(reading: Reading) -> None:
    for fault in reading.faults[:SHOWN_FAULTS]:
        print(plain(fault.sentence), file=sys.stderr)
    if (more := len(reading.faults) - SHOWN_FAULTS) > 0:
        print(f"and {more:,} more rows like these", file=sys.stderr)


def _say(sentence: str) -> None:
    print(f"sluice: {sentence}", file=sys.stderr)
