"""What can go wrong, drawn as a tree; HTTP refusals by upstream are responses, not errors.

SluiceError
├── Refused              the caller may not enter
├── NotServing           stopping, no credential, cancelled
│   └── HeldTooLong      its turn did not come, or never can
├── UpstreamSaid         upstream's own refusal, for requests that waited behind it
├── Misconfigured        a file or a flag of ours is wrong: exit 78
├── Taken                the port or the lock is held by someone else: exit 75
├── KeyringFailure       the system's keyring cannot be used now, or not for this
│   ├── NoKeyring        nothing answers
│   ├── UnsafeKeyring    it would not protect a key
│   ├── KeyringLocked    it is closed
│   │   └── PromptDismissed  it asked for its password and got none
│   ├── KeyringHangs     no answer in time
│   ├── NoKey            nothing is stored under that name
│   ├── KeyTooLong       more than it can hold
│   └── KeyringBroken    anything else
├── NoEngine             a command line or a tray finds no engine that answers: exit 69
└── UpstreamFailure      the road failed
    ├── Unreachable      no connection could be made, nothing was sent
    ├── TimedOut         connected, but no answer in time
    └── BrokenRoad       the connection broke after the request was sent
"""


class SluiceError(Exception):
    """The root; *message* is one sentence for people, *status* what the caller is answered.

    *code* names the sentence in the history, where it is told again in the reader's language.
    Sentences carry no secret and no input of a caller.
    """

    status = 500
    kind = "api_error"
    code = "failed"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Refused(SluiceError):
    """The caller may not enter; *reason* is the name its counter goes by."""

    def __init__(self, status: int, kind: str, message: str, reason: str) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.reason = self.code = reason


class NotServing(SluiceError):
    """We are here, but cannot carry this request now; *retry_after* is 1 to 59 s, or None: never."""

    status = 503
    code = "stopping"

    def __init__(
        self, message: str, retry_after: int | None = None, code: str | None = None
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.code = code or self.code


class HeldTooLong(NotServing):
    """The request waited as long as it may, or could never go."""

    status = 429
    kind = "rate_limit_error"
    code = "hold_ended"


class UpstreamSaid(SluiceError):
    """What upstream answered another request of the same limit: its *status* and *body* as they were."""

    def __init__(self, status: int, body: bytes, code: str = "throttled") -> None:
        super().__init__("Upstream refuses all requests of this limit.")
        self.status = status
        self.body = body
        self.code = code


class Misconfigured(SluiceError):
    """A setting, a flag or a file of ours is wrong; the message names the place."""


class Taken(SluiceError):
    """The port or the lock is held by someone else; the message says by whom."""


class PortTaken(Taken):
    """The listener's port is held; who by is for the asker to find out."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} is taken.")
        self.port = port


class KeyringFailure(SluiceError):
    """The keyring cannot be used now; the sentence says what to do. *passes*: maybe soon it can."""

    status = 503
    code = "key"
    passes = False
    sentence = ""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.sentence)


class NoKeyring(KeyringFailure):
    """Nothing answers, or no longer."""

    sentence = (
        "No keyring answers here. Start the desktop's own (GNOME Keyring, KWallet, KeePassXC), "
        "or give Sluice the key by: sluice serve --key-env VAR"
    )


class UnsafeKeyring(KeyringFailure):
    """A backend that keeps keys in the clear, or nowhere."""

    sentence = (
        "The keyring that was chosen here would not protect a key, so Sluice does not use it. "
        "Unset PYTHON_KEYRING_BACKEND, and look into keyringrc.cfg."
    )


class KeyringLocked(KeyringFailure):
    """There, and closed."""

    passes = True
    sentence = "The keyring is locked. Unlock it, and a running Sluice goes on by itself."


class PromptDismissed(KeyringLocked):
    """It asked for its password and did not get it, or had nowhere to ask."""

    sentence = (
        "The keyring asked for its password and got none. Unlock it (or create one, where there "
        "is none yet), and a running Sluice goes on by itself."
    )


class KeyringHangs(KeyringFailure):
    """No answer in time: most often a prompt that waits for the user."""

    passes = True
    sentence = (
        "The keyring does not answer. If it shows a prompt, answer it; "
        "else end your desktop's keyring service, it starts again by itself."
    )


class NoKey(KeyringFailure):
    """Nothing is stored under that name."""


class KeyTooLong(KeyringFailure):
    """More than the backend can hold."""


class KeyringBroken(KeyringFailure):
    """Anything else."""


class NoEngine(SluiceError):
    """No engine answers on the control socket, or not in a way we understand."""


class UpstreamFailure(SluiceError):
    """The road to the API failed; *may_retry* false: the same request would fail again."""

    status = 502
    code = "unreachable"
    may_retry = True


class Unreachable(UpstreamFailure):
    """No connection could be made; nothing was processed. *at_once* false: not to be tried again now."""

    at_once = True


class TimedOut(UpstreamFailure):
    """The request was sent and no answer came in time."""

    status = 504
    code = "timed_out"


class BrokenRoad(UpstreamFailure):
    """The connection broke after the request was sent: it may have been processed and billed."""

    code = "broke_off"
