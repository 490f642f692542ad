"""Every size and deadline of the wire in one place, each with its reason."""

import msgspec

KIB = 1024
MIB = 1024 * 1024


class Limits(msgspec.Struct, frozen=True):
    """Sizes in bytes, deadlines in seconds; tests make their own with smaller numbers."""

    target: int = 16 * KIB  # RFC 9110 4.1 asks for 8000 at least
    head_bytes: int = 64 * KIB  # names, values and the request line together
    head_count: int = 200  # no client sends more than forty
    interim: int = 16  # 1xx responses before the real one; 103 may come a few times
    chunk_overhead: int = 64 * KIB  # extensions and trailers: allowed once, beside the next line
    chunk_ratio: int = 2  # framing bytes a body byte; chunks of three bytes still pass
    hold: int = 64 * KIB  # body bytes kept before anyone asks for them; then reading pauses
    join: int = 64 * KIB  # up to here copying costs less than a second system call
    ahead: int = 16  # pipelined requests parsed before reading pauses
    connections: int = 1024  # above it the oldest idle one is closed; live ones never are

    head_time: float = 10.0  # from its first byte to its end; beyond is a slow-loris: 408
    body_grace: float = 10.0  # the longest a body may owe bytes at *body_rate*
    body_rate: int = KIB  # bytes a second; the slowest road that is still a road
    body_time: float = 120.0  # a buffered body as a whole; a streamed one only keeps its rate
    idle_time: float = 60.0  # a kept-alive connection without a request
    linger_time: float = 2.0  # a refused caller that still sends gets this long to read why
    linger_bytes: int = 64 * MIB  # twice the largest buffered body: a sender ends, then reads

    write_high: int = MIB  # what a slow caller may leave unread before its source is paused
    upstream_high: int = 1  # the least there is: beyond what the system buffers the source waits
    silence: float = 300.0  # upstream without a byte; Anthropic pings far more often
    pool_age: float = 30.0  # idle connections die below upstream's own keep-alive time
    pool_idle: int = 64  # idle connections kept; a burst of fan-out, not more

    keepalive_idle: int = 30  # a cable pulled is noticed in about a minute:
    keepalive_interval: int = 10
    keepalive_count: int = 3
    user_timeout: float = 60.0  # unacknowledged bytes; Linux only

    def urgent(self) -> "Limits":
        """The same for a connection that may be dead: asked every second, told within five."""
        return msgspec.structs.replace(
            self, keepalive_idle=1, keepalive_interval=1, keepalive_count=4, user_timeout=4.0
        )
