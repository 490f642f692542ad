"""HTTP/1.1 as bytes and deadlines: llhttp below, exchanges and pooled connections above.

A caller's bytes land in `connection` (~), are read by `parser`, and become an `exchange` with its
`body`; what goes up runs through `pool` (~), streamed bodies through `upload`. `framing` writes
heads and chunks, `messages` names what parsers say, `signal` wakes who waits for them, `limits`
holds every size and deadline, and `sweep` is the one timer. Files marked ~ touch the world.
"""
