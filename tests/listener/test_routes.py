"""Which of the API's paths a request is for, and what it may carry there."""

import pytest

from trayapp.listener.routes import (
    BATCHES,
    COUNT_TOKENS,
    FILES,
    HELLO,
    MEGABYTE,
    MESSAGES,
    MODELS,
    OTHER,
    Rule,
    check_carriage,
    place_of,
)
from trayapp.model.errors import Refused

JSON = {b"content-type": b"application/json"}


@pytest.mark.parametrize(
    ("target", "rule"),
    [
        (b"/v1/messages", MESSAGES),
        (b"/v1/messages?beta=true", MESSAGES),
        (b"/v1/messages?base_url=https://evil.example", MESSAGES),
        (b"/v1/messages/count_tokens", COUNT_TOKENS),
        (b"/v1/messages/batches", BATCHES),
        (b"/v1/messages/batches?limit=20", BATCHES),
        (b"/v1/messages/batches/msgbatch_1/results", BATCHES),
        (b"/v1/messages/batches/msgbatch_1/cancel", BATCHES),
        (b"/v1/files", FILES),
        (b"/v1/files/file_1/content", FILES),
        (b"/v1/models", MODELS),
        (b"/v1/models/claude-opus-5-5", MODELS),
        (b"/v1/models/a%20b", MODELS),
        (b"/api/hello", HELLO),
        (b"/v1/chat/completions", OTHER),
        (b"/v1/messages/", OTHER),
        (b"/v1/messages/other", OTHER),
        (b"/v1/filesystem", OTHER),
        (b"/v1/organizations/rate_limits", OTHER),
    ],
)
def test_path_has_its_rule(target: bytes, rule: Rule) -> None:
    """Each part of the API is known by its path, and asked for as the caller asked."""
    place = place_of(target)

    assert place is not None
    assert (place.rule, place.target) == (rule, target)


@pytest.mark.parametrize(
    ("target", "asked"),
    [
        (b"/v1/v1/messages?beta=true", b"/v1/messages?beta=true"),
        (b"/messages", b"/v1/messages"),
        (b"/messages/count_tokens", b"/v1/messages/count_tokens"),
        (b"/models?limit=5", b"/v1/models?limit=5"),
        (b"/files/file_1", b"/v1/files/file_1"),
        (b"/chat/completions", b"/v1/chat/completions"),
    ],
)
def test_doubled_or_missing_version_is_mended(target: bytes, asked: bytes) -> None:
    """Tools differ on whether a base URL holds `/v1`; all of them arrive."""
    place = place_of(target)

    assert place is not None
    assert place.target == asked


@pytest.mark.parametrize(
    "target",
    [
        b"/",
        b"/v1",
        b"/v1/",
        b"/V1/messages",
        b"/health",
        b"/metrics",
        b"/favicon.ico",
        b"/docs",
        b"/debug",
        b"/admin",
        b"/messagesx",
        b"/api/hello/",
    ],
)
def test_nothing_else_is_here(target: bytes) -> None:
    """There is no page, no health check and no admin path to find (A17)."""
    assert place_of(target) is None


@pytest.mark.parametrize(
    "target",
    [
        b"//",
        b"/v1//messages",
        b"/v1/../admin",
        b"/v1/./messages",
        b"/v1/messages/..",
        b"/v1/%2e%2e/admin",
        b"/v1/.%2E/admin",
        b"/v1/files%2fx",
        b"/v1/files%5Cx",
        b"/v1/files%00",
        b"/v1/files%252e",
        b"/v1/files%3bx",
        b"/v1/files%zz",
        b"/v1/files%2",
        b"/v1/messages;x",
        b"/v1\\messages",
        b"/v1/messages#x",
        b"/v1/mess ages",
        b"/v1/messages\xe9",
        b"/v1/messages?x=\xe9",
        b"/v1/messages?x#y",
        b"*",
        b"",
    ],
)
def test_ambiguous_path_is_refused(target: bytes) -> None:
    """What another parser could read as another path goes nowhere (A17)."""
    with pytest.raises(Refused) as told:
        place_of(target)

    assert (told.value.status, told.value.kind) == (404, "not_found_error")


@pytest.mark.parametrize(
    ("target", "asked", "rule"),
    [
        (b"/v1/%6dessages", b"/v1/messages", MESSAGES),
        (b"/%76%31/v1/%6D%65%73sages?a=%62", b"/v1/messages?a=%62", MESSAGES),
        (b"/v1/messages/count%5ftokens", b"/v1/messages/count_tokens", COUNT_TOKENS),
        (b"/v1/f%69les/a%2Db%7Ec%30%5A%7a", b"/v1/files/a-b~c0Zz", FILES),
        (b"/v1/models/a%20b%3f%40%5b%60%7b", b"/v1/models/a%20b%3f%40%5b%60%7b", MODELS),
    ],
)
def test_needless_escapes_lead_round_no_rule(target: bytes, asked: bytes, rule: Rule) -> None:
    """A letter that is escaped without need is that letter, so the path is paced and counted."""
    place = place_of(target)

    assert place is not None
    assert (place.rule, place.target) == (rule, asked)


