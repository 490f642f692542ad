"""What `bootstrap.py` does on a fresh machine, on a known one, and after an interruption."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.house_map import ROOT
from tests.packaging.scripts import load

posix_only = pytest.mark.skipif(os.name != "posix", reason="stands a shell script in for Python")


@pytest.fixture
def bootstrap() -> ModuleType:
    """The script, loaded afresh."""
    return load("bootstrap")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with the files that set-up reads, under a name that is hard to quote."""
    root = tmp_path / "a tree ü"
    (root / "packaging").mkdir(parents=True)
    (root / "packaging" / "requirements.lock").write_text("runtime==1")
    (root / "packaging" / "requirements-dev.lock").write_text("dev==1")
    (root / "pyproject.toml").write_text("[project]")
    return root


class Steps:
    """Stands in for `run`: notes what would be run, makes what a venv would hold."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.noted: list[str] = []
        self.fail_at = ""

    def run(self, command: list[str], otherwise: str) -> None:
        step = "venv" if "venv" in command else Path(command[-1]).name
        if step == self.fail_at:
            raise KeyboardInterrupt
        self.noted.append(step)
        if step == "venv" or "--clear" in command:
            self.noted[-1] = "venv"
            (self.root / ".venv").mkdir(exist_ok=True)


@pytest.fixture
def steps(bootstrap: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch) -> Steps:
    """Nothing is run; any environment that was made is said to start."""
    noted = Steps(tree)
    monkeypatch.setattr(bootstrap, "run", noted.run)
    monkeypatch.setattr(bootstrap, "version_of", lambda command: (3, 11))
    return noted


def prepare(bootstrap: ModuleType, tree: Path, verb: str) -> None:
    bootstrap.Environment(tree).prepare(bootstrap.wanted_stamp(tree, verb))


# --- The virtual environment ----------------------------------------------------------------


def test_first_demo(bootstrap: ModuleType, tree: Path, steps: Steps) -> None:
    """A demo needs the runtime lock and the project itself, not what tests need."""
    prepare(bootstrap, tree, "demo")

    assert steps.noted == ["venv", "requirements.lock", "a tree ü"]


def test_first_test(bootstrap: ModuleType, tree: Path, steps: Steps) -> None:
    """The tests need both locks."""
    prepare(bootstrap, tree, "test")

    assert steps.noted == ["venv", "requirements.lock", "requirements-dev.lock", "a tree ü"]


@pytest.mark.parametrize(
    ("first", "second"), [("demo", "demo"), ("test", "test"), ("test", "demo")]
)
def test_second_run_does_nothing(
    bootstrap: ModuleType, tree: Path, steps: Steps, first: str, second: str
) -> None:
    """What is already there is not made again; an environment for tests serves a demo."""
    prepare(bootstrap, tree, first)
    steps.noted.clear()

    prepare(bootstrap, tree, second)

    assert steps.noted == []


def test_demo_between_tests_keeps_what_tests_need(
    bootstrap: ModuleType, tree: Path, steps: Steps
) -> None:
    """A demo does not make the environment forget that it is fit for tests."""
    prepare(bootstrap, tree, "test")
    prepare(bootstrap, tree, "demo")
    steps.noted.clear()

    prepare(bootstrap, tree, "test")

    assert steps.noted == []


def test_tests_after_a_demo_add_their_lock(bootstrap: ModuleType, tree: Path, steps: Steps) -> None:
    """Only what tests need in addition is installed."""
    prepare(bootstrap, tree, "demo")
    steps.noted.clear()

    prepare(bootstrap, tree, "test")

    assert steps.noted == ["requirements-dev.lock"]


def test_new_lock_makes_it_anew(bootstrap: ModuleType, tree: Path, steps: Steps) -> None:
    """Packages of an older lock do not linger."""
    prepare(bootstrap, tree, "demo")
    steps.noted.clear()
    (tree / "packaging" / "requirements.lock").write_text("runtime==2")

    prepare(bootstrap, tree, "demo")

    assert steps.noted == ["venv", "requirements.lock", "a tree ü"]


def test_new_project_file_installs_the_project_again(
    bootstrap: ModuleType, tree: Path, steps: Steps
) -> None:
    """A new version or command needs no network."""
    prepare(bootstrap, tree, "demo")
    steps.noted.clear()
    (tree / "pyproject.toml").write_text("[project]\nversion = '2'")

    prepare(bootstrap, tree, "demo")

    assert steps.noted == ["a tree ü"]


def test_moved_tree_makes_it_anew(bootstrap: ModuleType, tree: Path, steps: Steps) -> None:
    """Scripts in an environment name their place, so it cannot be moved."""
    prepare(bootstrap, tree, "demo")
    moved = tree.rename(tree.with_name("elsewhere"))
    steps.root = moved
    steps.noted.clear()

    prepare(bootstrap, moved, "demo")

    assert steps.noted == ["venv", "requirements.lock", "elsewhere"]


@pytest.mark.parametrize("step", ["requirements.lock", "requirements-dev.lock", "a tree ü"])
def test_interrupted_run_is_repaired(
    bootstrap: ModuleType, tree: Path, steps: Steps, step: str
) -> None:
    """A first run that was cut anywhere is made anew by the second."""
    steps.fail_at = step
    with pytest.raises(KeyboardInterrupt):
        prepare(bootstrap, tree, "test")
    steps.fail_at = ""
    steps.noted.clear()

    prepare(bootstrap, tree, "test")

    assert steps.noted == ["venv", "requirements.lock", "requirements-dev.lock", "a tree ü"]


def test_interrupted_addition_is_repaired(bootstrap: ModuleType, tree: Path, steps: Steps) -> None:
    """An environment that was whole before the cut is not trusted after it."""
    prepare(bootstrap, tree, "demo")
    steps.fail_at = "requirements-dev.lock"
    with pytest.raises(KeyboardInterrupt):
        prepare(bootstrap, tree, "test")
    steps.fail_at = ""
    steps.noted.clear()

    prepare(bootstrap, tree, "demo")

    assert steps.noted == ["venv", "requirements.lock", "a tree ü"]


@pytest.mark.parametrize("content", ["", "[]", '{"base": "x"}', "\0"])
def test_damaged_stamp_counts_as_none(
    bootstrap: ModuleType, tree: Path, steps: Steps, content: str
) -> None:
    """A stamp that cannot be read says nothing."""
    prepare(bootstrap, tree, "demo")
    environment = bootstrap.Environment(tree)
    environment.stamp_file.write_text(content)

    assert environment.stamp() is None


def test_environment_that_does_not_start_counts_as_none(
    bootstrap: ModuleType, tree: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the system's Python went away, the environment went with it."""
    prepare(bootstrap, tree, "demo")
    monkeypatch.setattr(bootstrap, "version_of", lambda command: None)

    assert bootstrap.Environment(tree).stamp() is None


