"""`python -m trayapp.ui.gallery DIR [SCENE ...]`: writes the pictures, of all scenes or of some."""

import sys
from pathlib import Path

from trayapp.ui.gallery import pictures
from trayapp.ui.gallery.scenes import SCENES


def main(folder: str, *names: str) -> int:
    """Write them; 1 where that failed."""
    app = pictures.application()
    wanted = {name: SCENES[name] for name in names or SCENES}
    try:
        taken = pictures.take(Path(folder), wanted)
    except OSError as error:
        print(f"sluice: {error}", file=sys.stderr)  # noqa: T201 - for the person who asked
        return 1
    print(f"{taken} pictures of {len(wanted)} scenes are in {folder}.")  # noqa: T201 - as above
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
