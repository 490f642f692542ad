"""Tools connected and disconnected: files, tokens, records, and what goes wrong in between."""

from pathlib import Path

import pytest

from trayapp.connect import files, places
from trayapp.connect.connections import Connections, Door, NotConnected, tool_named
from trayapp.connect.edit import NotUnderstood, Untouchable
from trayapp.connect.tools import BY_ID
from trayapp.model.connecting import Done, Standing
from trayapp.model.exchange import Kind

BASE = "http://127.0.0.1:7429"
TOKEN = "sk-ant-sluice-" + "t" * 43
CLAUDE = BY_ID["claude-code"]


class Register:
    """The tools that may enter, by name."""

    def __init__(self) -> None:
        self.names: list[str] = []

    @property
    def door(self) -> Door:
        return Door(self.admit, self.names.remove)

    def admit(self, title: str, kind: Kind, cache: bool, token: str) -> str:
        self.names.append(title)
        return title


class Desk:
    """A Sluice and a user's folder, and the ways to connect."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "user"
        self.data = folder / "data"
        self.home.mkdir()
        self.data.mkdir()
        self.register = Register()
        self.known = Connections(self.data, {"SHELL": "/bin/bash"}, self.home, "linux")

    def write(self, name: str, content: bytes) -> Path:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def connect(
        self, tool: str = "claude-code", token: str = TOKEN, seen: str | None = None
    ) -> Done:
        return self.known.connect(
            BY_ID[tool], BASE, token, since="2026-11-25T00:00:00Z", door=self.register.door,
            kind="normal", seen=seen,
        )  # fmt: skip

    def disconnect(self, tool: str = "claude-code") -> Done:
        return self.known.disconnect(BY_ID[tool], self.register.door)

    def standing(self, tool: str = "claude-code") -> Standing:
        return self.known.standing(BY_ID[tool])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


SETTINGS = {
    "claude-code": (".claude/settings.json", b'\xef\xbb\xbf{\r\n\t"env": {} // c\r\n}'),
    "claude-code-vscode": (".config/Code/User/settings.json", b'{\n    "a": 1, // x\n}\n'),
    "zed": (".config/zed/settings.json", b"// Zed\n//\n{\n}\n"),
    "opencode": (".config/opencode/opencode.jsonc", b'{"provider":{"anthropic":{"options":{}}}}'),
    "continue": (".continue/config.yaml", b"models:\n  - name: C\n    provider: anthropic\n"),
    "aider": (".aider.conf.yml", b"# aider\n"),
    "goose": (".config/goose/config.yaml", b"GOOSE_PROVIDER: anthropic\nGOOSE_MODEL: x"),
    "mise": (".config/mise/config.toml", b"[tools]\nnode = '22'\n"),
    "shell": (".bashrc", b"# ~/.bashrc\nalias l=ls"),
}


@pytest.mark.slow
@pytest.mark.parametrize("token", [TOKEN, ""])
@pytest.mark.parametrize("tool", SETTINGS)
def test_there_and_back(desk: Desk, tool: str, token: str) -> None:
    """Every tool's file points here while connected, and is the same bytes afterwards."""
    name, content = SETTINGS[tool]
    path = desk.write(name, content)
    desk.connect(tool, token)
    after = path.read_bytes()
    standing = desk.standing(tool)
    done = desk.disconnect(tool)

    assert BASE.encode() in after
    assert (standing.status, standing.base_url) == ("connected", BASE)
    assert done.exact
    assert path.read_bytes() == content
    assert desk.register.names == []
    assert not (desk.data / "connect").exists()


def test_a_file_that_was_made_goes_with_its_folders(desk: Desk) -> None:
    """Nothing is left where nothing was."""
    desk.connect()
    made = (desk.home / ".claude" / "settings.json").read_bytes()
    desk.disconnect()

    assert TOKEN.encode() in made
    assert list(desk.home.iterdir()) == []


def test_no_token_is_kept(desk: Desk) -> None:
    """Neither in the record nor in the backup."""
    desk.write(".claude/settings.json", b"{}")
    desk.connect()
    kept = b"".join(path.read_bytes() for path in (desk.data / "connect").iterdir())

    assert TOKEN.encode() not in kept
    assert desk.register.names == ["Claude Code"]


