"""What the tools' table says can be said in every language."""

import pytest

from tests.fakes.translating import speaking
from trayapp.connect import files, proxies
from trayapp.connect.tools import TOOLS
from trayapp.ui.wording.tool_words import SENTENCES


def test_nothing_of_the_table_is_left_out() -> None:
    """The window knows the table by its sentences alone."""
    assert {tool.words for tool in TOOLS if tool.words} <= set(SENTENCES)
    assert {proxies.ADVICE, files.CHANGED} <= set(SENTENCES)


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW"])
def test_every_sentence_is_translated(language: str) -> None:
    """Names of commands and settings stay as they are."""
    tr = speaking(language)

    assert all(tr(sentence) != sentence for sentence in SENTENCES)
