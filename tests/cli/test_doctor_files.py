"""The home as the doctor sees it: settings, folders, files, databases; nothing is changed."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from trayapp.cli import doctor_files
from trayapp.cli.findings import Finding
from trayapp.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A prepared home."""
    home = Home.locate(str(tmp_path / "h"), {})
    home.prepare()
    return home


def states(findings: list[Finding]) -> list[str]:
    return [finding.state for finding in findings]


def test_absent_home_is_noted_and_not_made(tmp_path: Path) -> None:
    """Looking at a home must not make one."""
    home = Home.locate(str(tmp_path / "nowhere"), {})

    assert states(list(doctor_files.folders(home))) == ["note"]
    assert states(list(doctor_files.files(home))) == []
    assert list(tmp_path.iterdir()) == []


def test_home_of_ours_is_fine(home: Home) -> None:
    """Folders as `prepare` makes them are one line."""
    (home.data / "kept").write_bytes(b"")

    assert states(list(doctor_files.folders(home))) == ["ok"]
    assert states(list(doctor_files.files(home))) == ["ok"]


def test_open_folder_is_told_and_left(home: Home) -> None:
    """The remedy is said, not carried out: others may have put something there."""
    home.data.chmod(0o755)

    (finding,) = doctor_files.folders(home)

    assert (finding.state, finding.remedy.endswith(f"chmod 700 {home.data}")) == ("failed", True)
    assert home.data.stat().st_mode & 0o777 == 0o755


def test_link_and_file_in_place_of_a_folder(home: Home, tmp_path: Path) -> None:
    """A link is never trusted, nor is what is no folder."""
    home.cache.rmdir()
    home.cache.symlink_to(tmp_path)
    home.run.rmdir()
    home.run.write_bytes(b"")

    words = " ".join(finding.words for finding in doctor_files.folders(home))

    assert f"{home.cache} is a link." in words
    assert f"{home.run} is no folder." in words


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_foreign_folder(home: Home) -> None:
    """A folder of another user names that user."""
    os.chown(home.cache, 12345, -1)

    (finding,) = doctor_files.folders(home)

    assert "belongs to another user (uid 12345)" in finding.words


def test_readable_files_are_named(home: Home) -> None:
    """The first few by name, the others counted."""
    for number in range(5):
        path = home.data / f"file{number}"
        path.write_bytes(b"")
        path.chmod(0o644)

    words = [finding.words for finding in doctor_files.files(home)]

    assert [word.rpartition("/")[2] for word in words[:3]] == [
        f"file{number} can be read by others." for number in range(3)
    ]
    assert words[3] == "So can 2 more."


def test_full_disk_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Little room is told before it is none."""
    real = shutil.disk_usage(home.data)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: real._replace(free=5 * 2**20))

    assert "5 MB are left" in list(doctor_files.files(home))[-1].words


def test_bad_settings_are_told_and_the_rest_goes_on(home: Home) -> None:
    """A broken line is named, and the defaults stand in."""
    home.config_file.write_text("[listener]\nport = 'x'\n")

    preferences, finding = doctor_files.settings_of(home)

    assert preferences.listener.port == 7429
    assert (finding.state, "line 2" in finding.words) == ("failed", True)


@pytest.mark.parametrize("text", [None, "[listener]\nport = 1\n"])
def test_good_settings(home: Home, text: str | None) -> None:
    """A file that is understood, or none, is fine."""
    if text is not None:
        home.config_file.write_text(text)

    assert doctor_files.settings_of(home)[1].state == "ok"


def made(path: Path) -> Path:
    """A database with a page to spoil."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE numbers (n INTEGER)")
    connection.executemany("INSERT INTO numbers VALUES (?)", [(n,) for n in range(5000)])
    connection.commit()
    connection.close()
    return path


def test_whole_database(home: Home) -> None:
    """A database that reads well is said so, with its size, and nothing appears beside it."""
    made(home.meter_db)

    (finding,) = doctor_files.databases(home, running=False)

    assert (finding.state, finding.words[:17]) == ("ok", "meter.db is whole")
    assert [path.name for path in home.data.iterdir()] == ["meter.db"]


def test_damaged_database(home: Home) -> None:
    """Damage, and what is no database, are told with what is lost."""
    content = bytearray(made(home.meter_db).read_bytes())
    content[4096:4200] = b"\xff" * 104
    home.meter_db.write_bytes(content)
    (home.cache / "cache.db").write_bytes(b"no database" * 400)

    meter, cache = doctor_files.databases(home, running=False)

    assert (meter.state, "history and tools begin anew" in meter.remedy) == ("failed", True)
    assert "is no database any more" in cache.words


def test_unreadable_database(home: Home) -> None:
    """What cannot even be opened is told, too."""
    home.meter_db.mkdir()

    (finding,) = doctor_files.databases(home, running=False)

    assert "cannot be read" in finding.words


def test_running_engine_keeps_its_databases(home: Home) -> None:
    """No other process opens them while an engine runs."""
    home.meter_db.write_bytes(b"no database")

    (finding,) = doctor_files.databases(home, running=True)

    assert finding.state == "ok"


def test_large_database_is_not_waited_for(home: Home) -> None:
    """What cannot be read through in time is taken for good."""
    made(home.meter_db)

    assert doctor_files.fault_in(home.meter_db, patience=0.0) is None


def test_log_beside_it_is_read_too(home: Home) -> None:
    """After a crash the newest rows are in the log, which is part of the database."""
    connection = sqlite3.connect(home.meter_db)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE numbers (n INTEGER)")

    fault = doctor_files.fault_in(home.meter_db)

    connection.close()
    assert fault is None