def test_changed_since_only_our_lines_go(desk: Desk) -> None:
    """The backup stays then, and is told."""
    path = desk.write(".claude/settings.json", b'{"a": 1}')
    desk.connect()
    path.write_bytes(path.read_bytes().replace(b'"a": 1', b'"a": 2'))
    done = desk.disconnect()

    assert path.read_bytes() == b'{"a": 2}'
    assert not done.exact
    assert done.backup is not None
    assert Path(done.backup).read_bytes() == b'{"a": 1}'


def test_what_the_user_pointed_elsewhere_is_left(desk: Desk) -> None:
    """And told."""
    path = desk.write(".claude/settings.json", b"{}")
    desk.connect()
    path.write_bytes(path.read_bytes().replace(BASE.encode(), b"https://mine"))
    changed = desk.standing().status
    done = desk.disconnect()

    assert changed == "changed"
    assert b"https://mine" in path.read_bytes()
    assert "left to you" in done.notes[0]


def test_a_file_that_is_gone_can_be_disconnected(desk: Desk) -> None:
    """It is not made again, and its backup is kept."""
    path = desk.write(".claude/settings.json", b"{}")
    desk.connect()
    path.unlink()
    done = desk.disconnect()

    assert not path.exists()
    assert "gone already" in done.notes[0]
    assert done.backup is not None


def test_cut_short_before_the_file_was_written_nothing_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is there first, and undoing what was not done changes nothing."""
    path = desk.write(".claude/settings.json", b"{}")

    def die(*_: object) -> tuple[str, ...]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(files, "replace", die)
        with pytest.raises(KeyboardInterrupt):
            desk.connect()
    standing = desk.standing().status
    done = desk.disconnect()

    assert standing == "gone"
    assert done.exact
    assert path.read_bytes() == b"{}"
    assert desk.register.names == []


def test_a_file_that_cannot_be_written_leaves_no_trace(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No token, no record."""
    desk.write(".claude/settings.json", b"{}")

    def full(*_: object) -> tuple[str, ...]:
        raise Untouchable("The disk is full.")

    monkeypatch.setattr(files, "replace", full)

    with pytest.raises(Untouchable, match="full"):
        desk.connect()
    assert desk.register.names == []
    assert desk.standing().status == "ready"


def test_what_was_looked_at_is_what_is_changed(desk: Desk) -> None:
    """A file that was edited after the difference was shown is not touched."""
    path = desk.write(".claude/settings.json", b"{}")
    preview = desk.known.preview(CLAUDE, BASE, TOKEN)
    path.write_bytes(b'{"a": 1}')

    with pytest.raises(Untouchable, match="changed by another program"):
        desk.connect(seen=preview.seen)
    assert preview.added == 7
    assert preview.removed == 1
    assert path.read_bytes() == b'{"a": 1}'


def test_a_preview_shows_no_token_and_changes_nothing(desk: Desk) -> None:
    """It also says who else could read one."""
    path = desk.write(".claude/settings.json", b"{}")
    path.chmod(0o644)
    preview = desk.known.preview(CLAUDE, BASE, TOKEN)

    assert TOKEN not in repr(preview)
    assert any("chmod 600" in note for note in preview.notes)
    assert path.read_bytes() == b"{}"
    assert not (desk.data / "connect").exists()


@pytest.mark.parametrize(
    ("tool", "words"),
    [
        ("cursor", "own servers"),
        ("continue", "not there yet"),
        ("env-file", "--file PATH"),
        ("claude-code", "Lines 1 and 2"),
    ],
)
def test_a_refusal_says_why(desk: Desk, tool: str, words: str) -> None:
    """In the preview, and again to whoever goes on all the same."""
    desk.write(".claude/settings.json", b'{"a": 1,\n"a": 2}')
    preview = desk.known.preview(BY_ID[tool], BASE, TOKEN)

    assert words in preview.refusal
    with pytest.raises((NotConnected, Untouchable, NotUnderstood), match=words):
        desk.connect(tool)
    assert desk.register.names == []


