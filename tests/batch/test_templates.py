"""Templates that ship: every file is one, in English and Chinese, and fits the rows it names."""

import pytest

from trayapp.batch import templates
from trayapp.batch.source import read
from trayapp.batch.source_template import template

NAMES = ("code_review", "faq", "interview", "products", "reviews")


def task(text: str) -> templates.Task:
    return templates.read(text.encode())


def test_the_tasks_that_ship() -> None:
    """There are five, each in English and in Chinese."""
    shipped = {name: templates.languages(name) for name in templates.shipped()}

    assert shipped == dict.fromkeys(NAMES, ("en", "zh_CN"))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("name", NAMES)
def test_each_renders_the_rows_it_names(name: str, language: str) -> None:
    """A table with a template's columns becomes prompts without a fault."""
    found = templates.source(name, language)
    assert found is not None
    it = templates.read(found)
    columns = template(it.prompt).columns

    reading = read(",".join(columns) + "\n" + ",".join("x" for _ in columns), "csv", it.prompt)

    assert (reading.faults, len(reading.rows)) == ((), 1)
    assert it.name
    assert it.about
    assert it.system
    assert "x" in reading.rows[0].prompt


def test_a_language_that_is_not_there() -> None:
    """English stands in for it, and a name that does not ship is none."""
    found = templates.source("faq", "fr"), templates.source("faq"), templates.source("../models")

    assert found[0] == found[1]
    assert found[2] is None


def test_plain_text_is_the_only_column() -> None:
    """One column of a template is the row where rows are plain, and stays itself in tables."""
    one, two = task('name = "n"\nprompt = "Say {it}."'), task('name = "n"\nprompt = "{a}{b}"')

    assert [one.fitted("lines"), one.fitted("blocks"), one.fitted("csv"), two.fitted("lines")] == [
        "Say {row}.", "Say {row}.", "Say {it}.", "{a}{b}",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data", [b"\xff", b"nothing", b'name = "n"', b'name = "n"\nprompt = "{"', b"name = 1\nmore = 2"]
)
def test_what_is_no_template(data: bytes) -> None:
    """It is refused in one sentence that names a way to see one."""
    with pytest.raises(templates.NotATemplate, match="sluice batch templates reviews"):
        templates.read(data)
