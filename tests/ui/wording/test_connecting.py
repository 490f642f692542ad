"""What is said of tools."""

import pytest

from trayapp.model.connecting import Preview, Standing, Status
from trayapp.ui.speech import Tr
from trayapp.ui.wording import connecting

TR = Tr(lambda _text, _number: None)
READY = Standing("zed", "Zed", "ready", "/z")
CONNECTED = Standing("zed", "Zed", "connected", "/z", "http://h", sentence="")


@pytest.mark.parametrize(
    ("standing", "preview", "words"),
    [
        (READY, None, "Changes one settings file."),
        (READY, Preview(READY, refusal="It is a link."), "It is a link."),
        (CONNECTED, None, "Points at http://h."),
        (Standing("z", "Z", "gone", sentence="It is gone."), None, "It is gone."),
        (Standing("z", "Z", "hand", sentence="Open its settings."), None, "Open its settings."),
    ],
)
def test_a_pane_says_how_the_tool_stands(
    standing: Standing, preview: Preview | None, words: str
) -> None:
    """The reason comes first, wherever there is one."""
    assert connecting.caption(TR, standing, preview).startswith(words)


@pytest.mark.parametrize(("status", "heading"), [("ready", "Connect Zed"), ("gone", "Zed")])
def test_the_heading_says_what_can_be_done(status: Status, heading: str) -> None:
    """A connected tool is not to be connected."""
    assert connecting.heading(TR, Standing("zed", "Zed", status)) == heading


def test_counts_places_and_words_are_said() -> None:
    """Each by its own sentence."""
    preview = Preview(READY, added=4, removed=1)

    assert connecting.added(TR, preview) == "4 lines added"
    assert connecting.removed(TR, preview) == "1 removed"
    assert connecting.status(TR, READY) == "Ready to connect"
    assert connecting.kind(TR, "batch") == "Last (batch)"
    assert connecting.place(TR, "normal") == "after interactive tools, before batches"


@pytest.mark.parametrize(
    ("is_connected", "heard", "words"),
    [(False, False, "Connect it, then"), (True, False, "Ask Zed"), (True, True, "arrived.")],
)
def test_first_request_is_told(is_connected: bool, heard: bool, words: str) -> None:
    """What to do until it arrived."""
    assert words in connecting.first_request(TR, READY, is_connected=is_connected, heard=heard)


def test_those_that_point_at_nobody_are_named() -> None:
    """In Chinese with its own comma."""
    chinese = Tr(lambda _text, _number: None, language="zh_CN")

    assert "“Zed”, “aider”" in connecting.dead(TR, ("Zed", "aider"))
    assert "“Zed”、“aider”" in connecting.dead(chinese, ("Zed", "aider"))
    assert "none goes without" in connecting.dead(TR, ())


def test_a_tool_whose_file_is_gone_points_nowhere() -> None:
    """What cannot be read may still do."""
    statuses: tuple[Status, ...] = ("connected", "gone", "unreadable", "ready", "changed")
    tools = [Standing(status, status, status) for status in statuses]

    pointing = [each.tool for each in connecting.pointing(tools)]

    assert pointing == ["connected", "unreadable", "changed"]
