"""A text is found, put in its plural form, filled in and set."""

from trayapp.ui.speech import Tr, later


def found(text: str, number: int | None) -> str | None:
    """A translator's file with two texts."""
    if text == "{n} requests":
        return "{n} request" if number == 1 else "{n} requests"
    return {"Used {share}": "已用{share}总额"}.get(text)


def test_text_without_translation_is_itself() -> None:
    """What nobody translated is said in English, braces and all where nothing fills them."""
    assert Tr(found)("Held {time}") == "Held {time}"


def test_number_chooses_the_form_and_fills_it() -> None:
    """A number is said in full, with separators, in the form that goes with it."""
    tr = Tr(found)

    assert [tr("{n} requests", number) for number in (1, 1284)] == ["1 request", "1,284 requests"]


def test_chinese_gets_air_around_figures() -> None:
    """Between Chinese characters and figures or Latin letters stands a space."""
    tr = Tr(found, language="zh_CN")

    assert tr("Used {share}", share="86%") == "已用 86% 总额"


def test_words_are_not_read_as_templates() -> None:
    """A name with braces in it is said as it is."""
    assert Tr(found)("“{name}”", name="{x}") == "“{x}”"


def test_marked_text_is_itself() -> None:
    """A text to be said later stays the key to its translation."""
    assert later("Requests") == "Requests"
