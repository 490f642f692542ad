"""Where the engine is reached: its port, and a new one that is bound before the old one closes."""

from collections.abc import Callable

from trayapp.engine.port_owner import holder_of
from trayapp.engine.problems import Problems
from trayapp.listener.server import Sockets, bind
from trayapp.model.errors import PortTaken, Taken

V6_TAKEN = (
    "Port {} on [::1] is used by another process: tools that resolve localhost to it talk to that"
    " process. Use 127.0.0.1, or end it."
)
PROBLEM = "port_v6"


class Address:
    """The sockets in use; *moved* is told new ones, and the URL that reaches them."""

    def __init__(
        self,
        sockets: Sockets,
        problems: Problems,
        wanted: int,
        *,
        bind: Callable[[int], Sockets] = bind,
        holder_of: Callable[[int], str] = holder_of,
    ) -> None:
        self.sockets = sockets
        self.moved: Callable[[Sockets, str], None] = lambda _, __: None
        self._wanted = wanted
        """The port by the settings; 0 is any, and keeps the one it got."""
        self._problems = problems
        self._bind = bind
        self._holder_of = holder_of

    @property
    def base_url(self) -> str:
        """What tools are pointed at."""
        return f"http://127.0.0.1:{self.sockets.port}"

    def ours(self) -> frozenset[tuple[str, int]]:
        """Where a request would come round to ourselves."""
        return frozenset({("127.0.0.1", self.sockets.port), ("::1", self.sockets.port)})

    def tell(self) -> None:
        """Say where another process has our port on [::1]."""
        if self.sockets.v6_taken:
            self._problems.open(PROBLEM, V6_TAKEN.format(self.sockets.port))
        else:
            self._problems.clear(PROBLEM)

    def move(self, port: int) -> None:
        """Bind to *port* too, and go there; raises `Taken` and stays where it is."""
        if port in {self._wanted, self.sockets.port}:
            return
        try:
            sockets = self._bind(port)
        except PortTaken:
            raise Taken(f"Port {port} is used by {self._holder_of(port)}.") from None
        self.sockets, self._wanted = sockets, port
        self.tell()
        self.moved(sockets, self.base_url)
