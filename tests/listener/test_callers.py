"""Whose credential a request carries."""

import hashlib
from collections.abc import Callable

import pytest

from trayapp.listener.callers import Admitted, Tools, admit
from trayapp.model.errors import Refused
from trayapp.model.exchange import Caller
from trayapp.model.secret import TOKEN_PREFIX

TOKEN = TOKEN_PREFIX + b"t" * 43
EDITOR = Caller("editor", "interactive")
TOOLS = Tools({hashlib.sha256(TOKEN).hexdigest(): EDITOR})
OWN = b"sk-ant-api03-own-key"

Field = tuple[bytes, bytes]


def bearer(value: bytes) -> Field:
    """The credential as the newer SDKs send it."""
    return b"authorization", b"Bearer " + value


def api_key(value: bytes) -> Field:
    """The credential as the older ones send it."""
    return b"x-api-key", value


def let_in(*fields: Field) -> Admitted:
    """Who is let in."""
    return admit(fields, b"/v1/messages", TOOLS)


def refusal(*fields: Field, target: bytes = b"/v1/messages") -> Refused:
    """Why nobody is."""
    with pytest.raises(Refused) as told:
        admit(fields, target, TOOLS)
    return told.value


@pytest.mark.parametrize(
    ("field", "form"),
    [
        (bearer(TOKEN), "bearer"),
        ((b"authorization", b"bEARER   " + TOKEN), "bearer"),
        ((b"authorization", TOKEN), "bearer"),
        (api_key(TOKEN), "x-api-key"),
    ],
)
def test_token_names_its_tool(field: Field, form: str) -> None:
    """A known token lets its tool in with the stored key, in the form that was used."""
    admitted = let_in(field)

    assert (admitted.caller, admitted.form, admitted.own) == (EDITOR, form, None)


def test_token_drops_any_other_credential() -> None:
    """Beside a token of ours another credential has no say (A25)."""
    admitted = let_in(api_key(OWN), bearer(TOKEN))

    assert (admitted.caller, admitted.form, admitted.own) == (EDITOR, "bearer", None)


def test_token_in_both_headers_is_one() -> None:
    """The same token twice is sent on as `x-api-key`, which the API goes by."""
    assert let_in(bearer(TOKEN), api_key(TOKEN)).form == "x-api-key"


@pytest.mark.parametrize(
    "fields",
    [
        (api_key(TOKEN[:-1] + b"x"),),
        (api_key(TOKEN[:-5]),),
        (api_key(TOKEN + b"x"),),
        (bearer(TOKEN + b" more"),),
        (api_key(TOKEN_PREFIX + "т".encode() * 43),),
        (api_key(TOKEN_PREFIX + b"' OR 1=1 --"),),
        (api_key(TOKEN_PREFIX + b"../../"),),
        (bearer(TOKEN_PREFIX), api_key(OWN)),
        (bearer(TOKEN), api_key(TOKEN[:-1] + b"x")),
        (api_key(b"s" + TOKEN),),
        (bearer(b'"' + TOKEN + b'"'),),
        (api_key(b"s" + TOKEN), bearer(OWN)),
    ],
)
def test_unknown_token_is_refused(fields: tuple[Field, ...]) -> None:
    """What has our prefix anywhere is a token we know, or nothing at all (A18, A19)."""
    refused = refusal(*fields)

    assert (refused.status, refused.kind) == (401, "authentication_error")
    assert refused.reason == "token"


@pytest.mark.parametrize(
    "fields",
    [
        (),
        (api_key(b""),),
        ((b"authorization", b"Bearer"),),
        ((b"authorization", b"Bearer "),),
        ((b"authorization", b"Basic dXNlcjpwYXNz"),),
        ((b"cookie", b"token=" + TOKEN),),
    ],
)
def test_no_credential_is_refused(fields: tuple[Field, ...]) -> None:
    """Without a value in one of the two headers nobody is let in (A16, A18)."""
    assert refusal(*fields).status == 401


