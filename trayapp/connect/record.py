"""What is remembered of a connection, so that it can be undone: no token, only its digest."""

import msgspec

from trayapp.connect.patch import Ours, Step
from trayapp.model.exchange import Kind


class Edit(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file that was edited. *before* is None where there was none, with the *folders* made for it."""

    file: str
    form: str
    after: str
    steps: tuple[Step, ...]
    before: str | None = None
    folders: tuple[str, ...] = ()


class Connection(msgspec.Struct, frozen=True, omit_defaults=True):
    """A tool that points at the relay. *name* and *digest* are those of its token, if it has one."""

    tool: str
    base_url: str
    since: str
    kind: Kind = "normal"
    name: str | None = None
    digest: str | None = None
    edit: Edit | None = None

    @property
    def ours(self) -> Ours:
        """What its values are known by."""
        return Ours(self.base_url, self.digest)
