"""The files that travel with the package are found, installed or not."""

import tomllib
from pathlib import Path

import pytest

from trayapp import resources


@pytest.mark.parametrize("name", ["models.toml", "plans.toml"])
def test_tables_are_read_from_a_checkout(name: str) -> None:
    """Each table comes with the package and is TOML."""
    assert tomllib.loads(resources.read(name).decode())


def test_an_installed_package_has_them_inside(tmp_path: Path) -> None:
    """The folder inside the package comes before one beside it."""
    (tmp_path / "trayapp" / "resources").mkdir(parents=True)

    assert resources.folder(tmp_path / "trayapp") == tmp_path / "trayapp" / "resources"


def test_a_checkout_has_them_beside_it(tmp_path: Path) -> None:
    """Without a folder inside, the one beside the package is meant."""
    assert resources.folder(tmp_path / "trayapp") == tmp_path / "resources"


def test_plans_name_only_classes_that_exist() -> None:
    """Every class a plan limits is one that models belong to."""
    plans = tomllib.loads(resources.read("plans.toml").decode())["plan"]
    classes = {
        each["id"] for each in tomllib.loads(resources.read("models.toml").decode())["class"]
    }

    assert {name for plan in plans for name in plan.get("classes", {})} <= classes


def test_plans_state_three_limits_for_a_class() -> None:
    """A preset is complete: requests, input tokens and output tokens a minute."""
    plans = tomllib.loads(resources.read("plans.toml").decode())["plan"]
    limits = [set(each) for plan in plans for each in plan.get("classes", {}).values()]

    assert all(each == {"requests", "input_tokens", "output_tokens"} for each in limits)


def test_every_plan_is_there() -> None:
    """The five plans of today come first, in their order."""
    plans = tomllib.loads(resources.read("plans.toml").decode())["plan"]

    assert [plan["name"] for plan in plans[:5]] == [
        "Evaluation", "Start", "Build", "Scale", "Custom",
    ]  # fmt: skip


def test_names_of_a_folder_are_found() -> None:
    """Resources of one ending are listed as `read` wants them; an unknown folder has none."""
    assert resources.names("", "plans.toml") == ("/plans.toml",)
    assert resources.names("no-such-folder", ".qm") == ()
