"""The tools of an invented user, and what connecting one of them would change."""

from trayapp.model.connecting import (
    CONNECTED,
    ConnectAnswer,
    ConnectAsk,
    DiffLine,
    ListTools,
    Preview,
    PreviewTool,
    Standing,
)

BASE = "http://127.0.0.1:7429"
OPENCODE = "~/.config/opencode/opencode.json"
STANDINGS = (
    Standing(
        "claude-code", "Claude Code", "connected", "~/.claude/settings.json", BASE, "Claude Code"
    ),
    Standing("claude-code-vscode", "Claude Code in VS Code", "shared"),
    Standing("zed", "Zed", "connected", "~/.config/zed/settings.json", BASE, "Zed"),
    Standing("opencode", "opencode", "ready", OPENCODE),
    Standing("continue", "Continue", "ready", "~/.continue/config.yaml"),
    Standing("agent-sdk", "Claude Agent SDK", "variables"),
    Standing("python-sdk", "Python SDK", "variables"),
    Standing("typescript-sdk", "TypeScript SDK", "variables"),
    Standing("aider", "aider", "ready", "~/.aider.conf.yml"),
    Standing("shell", "Shell profile", "ready", "~/.bashrc"),
    Standing(
        "cursor", "Cursor", "impossible",
        sentence="Its requests go through Cursor's own servers, which cannot reach this machine, "
        "and it speaks OpenAI's format. The nearest way is Claude Code in Cursor's terminal.",
    ),
    Standing("jetbrains", "JetBrains AI", "impossible"),
)  # fmt: skip
BY_ID = {each.tool: each for each in STANDINGS}

LINES = (
    DiffLine(" ", "  // models I use at work", 3, 3),
    DiffLine(" ", '  "provider": {', 4, 4),
    DiffLine(" ", '    "anthropic": {', 5, 5),
    DiffLine("-", '      "options": {}', 6),
    DiffLine("+", '      "options": {', None, 6),
    DiffLine("+", f'        "baseURL": "{BASE}/v1",', None, 7),
    DiffLine("+", '        "apiKey": "sk-ant-sluice-…k3Qw"', None, 8),
    DiffLine("+", "      }", None, 9),
    DiffLine(" ", "    }", 7, 10),
    DiffLine(" ", "  }", 8, 11),
)
VARIABLES = (("ANTHROPIC_BASE_URL", BASE), ("ANTHROPIC_API_KEY", "{token}"))


def told(ask: ConnectAsk) -> ConnectAnswer:
    """What `sluice connector` would answer."""
    if isinstance(ask, ListTools):
        return ConnectAnswer(STANDINGS)
    standing = BY_ID[ask.tool]
    if not isinstance(ask, PreviewTool) or standing.status in CONNECTED:
        return ConnectAnswer(error="Nothing is changed in a picture.")
    if standing.status == "impossible":
        return ConnectAnswer(preview=Preview(standing, refusal=standing.sentence))
    if standing.status == "variables":
        variables = VARIABLES if ask.token else VARIABLES[:1]
        words = ("Or in code: Anthropic(base_url=…, api_key=…).",)
        return ConnectAnswer(preview=Preview(standing, variables=variables, notes=words))
    return ConnectAnswer(preview=Preview(standing, "interactive", LINES, 4, 1))
