"""Message Batches: created, worked on for some simulated seconds, ended, fetched, deleted."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from trayapp.simulator.dice import Dice, Ids
from trayapp.simulator.errors import ApiError
from trayapp.simulator.headers import rfc3339
from trayapp.simulator.prompt import Json

MOST = 100_000
EACH_S = 0.02
"""What a request adds to its batch's duration."""
CANCELLING_S = 1.0
_CUSTOM_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")

Answer = Callable[[Any], Json]
"""From one request's params to its `result` object."""


class Row(msgspec.Struct, frozen=True):
    custom_id: str
    params: msgspec.Raw


class Batch:
    """One batch; times are simulated seconds, *wall* the moment it was created."""

    def __init__(
        self, name: str, owner: str, rows: tuple[Row, ...], now: float, seconds: float
    ) -> None:
        self.id = name
        self.owner = owner
        self.rows = rows
        self.created = now
        self.ends = now + seconds
        self._work = seconds
        self.cancelled: float | None = None

    def done(self) -> int:
        """How many rows are worked on before the end: all, or those before it was cancelled."""
        if self.cancelled is None:
            return len(self.rows)
        return int(len(self.rows) * (self.cancelled - self.created) / self._work)

    def status(self, now: float) -> str:
        if now >= self.ends:
            return "ended"
        return "in_progress" if self.cancelled is None else "canceling"

    def cancel(self, now: float) -> None:
        """Begin to end it; raises `ApiError` 400 when it has ended."""
        if self.status(now) == "ended":
            raise ApiError(400, "The batch has ended; it cannot be canceled.")
        if self.cancelled is None:
            self.cancelled = now
            self.ends = min(self.ends, now + CANCELLING_S)


class Batches:
    """All batches of all organizations; *wall_of* turns simulated seconds into a datetime."""

    def __init__(
        self, ids: Ids, *, seconds: float, answer: Answer, wall_of: Callable[[float], dt.datetime]
    ) -> None:
        self._ids = ids
        self._seconds = seconds
        self._answer = answer
        self._wall_of = wall_of
        self._batches: dict[str, Batch] = {}
        self._results: dict[str, list[Json]] = {}

    def create(self, owner: str, body: bytes, now: float) -> Batch:
        """A new batch of *body*'s requests; raises `ApiError` 400 when they cannot be read."""
        rows = _rows(body)
        seconds = self._seconds + EACH_S * len(rows)
        batch = Batch(self._ids.new("msgbatch"), owner, rows, now, seconds)
        self._batches[batch.id] = batch
        return batch

    def find(self, owner: str, name: str) -> Batch:
        """The batch *name* of *owner*; raises `ApiError` 404."""
        batch = self._batches.get(name)
        if batch is None or batch.owner != owner:
            raise ApiError(404, "No batch of this organization has this id.")
        return batch

    def listing(self, owner: str, now: float, origin: str) -> list[Json]:
        """The batches of *owner*, newest first."""
        mine = [batch for batch in self._batches.values() if batch.owner == owner]
        return [self.told(batch, now, origin) for batch in reversed(mine)]

    def delete(self, owner: str, name: str, now: float) -> Json:
        """Forget an ended batch; raises `ApiError` 400 while it is worked on."""
        if self.find(owner, name).status(now) != "ended":
            raise ApiError(400, "A batch that has not ended cannot be deleted; cancel it first.")
        del self._batches[name]
        self._results.pop(name, None)
        return {"id": name, "type": "message_batch_deleted"}

    def told(self, batch: Batch, now: float, origin: str) -> Json:
        """The batch as the API shows it; *origin* (`http://host`) begins `results_url`."""
        ended = batch.status(now) == "ended"
        wall = self._wall_of
        results = f"{origin}/v1/messages/batches/{batch.id}/results"
        created = wall(batch.created)
        return {
            "id": batch.id,
            "type": "message_batch",
            "processing_status": batch.status(now),
            "request_counts": self._counts(batch, ended=ended),
            "created_at": rfc3339(created),
            "ended_at": rfc3339(wall(batch.ends)) if ended else None,
            "expires_at": rfc3339(created + dt.timedelta(days=1)),
            "cancel_initiated_at": (
                None if batch.cancelled is None else rfc3339(wall(batch.cancelled))
            ),
            "archived_at": None,
            "results_url": results if ended else None,
        }

    def results(self, owner: str, name: str, now: float) -> bytes:
        """The results as JSON Lines, in another order than the requests."""
        batch = self.find(owner, name)
        if batch.status(now) != "ended":
            raise ApiError(400, "The batch has not ended; it has no results yet.")
        lines = Dice(b"results", name.encode()).shuffled(self._lines(batch))
        return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)

    def _counts(self, batch: Batch, *, ended: bool) -> dict[str, int]:
        counts = dict.fromkeys(("processing", "succeeded", "errored", "canceled", "expired"), 0)
        if not ended:
            return {**counts, "processing": len(batch.rows)}
        for line in self._lines(batch):
            counts[line["result"]["type"]] += 1
        return counts

    def _lines(self, batch: Batch) -> list[Json]:
        if batch.id not in self._results:
            done = batch.done()
            self._results[batch.id] = [
                {
                    "custom_id": row.custom_id,
                    "result": self._answer(msgspec.json.decode(row.params))
                    if place < done
                    else {"type": "canceled"},
                }
                for place, row in enumerate(batch.rows)
            ]
        return self._results[batch.id]


class _Created(msgspec.Struct, frozen=True):
    requests: tuple[Row, ...]


def _rows(body: bytes) -> tuple[Row, ...]:
    try:
        rows = msgspec.json.decode(body, type=_Created).requests
    except msgspec.DecodeError as error:
        raise ApiError(400, "requests: must be a list of custom_id and params") from error
    if not 0 < len(rows) <= MOST:
        raise ApiError(400, f"requests: between 1 and {MOST} are allowed")
    _check_names([row.custom_id for row in rows])
    return rows


def _check_names(names: Sequence[str]) -> None:
    if not all(map(_CUSTOM_ID.fullmatch, names)):
        raise ApiError(400, "custom_id: must match ^[a-zA-Z0-9_-]{1,64}$")
    if len(set(names)) != len(names):
        raise ApiError(400, "custom_id: must be unique within the batch")
