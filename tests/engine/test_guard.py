"""What an environment says about TLS is gone; closing the memory is tried in `tests/door`."""

from trayapp.engine import guard


def test_variables_that_would_change_tls_are_forgotten() -> None:
    """Key logs, other roots and password files have no effect; the rest of the environment stays."""
    environ = dict.fromkeys(guard.UNWANTED, "x") | {"PATH": "/bin"}

    guard.forget(environ)
    guard.forget(environ)

    assert environ == {"PATH": "/bin"}


def test_the_list_holds_what_openssl_and_python_read() -> None:
    """The names that OpenSSL and the standard library look at."""
    assert {"SSLKEYLOGFILE", "SSL_CERT_FILE", "SSL_CERT_DIR"} <= set(guard.UNWANTED)
