"""Claude Code ignores a settings file that is not plain JSON, as it does when it is run."""

import pytest

from trayapp.connect.plain_json import ignored
from trayapp.connect.tools import BY_ID


@pytest.mark.parametrize(
    ("tool", "content", "line"),
    [
        ("claude-code", b'{\n  // mine\n  "env": {}\n}', "near line 2"),
        ("claude-code", b'{\n  "env": {},\n}', "near line"),
        ("claude-code", b'\xef\xbb\xbf{\r\n "env": {}\r\n}', ""),
        ("claude-code", b'{"a": 1, "a": 2}', ""),
        ("claude-code", b"", ""),
        ("zed", b"{ // fine\n}", ""),
        ("llm", b"{ // no file of its", ""),
    ],
)
def test_only_what_the_tool_would_ignore_is_told(tool: str, content: bytes, line: str) -> None:
    """A byte order mark, Windows line ends and doubled keys it reads, a comment it does not."""
    words = ignored(BY_ID[tool], "json", content)

    assert line in words
    assert bool(words) == bool(line)
