"""How a connection to upstream can be lost before it gave anything."""

from trayapp.model.errors import BrokenRoad


class LostEarly(BrokenRoad):
    """Upstream closed without a byte of a response.

    *sent_all* false: part of the request never left us, so it cannot have been processed.
    """

    def __init__(self, *, sent_all: bool) -> None:
        super().__init__("The connection to the API closed before an answer came.")
        self.sent_all = sent_all