def test_an_organization_stands_above_the_user(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it decides would win, so nothing is written."""
    managed = desk.write("managed.json", b'{"env": {"ANTHROPIC_BASE_URL": "https://corp"}}')
    monkeypatch.setattr(places, "managed_by_organization", lambda tool, system: managed)

    assert desk.standing().status == "refused"
    assert "organization decides" in desk.known.preview(CLAUDE, BASE, TOKEN).refusal


def test_variables_are_told_and_the_token_is_let_in(desk: Desk) -> None:
    """Without a token there is only the address to copy."""
    told = desk.known.preview(BY_ID["llm"], BASE, TOKEN)
    own = desk.known.preview(BY_ID["llm"], BASE, "")
    desk.connect("llm")
    connected = desk.standing("llm")
    desk.disconnect("llm")

    assert dict(told.variables) == {"ANTHROPIC_BASE_URL": BASE, "ANTHROPIC_API_KEY": "{token}"}
    assert dict(own.variables) == {"ANTHROPIC_BASE_URL": BASE}
    assert (connected.status, connected.name) == ("connected", "llm")
    assert desk.register.names == []


def test_a_tool_is_connected_once(desk: Desk) -> None:
    """And disconnected once."""
    desk.connect()

    assert "already" in desk.known.preview(CLAUDE, BASE, TOKEN).refusal
    with pytest.raises(NotConnected, match="already"):
        desk.connect()
    desk.disconnect()
    with pytest.raises(NotConnected, match="is not connected"):
        desk.disconnect()


def test_what_reads_the_same_settings_is_connected_too(desk: Desk) -> None:
    """Claude Code's extension needs nothing of its own."""
    desk.connect()

    assert desk.standing("claude-code-vscode").status == "shared"


def test_another_file_may_be_named(desk: Desk) -> None:
    """As in a project."""
    path = desk.write("project/.env", b"A=1")
    desk.known.connect(
        BY_ID["env-file"], BASE, TOKEN, since="2026", door=desk.register.door, kind="normal",
        file=path,
    )  # fmt: skip
    connected = path.read_bytes()
    desk.disconnect("env-file")

    assert connected == f"A=1\nANTHROPIC_BASE_URL={BASE}\nANTHROPIC_API_KEY={TOKEN}\n".encode()
    assert path.read_bytes() == b"A=1"


def test_an_audit_tells_of_the_connected_tools_alone(desk: Desk) -> None:
    """A record that cannot be read is told, and hides no other."""
    desk.connect("llm")
    (desk.data / "connect" / "zed.json").write_bytes(b"{")

    assert [(each.tool, each.status) for each in desk.known.audited()] == [
        ("zed", "unreadable"),
        ("llm", "connected"),
    ]


@pytest.mark.parametrize("name", ["zed", "ZED", "Claude code"])
def test_a_tool_goes_by_its_id_or_title(name: str) -> None:
    """In any case."""
    assert tool_named(name).title.casefold().startswith(name.casefold()[:3])


def test_an_unknown_tool_is_told_where_to_look() -> None:
    """The name is not repeated."""
    with pytest.raises(NotConnected, match="--list"):
        tool_named("\x1b[31m")


def test_what_opencode_writes_into_its_own_file_stays(desk: Desk) -> None:
    """It adds its schema when it first reads the file, as version 1.18 does when it is run."""
    path = desk.write(".config/opencode/opencode.json", b'{\n  // mine\n  "autoupdate": false\n}\n')
    schema = b'{\n  "$schema": "https://opencode.ai/config.json",\n'
    desk.connect("opencode")
    path.write_bytes(path.read_bytes().replace(b"{\n", schema, 1))
    standing = desk.standing("opencode")

    done = desk.disconnect("opencode")

    assert standing.status == "connected"
    assert not done.exact
    assert path.read_bytes() == schema + b'  // mine\n  "autoupdate": false\n}\n'


def test_comments_in_claude_codes_file_are_warned_of(desk: Desk) -> None:
    """It takes nothing from such a file, so the preview and the list say so."""
    content = b'{\n  // mine\n  "env": {}\n}\n'
    path = desk.write(".claude/settings.json", content)
    preview = desk.known.preview(CLAUDE, BASE, TOKEN)
    connected = desk.connect()
    desk.disconnect()

    assert "ignores this whole file" in preview.notes[0]
    assert "ignores this whole file" in connected.standing.sentence
    assert path.read_bytes() == content
