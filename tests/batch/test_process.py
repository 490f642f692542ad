"""How a worker is started."""

from trayapp.batch.process import COMMAND, environment


def test_a_worker_knows_little_of_the_environment() -> None:
    """No proxy, no roots, no key and no header of the environment reaches the SDK."""
    given = {
        "PATH": "/bin",
        "HTTPS_PROXY": "http://evil",
        "SSL_CERT_FILE": "/evil.pem",
        "ANTHROPIC_CUSTOM_HEADERS": "x: y",
        "PYTHONPATH": "/more",
    }

    assert sorted(environment(given)) == ["PATH", "PYTHONPATH"]
    assert environment({})["PYTHONPATH"] in environment(given)["PYTHONPATH"]


def test_the_present_folder_adds_no_modules() -> None:
    """A `json.py` of the user's checkout is not run in our worker."""
    assert "-P" in COMMAND
