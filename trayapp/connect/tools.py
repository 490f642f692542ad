"""Which tools can be pointed at the relay, and by exactly which settings: a table.

Where a tool wants `/v1` in its base URL, or a slash at its end, the table says so once, here.
`{base}` is Sluice's address without a path, `{token}` the tool's own token.
"""

from typing import Literal

import msgspec

from trayapp.connect.edit import Entry, Item, Place
from trayapp.connect.patch import Setting
from trayapp.model.exchange import Kind

Way = Literal["file", "variables", "hand", "impossible"]
"""How a tool is told: we edit its file, its environment has variables, by hand, or not at all."""

System = Literal["linux", "darwin", "win32"]


class Environment(msgspec.Struct, frozen=True):
    """Where a settings file sets variables for the tool: as keys, items of a list, or `NAME=value`."""

    at: Place
    how: Literal["keys", "items", "entries"] = "keys"

    def setting(self, name: str, value: str) -> Setting:
        """The setting that gives the variable *name* its *value*."""
        if self.how == "items":
            return Setting((*self.at, Item("name", name), "value"), value)
        if self.how == "entries":
            return Setting((*self.at, Entry(f"{name}=")), f"{name}={value}")
        return Setting((*self.at, name), value)


class Target(msgspec.Struct, frozen=True):
    """A settings file: where it is on each system (the first that is there, else the last), and what goes in."""

    form: str
    files: dict[System, tuple[str, ...]]
    address: tuple[Setting, ...]
    token: tuple[Setting, ...] = ()
    environment: Environment | None = None
    makes: bool = True
    """Whether a file that is not there may be made."""
    shell: str | None = None
    plain: bool = False
    """Whether the tool reads nothing from a file with comments or trailing commas, and says nothing."""