@pytest.mark.parametrize("target", [b"/v1/messages?api_key=" + TOKEN, b"/" + TOKEN])
def test_token_in_a_url_is_refused(target: bytes) -> None:
    """URLs end up in logs and histories: a token there is not taken, even beside a good one."""
    refused = refusal(api_key(TOKEN), target=target)

    assert refused.status == 401
    assert TOKEN.decode() not in refused.message


@pytest.mark.parametrize(
    ("fields", "form"),
    [
        ((bearer(OWN),), "bearer"),
        ((api_key(OWN),), "x-api-key"),
        ((bearer(OWN), api_key(OWN)), "x-api-key"),
        ((api_key(OWN), (b"authorization", b"Basic eDp5")), "x-api-key"),
    ],
)
def test_own_credential_goes_on_as_it_came(fields: tuple[Field, ...], form: str) -> None:
    """A caller's own key is sent upstream in the header it came in."""
    admitted = let_in(*fields)

    assert admitted.own is not None
    assert (admitted.own.reveal(), admitted.form) == (OWN, form)


def test_own_credential_is_neither_cached_nor_named() -> None:
    """A caller with its own credential is marked so, and its answers are not kept."""
    caller = let_in(bearer(OWN)).caller

    assert caller == Caller("other", "normal", own=True, cache=False)


def test_two_own_credentials_are_refused() -> None:
    """Which of two was meant is not ours to guess."""
    refused = refusal(bearer(OWN), api_key(OWN + b"2"))

    assert (refused.status, refused.reason) == (400, "two_credentials")


@pytest.mark.parametrize(
    "value", [b"short", b"x" * 8193, b"has a space", b"tab\tinside", "ключ-ключ".encode()]
)
def test_what_no_key_can_be_is_refused(value: bytes) -> None:
    """A credential is 8 to 8192 printable ASCII characters."""
    assert refusal(api_key(value)).status == 401


@pytest.mark.parametrize("size", [8, 8192])
def test_key_of_any_sensible_size_is_taken(size: int) -> None:
    """Both ends of the range are inside it."""
    own = let_in(api_key(b"x" * size)).own

    assert own is not None


@pytest.mark.parametrize(
    ("agent", "name", "kind"),
    [
        (b"claude-cli/2.1.330 (external, cli)", "claude-code", "interactive"),
        (b"claude-code/2.1", "claude-code", "normal"),
        (b"Anthropic/Python 2.12.0", "anthropic-python", "normal"),
        (b"AsyncAnthropic/Python 2.12.0", "anthropic-python", "normal"),
        (b"Anthropic/JS 1.12.0", "anthropic-typescript", "normal"),
        (b"AsyncOpenAI/Python 3.54", "openai-sdk", "normal"),
        (b"curl/8.5", "curl", "normal"),
        (b"my-secret-project/1.0", "other", "normal"),
        (b"", "other", "normal"),
    ],
)
def test_program_is_called_by_a_closed_list(agent: bytes, name: str, kind: str) -> None:
    """A User-Agent gives one of a few names, never its own words."""
    caller = let_in((b"user-agent", agent), bearer(OWN)).caller

    assert (caller.name, caller.kind) == (name, kind)


def test_revoked_token_is_unknown_at_once() -> None:
    """The table is asked for each request (A20)."""
    tools = Tools({hashlib.sha256(TOKEN).hexdigest(): EDITOR})
    known = tools.find(TOKEN)
    tools.table.clear()

    assert (known, tools.find(TOKEN)) == (EDITOR, None)


@pytest.mark.parametrize("change", [bytes.upper, bytes.swapcase, bytes.title])
@pytest.mark.parametrize("form", [bearer, api_key])
def test_token_in_other_letters_goes_nowhere(
    form: Callable[[bytes], Field], change: Callable[[bytes], bytes]
) -> None:
    """A token whose case was changed is refused here, not shown to upstream as somebody's own."""
    assert refusal(form(change(TOKEN))).status == 401