def test_what_lay_there_before_is_removed(bootstrap: ModuleType, tree: Path, steps: Steps) -> None:
    """An environment without a stamp is not mixed with the new one."""
    (tree / ".venv").mkdir()
    (tree / ".venv" / "half").write_text("a package")

    prepare(bootstrap, tree, "demo")

    assert not (tree / ".venv" / "half").exists()


# --- Which Python ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "suits"),
    [((2, 7), False), ((3, 10), False), ((3, 11), True), ((3, 14), True), ((3, 15), False)],
)
def test_which_pythons_suit(bootstrap: ModuleType, version: tuple[int, int], suits: bool) -> None:
    """From 3.11 to 3.14, as pyproject.toml says."""
    assert bootstrap.suits(version) is suits


def test_old_python_can_read_the_script() -> None:
    """Python 3.8 gets as far as saying what it lacks."""
    source = (ROOT / "packaging" / "bootstrap.py").read_text("utf-8")

    tree = ast.parse(source, feature_version=(3, 8))

    assert ast.get_docstring(tree)


def test_running_python_says_its_version(bootstrap: ModuleType) -> None:
    """A Python is asked, not guessed by its name."""
    assert bootstrap.version_of([sys.executable]) == sys.version_info[:2]


@pytest.mark.parametrize("code", ["exit 127", "echo no version", "exit 0"])
@posix_only
def test_shim_without_python_is_no_candidate(
    bootstrap: ModuleType, tmp_path: Path, code: str
) -> None:
    """A name on PATH that answers with anything else is passed over."""
    shim = tmp_path / "python3.12"
    shim.write_text(f"#!/bin/sh\n{code}\n")
    shim.chmod(0o755)

    assert bootstrap.version_of([str(shim)]) is None


