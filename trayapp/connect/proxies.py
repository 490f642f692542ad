"""Where a proxy is set, tools are told that the way to Sluice does not go through it."""

from collections.abc import Mapping, Sequence

from trayapp.connect.patch import FORMS, Setting, text_of
from trayapp.connect.patch_profile import ADDED_TO
from trayapp.connect.tools import Environment, Target

PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
DIRECT = "127.0.0.1,localhost"
ADVICE = (
    "A proxy is set in your environment, and this tool's settings cannot say what it is not for: "
    f"add {DIRECT} to NO_PROXY in your shell's profile."
)


def direct(
    target: Target, content: bytes, environ: Mapping[str, str]
) -> tuple[tuple[Setting, ...], str]:
    """The settings that keep the way to Sluice free of proxies, and what to tell the user."""
    environment = target.environment
    if environment is None:
        asked = _proxied(environ) and not _covers(_lists(environ))
        return (), ADVICE if asked else ""
    inside = _inside(target, environment, content)
    if not _proxied({**environ, **inside}):
        return (), ""
    lists = [name for name in ADDED_TO if name in {**environ, **inside}] or [ADDED_TO[0]]
    settings = [
        environment.setting(name, DIRECT if target.shell else _with(inside.get(name, environ.get(name))))
        for name in lists
        if not _covers([inside.get(name, environ.get(name, ""))])
    ]  # fmt: skip
    return tuple(settings), ""


def _inside(target: Target, environment: Environment, content: bytes) -> dict[str, str]:
    """What the file itself sets of proxies."""
    form, text = FORMS[target.form], text_of(content)[1]
    found = {}
    for name in (*PROXIES, *ADDED_TO):
        setting = environment.setting(name, "")
        if (there := form.find(text, setting.place)) and there.value is not None:
            found[name] = there.value.removeprefix(setting.value)
    return found


def _proxied(variables: Mapping[str, str]) -> bool:
    return any(variables.get(name) for name in PROXIES)


def _lists(variables: Mapping[str, str]) -> list[str]:
    return [variables[name] for name in ADDED_TO if name in variables]


def _covers(lists: Sequence[str]) -> bool:
    """Whether every list there is names this machine; which one a tool reads is its own affair."""
    hosts = [{host.strip() for host in each.split(",")} for each in lists]
    return bool(hosts) and all(each & {"*", "127.0.0.1"} for each in hosts)


def _with(value: str | None) -> str:
    return f"{value},{DIRECT}" if value else DIRECT
