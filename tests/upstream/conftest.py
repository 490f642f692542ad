"""What several files on the upstream need."""

import pytest

from tests.fakes.certificates import Certificate, certificate
from tests.fakes.dialling import NAME


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """A certificate for the upstream's name, valid now."""
    return certificate(tmp_path_factory.mktemp("good"), NAME)