class Tool(msgspec.Struct, frozen=True):
    """One tool. *words* say what a person has to do or know, *variables* are to be copied."""

    id: str
    title: str
    way: Way
    kind: Kind = "normal"
    targets: tuple[Target, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    words: str = ""
    agent: str | None = None
    """What its requests are called where it keeps its own key; see `listener.callers`."""
    shares: str | None = None
    """The tool whose connection connects this one too."""


def _everywhere(*files: str) -> dict[System, tuple[str, ...]]:
    return {"linux": files, "darwin": files, "win32": files}


_CLAUDE = Environment(("env",))
_VSCODE = Environment(("claudeCode.environmentVariables",), "items")
_AIDER = Environment(("set-env",), "entries")
_PROFILE = Environment(())
_MISE = Environment(("env",))
_OPENCODE: Place = ("provider", "anthropic", "options")
_ANTHROPIC = Item("provider", "anthropic")

_BASE, _V1 = "{base}", "{base}/v1"
_SDK = (("ANTHROPIC_BASE_URL", _BASE), ("ANTHROPIC_API_KEY", "{token}"))


def _exports(form: str, shell: str, files: dict[System, tuple[str, ...]]) -> Target:
    return Target(
        form, files, (_PROFILE.setting("ANTHROPIC_BASE_URL", _BASE),),
        (_PROFILE.setting("ANTHROPIC_API_KEY", "{token}"),), _PROFILE, shell=shell,
    )  # fmt: skip


TOOLS: tuple[Tool, ...] = (
    Tool(
        "claude-code", "Claude Code", "file", "interactive", agent="claude-code",
        targets=(Target(
            "json", _everywhere("{claude}/settings.json"),
            # The second lets pacing tell the main conversation from what runs beside it.
            (_CLAUDE.setting("ANTHROPIC_BASE_URL", _BASE),
             _CLAUDE.setting("CLAUDE_CODE_GATEWAY_HINT_HEADERS", "1")),
            (_CLAUDE.setting("ANTHROPIC_AUTH_TOKEN", "{token}"),), _CLAUDE, plain=True,
        ),),
        words="Sessions that are open already keep their old address until they are started again.",
    ),
    Tool(
        "claude-code-vscode", "Claude Code in VS Code", "file", "interactive",
        agent="claude-code", shares="claude-code",
        targets=(Target(
            "json",
            {"linux": ("{config}/Code/User/settings.json",),
             "darwin": ("{support}/Code/User/settings.json",),
             "win32": ("{roaming}/Code/User/settings.json",)},
            (_VSCODE.setting("ANTHROPIC_BASE_URL", _BASE),),
            (_VSCODE.setting("ANTHROPIC_AUTH_TOKEN", "{token}"),), _VSCODE, makes=False,
        ),),
        words="Reload the VS Code window afterwards. It reads Claude Code's own settings as well.",
    ),
    Tool(
        "claude-desktop", "Claude desktop app", "hand", "interactive",
        variables=(("Gateway base URL", _BASE), ("API key", "{token}")),
        words="It has no settings file for this. In its Developer menu choose Configure "
        "Third-Party Inference and enter both.",
    ),
    Tool(
        "zed", "Zed", "file", "interactive", agent="zed",
        targets=(Target(
            "json",
            {"linux": ("{config}/zed/settings.json",), "darwin": ("{home}/.config/zed/settings.json",),
             "win32": ("{roaming}/Zed/settings.json",)},
            (Setting(("language_models", "anthropic", "api_url"), _BASE),),
        ),),
        variables=(("API key", "{token}"),),
        words="Zed keeps keys in the system's keychain: open its Agent settings, Anthropic, and "
        "enter the token there.",
    ),
    Tool(
        "opencode", "opencode", "file", "interactive", agent="opencode",
        targets=(Target(
            "json",
            _everywhere("{config}/opencode/opencode.jsonc", "{config}/opencode/config.json",
                        "{config}/opencode/opencode.json"),
            (Setting((*_OPENCODE, "baseURL"), _V1),),
            (Setting((*_OPENCODE, "apiKey"), "{token}"),),
        ),),
    ),
    Tool(
        "continue", "Continue", "file", "interactive", agent="continue",
        targets=(Target(
            "yaml", _everywhere("{home}/.continue/config.yaml"),
            # It appends "messages" to what ends in a slash, and to nothing else.
            (Setting(("models", _ANTHROPIC, "apiBase"), "{base}/v1/", each=True),),
            (Setting(("models", _ANTHROPIC, "apiKey"), "{token}", each=True),), makes=False,
        ),),
        words="Every model with the provider “anthropic” in its config.yaml is pointed here.",
    ),
    Tool(
        "cline", "Cline", "hand", "interactive", agent="cline",
        variables=(("Custom base URL", _BASE), ("Anthropic API key", "{token}")),
        words="It keeps its settings in VS Code's own store. In Cline's settings choose Anthropic, "
        "tick Use custom base URL, and enter both.",
    ),
    Tool(
        "roo-code", "Roo Code", "hand", "interactive",
        variables=(("Custom base URL", _BASE), ("Anthropic API key", "{token}")),
        words="It keeps its settings in VS Code's own store. In its provider settings choose "
        "Anthropic, tick Use custom base URL, and enter both.",
    ),
    Tool(
        "kilo-code", "Kilo Code", "variables", "interactive",
        variables=(("KILO_ANTHROPIC_BASE_URL", _BASE), ("ANTHROPIC_API_KEY", "{token}")),
        words="Or in its provider settings: Anthropic, Use custom base URL.",
    ),
    Tool(
        "agent-sdk", "Claude Agent SDK", "variables", agent="claude-code",
        variables=(("ANTHROPIC_BASE_URL", _BASE), ("ANTHROPIC_AUTH_TOKEN", "{token}")),
        words="In its option “env”: in Python that is added to the environment, in TypeScript it "
        "replaces it, so spread process.env into it.",
    ),
    Tool(
        "python-sdk", "Python SDK", "variables", agent="anthropic-python", variables=_SDK,
        words="Or in code: Anthropic(base_url=…, api_key=…).",
    ),
    Tool(
        "typescript-sdk", "TypeScript SDK", "variables", agent="anthropic-typescript",
        variables=_SDK, words="Or in code: new Anthropic({ baseURL: …, apiKey: … }).",
    ),
    Tool(
        "aider", "aider", "file", "interactive",
        targets=(Target(
            "yaml", _everywhere("{home}/.aider.conf.yml"),
            (_AIDER.setting("ANTHROPIC_API_BASE", _BASE),),
            (Setting(("anthropic-api-key",), "{token}"),), _AIDER,
        ),),
    ),
    Tool(
        "goose", "Goose", "file", "interactive",
        targets=(Target(
            "yaml",
            {"linux": ("{config}/goose/config.yaml",), "darwin": ("{home}/.config/goose/config.yaml",),
             "win32": ("{roaming}/Block/goose/config/config.yaml",)},
            (Setting(("ANTHROPIC_HOST",), _BASE),), makes=False,
        ),),
        variables=(("ANTHROPIC_API_KEY", "{token}"),),
        words="Goose keeps keys in the system's keychain: run goose configure, choose Anthropic, "
        "and enter the token there.",
    ),
    Tool(
        "llm", "llm", "variables", agent="anthropic-python", variables=_SDK,
        words="The plugin llm-anthropic has no setting for it, and reads these.",
    ),
    Tool(
        "langchain", "LangChain", "variables", agent="anthropic-python", variables=_SDK,
        words="Or in code: ChatAnthropic(base_url=…, api_key=…). A set ANTHROPIC_API_URL wins.",
    ),
    Tool(
        "pydantic-ai", "pydantic-ai", "variables", agent="anthropic-python", variables=_SDK,
        words="Or in code: AnthropicProvider(base_url=…, api_key=…).",
    ),
    Tool(
        "vercel-ai-sdk", "Vercel AI SDK", "variables", agent="ai-sdk",
        variables=(("ANTHROPIC_BASE_URL", _V1), ("ANTHROPIC_API_KEY", "{token}")),
        words="It wants /v1 in the address. Or in code: createAnthropic({ baseURL: …, apiKey: … }).",
    ),
    Tool(
        "litellm", "LiteLLM", "variables", agent="litellm",
        variables=(("ANTHROPIC_API_BASE", _BASE), ("ANTHROPIC_API_KEY", "{token}")),
        words="Or for one model of its proxy: api_base and api_key in its litellm_params.",
    ),
    Tool(
        "copilot-cli", "Copilot CLI", "variables", "interactive",
        variables=(("COPILOT_PROVIDER_TYPE", "anthropic"), ("COPILOT_PROVIDER_BASE_URL", _BASE),
                   ("COPILOT_PROVIDER_API_KEY", "{token}")),
        words="Choose the model by COPILOT_MODEL.",
    ),
    Tool(
        "copilot-byok", "Copilot in VS Code", "hand", "interactive",
        variables=(("url", "{base}/v1/messages"), ("API key", "{token}")),
        words="Chat: Manage Language Models, add a custom endpoint, API type Anthropic messages. "
        "The address is the whole path.",
    ),
    Tool(
        "mise", "mise", "file",
        targets=(Target(
            "toml", _everywhere("{config}/mise/config.toml"),
            (_MISE.setting("ANTHROPIC_BASE_URL", _BASE),),
            (_MISE.setting("ANTHROPIC_API_KEY", "{token}"),), _MISE,
        ),),
        words="Every tool that mise starts, or a shell in which it is active, gets both variables.",
    ),
    Tool(
        "shell", "Shell profile", "file",
        targets=(
            _exports("sh", "bash", {"linux": ("{home}/.bashrc",), "darwin": ("{home}/.bash_profile",),
                                    "win32": ("{home}/.bashrc",)}),
            _exports("sh", "zsh", _everywhere("{zsh}/.zshrc")),
            _exports("fish", "fish", _everywhere("{config}/fish/config.fish")),
            _exports("powershell", "pwsh", {
                "linux": ("{config}/powershell/profile.ps1",),
                "darwin": ("{home}/.config/powershell/profile.ps1",),
                "win32": ("{home}/Documents/PowerShell/profile.ps1",),
            }),
        ),
        words="Every tool that is started from a new shell gets both variables.",
    ),
    Tool(
        "env-file", "A .env file", "file",
        targets=(Target(
            "dotenv", _everywhere(),
            (_PROFILE.setting("ANTHROPIC_BASE_URL", _BASE),),
            (_PROFILE.setting("ANTHROPIC_API_KEY", "{token}"),), _PROFILE,
        ),),
        words="Name it by --file. Keep it out of version control: it holds a token.",
    ),
    Tool(
        "cursor", "Cursor", "impossible",
        words="Its requests go through Cursor's own servers, which cannot reach this machine, and "
        "it speaks OpenAI's format. The nearest way is Claude Code in Cursor's terminal.",
    ),
    Tool(
        "jetbrains", "JetBrains AI", "impossible",
        words="AI Assistant takes only an address that speaks OpenAI's format. The nearest way is "
        "Claude Code's plugin for JetBrains, which is connected with Claude Code.",
    ),
    Tool(
        "codex", "Codex", "impossible",
        words="It speaks OpenAI's Responses format only, which is not Claude's. The nearest way is "
        "Claude Code or opencode.",
    ),
    Tool(
        "windsurf", "Windsurf", "impossible",
        words="It has no setting for an address of your own. The nearest way is Claude Code in its "
        "terminal.",
    ),
)  # fmt: skip

BY_ID = {tool.id: tool for tool in TOOLS}
