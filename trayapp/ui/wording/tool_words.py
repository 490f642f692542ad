"""What the tools' table says of each tool, named here once more so that it is translated.

The window is told these sentences in English by `sluice connector`; a test holds that none lacks.
"""

from trayapp.ui.speech import later

SENTENCES = (
    later("Sessions that are open already keep their old address until they are started again."),
    later("Reload the VS Code window afterwards. It reads Claude Code's own settings as well."),
    later(
        "It has no settings file for this. In its Developer menu choose Configure Third-Party Inference and enter both."
    ),
    later(
        "Zed keeps keys in the system's keychain: open its Agent settings, Anthropic, and enter the token there."
    ),
    later("Every model with the provider “anthropic” in its config.yaml is pointed here."),
    later(
        "It keeps its settings in VS Code's own store. In Cline's settings choose Anthropic, tick Use custom base URL, and enter both."
    ),
    later(
        "It keeps its settings in VS Code's own store. In its provider settings choose Anthropic, tick Use custom base URL, and enter both."
    ),
    later("Or in its provider settings: Anthropic, Use custom base URL."),
    later(
        "In its option “env”: in Python that is added to the environment, in TypeScript it replaces it, so spread process.env into it."
    ),
    later("Or in code: Anthropic(base_url=…, api_key=…)."),
    later("Or in code: new Anthropic({ baseURL: …, apiKey: … })."),
    later(
        "Goose keeps keys in the system's keychain: run goose configure, choose Anthropic, and enter the token there."
    ),
    later("The plugin llm-anthropic has no setting for it, and reads these."),
    later("Or in code: ChatAnthropic(base_url=…, api_key=…). A set ANTHROPIC_API_URL wins."),
    later("Or in code: AnthropicProvider(base_url=…, api_key=…)."),
    later("It wants /v1 in the address. Or in code: createAnthropic({ baseURL: …, apiKey: … })."),
    later("Or for one model of its proxy: api_base and api_key in its litellm_params."),
    later("Choose the model by COPILOT_MODEL."),
    later(
        "Chat: Manage Language Models, add a custom endpoint, API type Anthropic messages. The address is the whole path."
    ),
    later("Every tool that mise starts, or a shell in which it is active, gets both variables."),
    later("Every tool that is started from a new shell gets both variables."),
    later("Name it by --file. Keep it out of version control: it holds a token."),
    later(
        "Its requests go through Cursor's own servers, which cannot reach this machine, and it speaks OpenAI's format. The nearest way is Claude Code in Cursor's terminal."
    ),
    later(
        "AI Assistant takes only an address that speaks OpenAI's format. The nearest way is Claude Code's plugin for JetBrains, which is connected with Claude Code."
    ),
    later(
        "It speaks OpenAI's Responses format only, which is not Claude's. The nearest way is Claude Code or opencode."
    ),
    later(
        "It has no setting for an address of your own. The nearest way is Claude Code in its terminal."
    ),
    later(
        "A proxy is set in your environment, and this tool's settings cannot say what it is not for: add 127.0.0.1,localhost to NO_PROXY in your shell's profile."
    ),
    later("The file was changed by another program just now. Nothing was written; try again."),
    later("The tool's settings file is not there yet. Start the tool once, then connect it."),
)
