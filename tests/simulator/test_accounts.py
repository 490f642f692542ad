"""Organizations by credential, each with its pools."""

import re

import pytest

from trayapp.simulator.accounts import Accounts, credential_of
from trayapp.simulator.errors import ApiError
from trayapp.simulator.plans import Plan


@pytest.fixture
def accounts(plan: Plan) -> Accounts:
    return Accounts(plan.limits, plan.requests)


def test_a_credential_has_one_organization(accounts: Accounts) -> None:
    """The same credential is always the same organization, with the ids of one."""
    one = accounts.of(b"sk-ant-one")

    assert accounts.of(b"sk-ant-one") is one
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one.id)
    assert accounts.member(b"sk-ant-one").workspace.startswith("wrkspc_01")


def test_two_credentials_are_two_organizations(accounts: Accounts) -> None:
    """Limits are not shared between them."""
    assert accounts.of(b"sk-ant-one").id != accounts.of(b"sk-ant-two").id


def test_keys_of_one_organization_share_it(accounts: Accounts) -> None:
    """What follows a `#` tells keys of one organization apart, nothing else."""
    assert accounts.of(b"sk-ant-one#laptop") is accounts.of(b"sk-ant-one#desk")


def test_workspaces_of_one_organization(accounts: Accounts) -> None:
    """What follows an `@` is a workspace: it has its own id and draws on the same limits."""
    desk, lab = accounts.member(b"sk-ant-one@desk#1"), accounts.member(b"sk-ant-one@lab")

    assert desk.owner is lab.owner is accounts.of(b"sk-ant-one")
    assert desk.workspace != lab.workspace
    assert desk.workspace == accounts.member(b"sk-ant-one@desk#2").workspace


def test_each_model_class_has_its_own_pool(accounts: Accounts) -> None:
    """Two classes draw on two pools, the same class on one."""
    owner = accounts.of(b"sk-ant-one")

    assert owner.pool("opus-5", 0.0) is owner.pool("opus-5", 9.0)
    assert owner.pool("opus-5", 0.0) is not owner.pool("opus-5.5", 0.0)


def test_other_endpoints_have_limits_of_their_own(accounts: Accounts) -> None:
    """An endpoint's limit is kept between calls."""
    owner = accounts.of(b"sk-ant-one")

    assert owner.beside("files", 0.0) is owner.beside("files", 1.0)


def test_states_tell_true_levels(accounts: Accounts) -> None:
    """A state has the levels at the moment asked, unrounded."""
    accounts.of(b"sk-ant-one").pool("opus-5", 0.0).admit(100_000.0, 0.0)

    (state,) = accounts.states(1.5)

    assert (state.model_class, state.open) == ("opus-5", 0)
    assert (state.requests, state.input_tokens) == (1000.0, 1_950_000.0)


@pytest.mark.parametrize(
    ("api_key", "authorization", "credential"),
    [
        (b"key", None, b"key"),
        (None, b"Bearer token", b"token"),
        (None, b"bearer  token ", b"token"),
        (b"key", b"Bearer token", b"key"),
    ],
)
def test_both_forms_are_credentials(
    api_key: bytes | None, authorization: bytes | None, credential: bytes
) -> None:
    """`x-api-key` comes first, a Bearer token will do."""
    assert credential_of(api_key, authorization) == credential


@pytest.mark.parametrize("authorization", [None, b"", b"Bearer ", b"Basic dTpw", b"token"])
def test_without_a_credential_nobody_enters(authorization: bytes | None) -> None:
    """No credential is an authentication error."""
    with pytest.raises(ApiError) as refused:
        credential_of(None, authorization)

    assert (refused.value.status, refused.value.kind) == (401, "authentication_error")