def test_dots_inside_a_name_are_fine() -> None:
    """A name that merely begins with a dot is a name."""
    assert place_of(b"/v1/models/.hidden") is not None


def refusal(
    rule: Rule, method: bytes, headers: dict[bytes, bytes], length: int | None = 2
) -> Refused:
    """Why *rule* does not take this."""
    with pytest.raises(Refused) as told:
        check_carriage(rule, method, headers, length)
    return told.value


@pytest.mark.parametrize(
    ("rule", "method"),
    [
        (MESSAGES, b"GET"),
        (COUNT_TOKENS, b"DELETE"),
        (BATCHES, b"PUT"),
        (FILES, b"PATCH"),
        (MODELS, b"POST"),
        (HELLO, b"POST"),
    ],
)
def test_method_that_a_route_lacks_is_refused(rule: Rule, method: bytes) -> None:
    """Each route has its methods and no others (A08, A17)."""
    assert refusal(rule, method, JSON).status == 405


@pytest.mark.parametrize(
    "media",
    [
        b"text/plain",
        b"application/x-www-form-urlencoded",
        b"multipart/form-data; boundary=x",
        b"application/jsonp",
        b"",
    ],
)
def test_what_a_form_can_send_is_refused(media: bytes) -> None:
    """A body is JSON, which no web page can send without asking first (A14)."""
    refused = refusal(MESSAGES, b"POST", {b"content-type": media})

    assert (refused.status, refused.reason) == (415, "content_type")


@pytest.mark.parametrize(
    "media", [b"application/json", b"Application/JSON; charset=utf-8", b"application/json ;x=y"]
)
def test_json_is_json_however_it_is_written(media: bytes) -> None:
    """Case and parameters of a content type do not matter."""
    check_carriage(MESSAGES, b"POST", {b"content-type": media}, 2)


def test_files_come_as_forms() -> None:
    """An upload is multipart, and JSON is not taken there."""
    check_carriage(FILES, b"POST", {b"content-type": b"multipart/form-data; boundary=x"}, 2)

    assert "multipart" in refusal(FILES, b"POST", JSON).message


@pytest.mark.parametrize("coding", [b"gzip", b"br", b"zstd", b"deflate", b"identity, gzip"])
@pytest.mark.parametrize("method", [b"POST", b"GET"])
def test_packed_body_is_refused(coding: bytes, method: bytes) -> None:
    """A body that could be a bomb is not unpacked and not passed on (A31)."""
    refused = refusal(OTHER, method, JSON | {b"content-encoding": coding})

    assert (refused.status, refused.reason) == (415, "encoding")


def test_identity_is_no_packing() -> None:
    """`identity` says that the body is as it is."""
    check_carriage(MESSAGES, b"POST", JSON | {b"content-encoding": b" Identity "}, 2)


@pytest.mark.parametrize(
    ("rule", "megabytes"), [(MESSAGES, 32), (COUNT_TOKENS, 32), (BATCHES, 256), (OTHER, 32)]
)
def test_announced_size_is_held_to_the_routes_limit(rule: Rule, megabytes: int) -> None:
    """The API's own limit is let through to the byte, and refused with one more (R21)."""
    check_carriage(rule, b"POST", JSON, megabytes * MEGABYTE)

    refused = refusal(rule, b"POST", JSON, megabytes * MEGABYTE + 1)
    assert (refused.status, refused.kind) == (413, "request_too_large")
    assert refused.message == f"The body is {megabytes + 1} MB; the API takes {megabytes} MB."


def test_body_of_unknown_size_is_measured_as_it_comes() -> None:
    """A chunked body has no size to judge beforehand."""
    check_carriage(MESSAGES, b"POST", JSON, None)


@pytest.mark.parametrize(("method", "length"), [(b"GET", 0), (b"HEAD", None), (b"DELETE", 0)])
def test_request_without_a_body_needs_no_content_type(method: bytes, length: int | None) -> None:
    """Reading and deleting are asked for by the path alone."""
    check_carriage(BATCHES, method, {}, length)


def test_post_without_a_body_needs_no_content_type() -> None:
    """Cancelling a batch is a POST with nothing in it."""
    check_carriage(BATCHES, b"POST", {}, 0)


def test_reading_carries_no_large_body() -> None:
    """A GET with a body is odd; with a large one it is refused."""
    assert refusal(MODELS, b"GET", {}, MEGABYTE + 1).status == 413


def test_delete_with_a_body_is_judged_like_any_other() -> None:
    """What carries a body says what it is."""
    assert refusal(OTHER, b"DELETE", {}, 2).status == 415
