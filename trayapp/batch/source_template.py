"""A prompt with `{column}` where a cell goes; `{{` and `}}` are braces."""

import re
from collections.abc import Mapping

import msgspec

_PIECES = re.compile(r"\{\{|\}\}|\{([^{}\n]{1,200})\}|[{}]")


class TemplateError(ValueError):
    """The template cannot be read; *at* is the character where."""

    def __init__(self, at: int) -> None:
        super().__init__("A brace in the template is not closed; write {{ for one brace.")
        self.at = at


class Template(msgspec.Struct, frozen=True):
    """Text and columns in turn: `parts[0] cell(columns[0]) parts[1] …`."""

    parts: tuple[str, ...]
    columns: tuple[str, ...]

    def render(self, cells: Mapping[str, str]) -> str:
        """The prompt for *cells*, which hold every column."""
        said = [self.parts[0]]
        for column, part in zip(self.columns, self.parts[1:], strict=True):
            said += (cells[column], part)
        return "".join(said)


def template(text: str) -> Template:
    """Read a template; raises `TemplateError`."""
    parts: list[str] = []
    columns: list[str] = []
    plain: list[str] = []
    end = 0
    for piece in _PIECES.finditer(text):
        plain.append(text[end : piece.start()])
        end = piece.end()
        if piece[0] in {"{{", "}}"}:
            plain.append(piece[0][0])
        elif piece[1] is None:
            raise TemplateError(piece.start())
        else:
            parts.append("".join(plain))
            columns.append(piece[1].strip())
            plain = []
    plain.append(text[end:])
    return Template((*parts, "".join(plain)), tuple(columns))
