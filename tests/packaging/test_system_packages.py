"""What the system must bring: how it is found missing, and what is said or done then."""

import os
import subprocess
from types import ModuleType

import pytest

from tests.packaging.scripts import load


@pytest.fixture
def system() -> ModuleType:
    """The script, loaded afresh."""
    return load("system_packages")


@pytest.fixture
def noted(system: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Everything apt is asked to do; nothing is done."""
    commands: list[list[str]] = []

    def apt(command: list[str]) -> bool:
        commands.append(command)
        return True

    monkeypatch.setattr(system, "apt", apt)
    monkeypatch.setattr(system, "apt_knows", lambda package: True)
    return commands


def bare(system: ModuleType, monkeypatch: pytest.MonkeyPatch, *, kind: str, root: bool) -> None:
    """A Linux where nothing that may be tried answers."""
    needs = {
        group: tuple(need._replace(present=lambda name: False) for need in needs)
        for group, needs in system.NEEDS.items()
    }
    monkeypatch.setattr(system, "NEEDS", needs)
    monkeypatch.setattr(system.sys, "platform", "linux")
    monkeypatch.setattr(system, "family", lambda: kind)
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000, raising=False)


def test_library_that_does_not_exist(system: ModuleType) -> None:
    """What the linker does not find is missing."""
    assert system.loads("libsluice-has-none.so.0") is False


def test_this_python_makes_environments(system: ModuleType) -> None:
    """The suite itself runs in an environment that was made."""
    assert system.makes_venv("venv") is True


def test_nothing_missing_is_silent(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a machine that has everything there is nothing to say."""
    monkeypatch.setattr(system, "missing", lambda groups: [])

    assert system.main(["base", "qt"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"libglib2.0-0t64"}, "libglib2.0-0t64"),
        ({"libglib2.0-0"}, "libglib2.0-0"),
        (set(), "libglib2.0-0"),
    ],
)
def test_renamed_package(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, known: set[str], expected: str
) -> None:
    """Newer releases call glib's package by a longer name; without lists the plain one is said."""
    monkeypatch.setattr(system, "apt_knows", known.__contains__)

    assert system.apt_names([system.NEEDS["qt"][0]]) == [expected]


@pytest.mark.parametrize(
    ("kind", "advice"),
    [
        ("apt", "apt-get install -y --no-install-recommends"),
        ("dnf", "dnf install python3 ca-certificates\n"),
        ("", "install your system's packages for: venv, CA certificates\n"),
    ],
)
def test_user_gets_the_command(
    system: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    noted: list[list[str]],
    capsys: pytest.CaptureFixture[str],
    kind: str,
    advice: str,
) -> None:
    """Who is not root gets the command for this distribution, and nothing is installed."""
    bare(system, monkeypatch, kind=kind, root=False)

    assert system.main(["base"]) == 1
    assert advice in capsys.readouterr().out
    assert noted == []


@pytest.mark.parametrize(
    ("sudo", "listed", "line"),
    [
        ("/usr/bin/sudo", True, "sudo {}"),
        ("/usr/bin/sudo", False, "sudo apt-get update && sudo {}"),
        (None, True, "as root: {}"),
        (None, False, "as root: apt-get update && {}"),
    ],
)
def test_command_works_on_a_bare_system(
    system: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    noted: list[list[str]],
    sudo: str | None,
    listed: bool,
    line: str,
) -> None:
    """Where there is no sudo it is not said, and lists that were never fetched come first."""
    bare(system, monkeypatch, kind="apt", root=False)
    monkeypatch.setattr(system.shutil, "which", lambda name: sudo)
    monkeypatch.setattr(system, "listed", lambda: listed)
    install = "apt-get install -y --no-install-recommends ca-certificates"

    assert system.advice([system.NEEDS["base"][1]], "apt") == line.format(install)


def test_root_installs(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, noted: list[list[str]]
) -> None:
    """Root on Debian gets what is missing by apt-get, and it is tried again."""
    bare(system, monkeypatch, kind="apt", root=True)
    monkeypatch.setattr(system, "still_missing", lambda groups: [])

    assert system.main(["base"]) == 0
    assert noted[-1][-1] == "ca-certificates"


def test_root_elsewhere_gets_the_command(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, noted: list[list[str]]
) -> None:
    """Only apt-get is run by itself."""
    bare(system, monkeypatch, kind="dnf", root=True)

    assert system.main(["base"]) == 1
    assert noted == []


def test_install_that_did_not_help(
    system: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    noted: list[list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is still missing after an installation is named."""
    bare(system, monkeypatch, kind="apt", root=True)
    monkeypatch.setattr(system, "still_missing", lambda groups: list(system.NEEDS["base"]))

    assert system.main(["base"]) == 1
    assert "this system lacks venv, CA certificates" in capsys.readouterr().out


@pytest.mark.parametrize("group", ["qt", "tray"])
def test_missing_qt_is_no_end(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, noted: list[list[str]], group: str
) -> None:
    """Without Qt's libraries everything that draws nothing still works."""
    bare(system, monkeypatch, kind="apt", root=False)

    assert system.main([group]) == 0


def test_empty_lists_are_fetched_first(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, noted: list[list[str]], tmp_path: object
) -> None:
    """A bare system knows no packages until it has been told which there are."""
    monkeypatch.setattr(system, "APT_LISTS", tmp_path)

    system.apt_install(list(system.NEEDS["base"]))

    assert [command[1] for command in noted] == ["update", "install"]


def test_old_lists_are_fetched_again(system: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a package that is listed is there no more, fresh lists help."""
    commands: list[str] = []

    def apt(command: list[str]) -> bool:
        commands.append(command[1])
        return command[1] == "update"

    monkeypatch.setattr(system, "apt", apt)
    monkeypatch.setattr(system, "apt_knows", lambda package: True)

    system.apt_install(list(system.NEEDS["base"]))

    assert commands[-3:] == ["install", "update", "install"]


def test_other_systems_bring_everything(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On macOS and Windows Python's installer and the wheels hold all there is to need."""
    bare(system, monkeypatch, kind="", root=False)
    monkeypatch.setattr(system.sys, "platform", "darwin")

    assert system.main(["base", "qt"]) == 0


@pytest.mark.parametrize(
    ("release", "kind"),
    [
        ({"ID": "debian"}, "apt"),
        ({"ID": "ubuntu", "ID_LIKE": "debian"}, "apt"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "apt"),
        ({"ID": "fedora"}, "dnf"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "dnf"),
        ({"ID": "arch"}, ""),
        ({}, ""),
    ],
)
def test_family(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, release: dict[str, str], kind: str
) -> None:
    """Relatives of a distribution are known by what they say they are like."""
    monkeypatch.setattr(system.platform, "freedesktop_os_release", lambda: release)
    monkeypatch.setattr(system.shutil, "which", lambda name: f"/usr/bin/{name}")

    assert system.family() == kind


def test_system_that_does_not_say_what_it_is(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without os-release the advice is a general one."""

    def absent() -> dict[str, str]:
        raise OSError

    monkeypatch.setattr(system.platform, "freedesktop_os_release", absent)

    assert system.family() == ""


def test_certificates_are_tried(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    """A bundle that pip was pointed at is as good as the system's."""
    monkeypatch.setenv("PIP_CERT", __file__)

    assert system.trusts_someone("CA certificates") is True


def test_absent_apt_knows_nothing(system: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no apt-cache, no name is better than another."""

    def absent(*_: object, **__: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(subprocess, "run", absent)

    assert system.apt_knows("libgl1") is False