@posix_only
def test_suitable_python_is_found_on_path(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest that answers with a version that suits is taken."""
    for name, answer in {
        "python3.14": "exit 1",
        "python3.13": "echo 3 13",
        "python3": "echo 3 9",
    }.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{answer}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert bootstrap.suitable_python() == [str(tmp_path / "python3.13")]


def test_no_suitable_python(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without one, the sentence says what is needed and what this is."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(bootstrap.SetupError, match=r"needs Python 3\.11 to 3\.14, this is 3\."):
        bootstrap.suitable_python()


def test_unsuitable_python_hands_over(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Python that is too old lets a better one do the same work."""
    handed: list[list[str]] = []

    def hand_over(command: list[str]) -> int:
        handed.append(command)
        return 0

    monkeypatch.setattr(bootstrap, "suits", lambda version: False)
    monkeypatch.setattr(bootstrap, "suitable_python", lambda: ["/usr/bin/python3.13"])
    monkeypatch.setattr(bootstrap, "hand_over", hand_over)

    bootstrap.main(["demo", "--seconds", "5"])

    assert handed == [
        ["/usr/bin/python3.13", str(ROOT / "packaging" / "bootstrap.py"), "demo", "--seconds", "5"]
    ]


# --- The two verbs --------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]])
def test_usage(
    bootstrap: ModuleType, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Without one of its two verbs it says which there are."""
    assert bootstrap.main(arguments) == 2
    assert "bootstrap.py demo" in capsys.readouterr().out


def test_arguments_pass_through(bootstrap: ModuleType, tree: Path) -> None:
    """What follows the verb is for the demo, or for pytest."""
    environment = bootstrap.Environment(tree)

    assert bootstrap.final_command(environment, "demo", ["--seconds", "5"])[1:] == [
        "-m", "trayapp", "demo", "--seconds", "5",
    ]  # fmt: skip
    assert bootstrap.final_command(environment, "test", ["-k", "x"])[1:] == [
        str(tree / "packaging" / "checks.py"), "-k", "x",
    ]  # fmt: skip


def test_system_packages_fit_the_verb(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tray needs a display, and the tests bring their own, with all that shows in it."""
    monkeypatch.delenv("DISPLAY", raising=False)
    hidden = bootstrap.system_groups("demo")
    monkeypatch.setenv("DISPLAY", ":0")

    assert hidden == ["base", "qt"]
    assert bootstrap.system_groups("demo") == ["base", "qt", "tray"]
    assert bootstrap.system_groups("test") == ["base", "qt", "tray", "screen", "keyring"]


@pytest.mark.parametrize("name", ["PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET"])
def test_environment_leads_nowhere_else(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Settings that would send pip or Python to another place do not reach them."""
    monkeypatch.setenv(name, "/somewhere/else")

    assert name not in bootstrap.child_environment()


def test_failed_step_says_so(
    bootstrap: ModuleType,
    tree: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A command that fails ends set-up with one sentence and exit code 1."""
    monkeypatch.setattr(bootstrap, "ROOT", tree)
    (tree / "packaging" / "system_packages.py").write_text("raise SystemExit(1)")

    assert bootstrap.main(["demo"]) == 1
    assert "run this again once that is installed" in capfd.readouterr().out


def test_interruption_says_so(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C ends set-up without a traceback."""

    def interrupt(verb: str, rest: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "bootstrap", interrupt)

    assert bootstrap.main(["test"]) == 1
    assert "the next run repairs" in capsys.readouterr().out


@pytest.mark.slow
@posix_only
def test_hand_over_keeps_words_and_exit_code(tmp_path: Path) -> None:
    """Arguments with spaces and letters of any language arrive as they are."""
    code = "import json, sys; print(json.dumps(sys.argv[1:])); sys.exit(3)"
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'packaging')!r}); import bootstrap; "
        f"bootstrap.hand_over([sys.executable, '-c', {code!r}, 'zwei Wörter', '密钥'])"
    )

    answer = subprocess.run(
        [sys.executable, "-B", "-c", script], capture_output=True, text=True, check=False
    )

    assert (json.loads(answer.stdout), answer.returncode) == (["zwei Wörter", "密钥"], 3)
