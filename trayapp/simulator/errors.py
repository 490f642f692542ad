"""Refusals, in the API's own shape: `{"type": "error", "error": {…}, "request_id": …}`."""

import msgspec

KINDS = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    405: "invalid_request_error",
    409: "conflict_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    503: "api_error",
    504: "timeout_error",
    529: "overloaded_error",
}
"""Error types by status, as the API's error page lists them."""

_MESSAGES = {
    429: "This request would exceed a rate limit of your organization.",
    500: "Internal server error",
    529: "Overloaded",
}


class ApiError(Exception):
    """An answer that is a refusal; *code* is `error.details.error_code`.

    *retry_after* is in whole real seconds.
    """

    def __init__(
        self,
        status: int,
        message: str | None = None,
        *,
        code: str | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.status = status
        self.kind = kind_of(status)
        self.message = message or _MESSAGES.get(status, "The request was refused.")
        self.code = code
        self.retry_after = retry_after
        super().__init__(self.message)

    def headers(self) -> tuple[tuple[bytes, bytes], ...]:
        if self.retry_after is None:
            return ()
        return ((b"retry-after", str(self.retry_after).encode()),)


def kind_of(status: int) -> str:
    """The error type that goes with *status*."""
    return KINDS.get(status, "invalid_request_error" if status < 500 else "api_error")


def envelope(error: ApiError, request_id: str) -> dict[str, object]:
    """The error as the value a body or a batch's result line holds."""
    inner: dict[str, object] = {"type": error.kind, "message": error.message}
    if error.code is not None:
        inner["details"] = {"error_code": error.code}
    return {"type": "error", "error": inner, "request_id": request_id}


def body_of(error: ApiError, request_id: str) -> bytes:
    return msgspec.json.encode(envelope(error, request_id))


def openai_body_of(error: ApiError) -> bytes:
    """The error as clients of the chat completions format read it."""
    inner = {"message": error.message, "type": error.kind, "param": None, "code": error.code}
    return msgspec.json.encode({"error": inner})


def exceeded(limit: float, unit: str, model: str, organization: str, wait_s: int) -> ApiError:
    """The 429 that names its limit; *unit* is such as `input tokens`."""
    return ApiError(
        429,
        f"This request would exceed the limit of {limit:,.0f} {unit} per minute that organization "
        f"{organization} has for {model}. Try again after {wait_s} s.",
        retry_after=wait_s,
    )
