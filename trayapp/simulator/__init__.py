"""A Claude that runs here: real buckets, exact headers, honest refusals; for demo and tests.

Everything in this room but `server.py` only thinks, in *simulated* seconds: sixty of them are
one minute of the limits, however long that minute lasts on the wall (`Settings.minute`).

    server.py     ~  listens, reads bodies, speaks at the simulated speed
    api.py           the front door: who asks, what goes wrong, what a head says
    endpoints.py     which path answers what
    calls.py         a request as this room sees it, and a plain reply
    messages.py      one call of the Messages API, from its body to the answer
    validation.py    what a body may hold
    prompt.py        a body's parts, in the order they are read, and their tokens
    prompt_cache.py  which prefixes were seen a moment ago
    answers.py       what Claude says
    schemas.py       a value that fits a JSON schema
    usage.py         what an answer cost
    speech.py        an answer in time: what is said when
    events.py        a message as server-sent events
    openai_format.py chat completions, in and out
    accounts.py      organizations by credential, and their pools
    plans.py         the limits they have
    pools.py         three buckets drawn on together, and the answers that drain them
    windows.py       a login's windows of five hours and seven days
    budgets.py       a monthly cap, and how fast use may grow
    fast.py          fast mode, and its limits
    threads.py       conversations that are kept here for five minutes
    buckets.py       one level that refills continuously
    headers.py       what an answer's head tells of limits
    catalog.py       the models there are
    batches.py       Message Batches
    files.py         the Files API, in memory
    paging.py        after_id, before_id, limit
    errors.py        refusals, in the API's own shape
    faults.py        what `x-simulate` asks to go wrong
    dice.py          chance that repeats itself
    timeline.py      real and simulated time, one into the other
    settings.py      all that can be chosen
"""
