"""The shape of `cache.db`: sealed answers apart from what is known of them.

A row of `entries` is small, so that looking, counting out and deleting never reads an answer.
`sums` are kept as rows come and go. `facts` says with which data key the file was sealed.
The file is disposable: another schema, another key or damage, and it is made anew.
"""

from typing import Any


def m001_answers(db: Any) -> None:
    """Entries by their key, and what they hold."""
    db["entries"].create(
        {"id": int, "key": bytes, "kept_at": float, "size": int},
        pk="id",
        not_null={"key", "kept_at", "size"},
    )
    db["entries"].create_index(["key"], unique=True)
    db["bodies"].create({"id": int, "sealed": bytes}, pk="id", not_null={"sealed"})
    db["sums"].create({"id": int, "entries": int, "bytes": int}, pk="id")
    db["sums"].insert({"id": 1, "entries": 0, "bytes": 0})
    db["facts"].create({"name": str, "value": bytes}, pk="name")


STEPS = (m001_answers,)
