"""Whether each thinking file is covered, to the last branch, by the test file of its own name.

    coverage run -m pytest && python -m tests.thinking_coverage

`conftest.py` notes beside each line which test file ran it. For a thinking file only
`tests/<room>/test_<file>.py` (or `test_<file>_<part>.py`, where it is long) counts, and what runs before all tests: definitions at import.
"""

import io
import re
import sys

import coverage

from tests.house_map import PACKAGE, thinking_files

WHOLE = 100.0


def own_test(path: str) -> str:
    """The test file that specifies a file: `pacing/bucket.py` -> `tests/pacing/test_bucket.py`."""
    room, slash, file = path.rpartition("/")
    return f"tests/{room}{slash}test_{file}"


def shortfall(measured: coverage.Coverage, path: str) -> str | None:
    """The line of the report on a file that falls short, None when it is whole."""
    report = io.StringIO()
    try:
        share = measured.report(
            morfs=[str(PACKAGE / path)],
            contexts=["^$", f"^{re.escape(own_test(path).removesuffix('.py'))}(_[a-z]+)*\\.py$"],
            show_missing=True,
            file=report,
        )
    except coverage.exceptions.NoDataError:
        return f"{path} was never imported"
    if share >= WHOLE:
        return None
    (missing,) = re.findall(r"^\S*trayapp.*\d%(.*)$", report.getvalue(), re.MULTILINE)
    return f"{path} {share:.1f} % by {own_test(path)}: {missing.strip()}"


def main() -> int:
    """Print what falls short; the exit code is 1 if anything does."""
    measured = coverage.Coverage()
    measured.load()
    files = thinking_files()
    short = [line for path in files if (line := shortfall(measured, path))]
    sys.stdout.write("".join(f"{line}\n" for line in short))
    sys.stdout.write(f"{len(files) - len(short)} of {len(files)} thinking files are whole\n")
    return int(bool(short))


if __name__ == "__main__":
    sys.exit(main())
