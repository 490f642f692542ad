"""Signs that a settings file is written by a program, which would undo our change or publish it."""

import re
from collections.abc import Iterable

HEAD = 5
"""Lines in which a file says who writes it."""

_WRITTEN = re.compile(
    r"""
    \b(?:this|the)\ (?:config(?:uration)?\ )?file\ (?:is|was|has\ been)
        \ (?:auto(?:matically)?[-\ ]?)?(?:generated|managed)\b
    | \bdo\ not\ (?:edit|modify)\b
    | \bansible[_\ ]managed\b
    | \b(?:managed|generated|written)\ by\ (?:\S+\ )?
        (?:chezmoi|home-manager|nix|puppet|chef|ansible|yadm|dotbot|rcm|mackup|jamf|intune|kandji|mosyle)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ATTRIBUTES = re.compile(
    r"(?:(?:after|before|create|empty|encrypted|exact|executable|external|literal|modify|once"
    r"|onchange|private|readonly|remove|run|symlink)_)*"
)


def written_by_a_program(text: str) -> bool:
    """Whether the first lines say that nobody should edit the file."""
    return any(_WRITTEN.search(line) for line in text.splitlines()[:HEAD])


def link_words(target: str) -> str:
    """Why a file that is a link to *target* is left alone."""
    if target.startswith("/nix/store/"):
        return "is written by Nix; set this in your Nix configuration instead"
    if re.search(r"dotfiles|chezmoi|stow|/\.?dots?/", target):
        return "is a link into your dotfiles, where a token would be published; change it there"
    return "is a link; Sluice edits only files that are where the tool looks for them"


def chezmoi_name(part: str, listing: Iterable[str]) -> str | None:
    """What *part* is called in a folder of chezmoi's source, if it is there."""
    return next((name for name in listing if _plain(name) == part), None)


def _plain(name: str) -> str:
    """What a name of chezmoi's source is called in the home folder."""
    name = re.sub(r"\.(?:tmpl|age|asc|literal)$", "", name)
    name = _ATTRIBUTES.sub("", name, count=1)
    return re.sub(r"^dot_", ".", name)


def in_git(index: bytes, path: str) -> bool:
    """Whether a git index names *path*."""
    return path.encode() + b"\0" in index
