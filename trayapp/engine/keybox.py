"""The stored keys of all upstreams: which one a tool's request is lent, and in which header."""

from collections.abc import Callable, Mapping

from trayapp.engine.keys import Keyring, Keys, Start, Timer
from trayapp.engine.problems import Problems
from trayapp.model.errors import NotServing, Refused, SluiceError
from trayapp.model.exchange import DEFAULT_NAME, Caller, CredentialForm
from trayapp.model.preferences import UpstreamPreferences
from trayapp.model.secret import Secret
from trayapp.model.snapshot import Key

NOTHING = Secret(b"")
"""What a server gets that wants no key."""

Use = Callable[[str, Secret], None]


class Keybox:
    """One `Keys` an upstream. *given* is the default upstream's key where `--key-env` brought it.

    *use* is told each key that comes into use, with the name of its upstream.
    """

    def __init__(
        self,
        given: Secret | None,
        *,
        problems: Problems,
        timer: Timer,
        keyring: Keyring,
        use: Use,
    ) -> None:
        self._given = given
        self._problems = problems
        self._timer = timer
        self._keyring = keyring
        self._use = use
        self._start: Start | None = None
        self._upstreams: Mapping[str, UpstreamPreferences] = {}
        self._keys: dict[str, Keys] = {}

    def hold(self, upstreams: Mapping[str, UpstreamPreferences]) -> None:
        """Keep keys for these upstreams, and for no others."""
        wanted = [name for name, each in upstreams.items() if each.credential != "none"]
        for name in [name for name in self._keys if name not in wanted]:
            self._keys.pop(name).end()
        for name in [name for name in wanted if name not in self._keys]:
            self._keys[name] = self._made(name)
        self._upstreams = upstreams

    def start(self, start: Start) -> None:
        """Begin to read the keyring, by tasks that *start* makes."""
        self._start = start
        for keys in self._keys.values():
            keys.start(start)

    async def lent(self, caller: Caller, form: CredentialForm) -> tuple[Secret, CredentialForm]:
        """Return the key for a tool's request and the header it goes in.

        Raises `NotServing` where no key comes in time, or the tool's upstream is gone.
        """
        upstream = self._upstreams.get(caller.upstream)
        if upstream is None:
            raise NotServing(
                "The upstream this tool was bound to is not in the settings any more."
                " Connect the tool again."
            )
        if upstream.credential == "none":
            return NOTHING, "none"
        key = await self._keys[caller.upstream].stored()
        return key, form if upstream.credential == "caller" else upstream.credential

    def check_own(self) -> None:
        """Raise `Refused` where callers' own credentials may not go upstream."""
        upstream = self._upstreams[DEFAULT_NAME]
        if upstream.kind != "anthropic":
            raise Refused(
                403,
                "permission_error",
                f"The upstream {upstream.url} takes only Sluice's tokens, not other keys.",
                "own_credential",
            )

    async def changed(self, name: str) -> None:
        """Read a key again, since the user stored or removed it; raises where that failed."""
        keys = self._keys.get(name)
        if keys is None:
            raise SluiceError(f"No upstream called “{name}” wants a key.")
        await keys.changed()

    def answered(self, name: str, status: int | None) -> None:
        """Take the status of an answer to the stored key of upstream *name*."""
        keys = self._keys.get(name)
        if keys is not None:
            keys.answered(status)

    def shown(self) -> tuple[Key, ...]:
        """Return which keys are at hand."""
        return tuple(
            Key(name, keys.key is not None, keys.refused) for name, keys in self._keys.items()
        )

    def stop(self) -> None:
        """Let nobody wait any longer."""
        for keys in self._keys.values():
            keys.stop()

    def _made(self, name: str) -> Keys:
        given = self._given if name == DEFAULT_NAME else None
        keys = Keys(
            given,
            name=name,
            problems=self._problems,
            timer=self._timer,
            keyring=None if given else self._keyring,
            use=lambda key: self._use(name, key),
        )
        if self._start is not None:
            keys.start(self._start)
        return keys
