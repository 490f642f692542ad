"""Templates: columns in braces, braces doubled."""

import pytest

from trayapp.batch.source_template import TemplateError, template


def test_cells_go_where_their_columns_stand() -> None:
    """Columns may come again, have spaces around, and any letters."""
    pattern = template("Rate { review }: {价格} / {review}")

    assert pattern.columns == ("review", "价格", "review")
    assert pattern.render({"review": "a {b}", "价格": "5"}) == "Rate a {b}: 5 / a {b}"


def test_doubled_braces_are_braces() -> None:
    """JSON can be shown in a template."""
    assert template('{{"a": "{x}"}}').render({"x": "1"}) == '{"a": "1"}'


@pytest.mark.parametrize(("text", "at"), [("a {b", 2), ("a } b", 2), ("{}", 0), ("{a\nb}", 0)])
def test_an_open_brace_is_an_error_at_its_place(text: str, at: int) -> None:
    """What looks like a column and is none is not sent as it stands."""
    with pytest.raises(TemplateError) as caught:
        template(text)

    assert caught.value.at == at
