"""Where a settings file says more than plain JSON, and the tool that reads it would ignore it all."""

import json

from trayapp.connect.patch import text_of
from trayapp.connect.tools import Tool


def ignored(tool: Tool, form: str, content: bytes) -> str:
    """The warning for *tool*, which reads plain JSON only; "" where all is well."""
    if not any(target.plain and target.form == form for target in tool.targets):
        return ""
    text = text_of(content)[1]
    try:
        json.loads(text or "{}")
    except json.JSONDecodeError as error:
        return (
            f"{tool.title} reads plain JSON only, and ignores this whole file because of the "
            f"comment or extra comma near line {error.lineno}. Take that out, and it follows."
        )
    return ""
