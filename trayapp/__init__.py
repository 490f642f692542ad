"""Sluice: a relay for the Claude API on the developer's own machine.

A request's travel, and the room of each part. `~` marks a file that touches the world
(sockets, disk, time); every other file only thinks: values in, values out.

    __main__.py        python -m trayapp
    cli/               the verbs of the command line; starts an engine or asks a running one

    batch/             the batch window's jobs
        source.py      rows from anything pasted or dropped, and which are the same
        source_text.py bytes into text: which encoding they are in
        source_records.py  JSON lines and tables into records
        source_template.py a prompt with {column} where a cell goes
        source_fault.py    what is wrong with a row, by row and column
        templates.py   whole tasks that ship: prompt, system prompt, form of the answer
        merge.py       several rows in one call: asked by number, each answer checked
        calls.py       the body of one call
        plan.py        what each way to run rows would take, and when it would end
        present.py     what the tools use at present
        jobs.py      ~ jobs in meter.db: states, sealed rows, Message Batches
        sealing.py     rows sealed for their place, and opened again
        results.py     what came of a row
        verdicts.py    a call failed: again, given up, or the whole job stands
        errands.py     what engine and worker say to each other
        process.py     how a worker is started, and what it knows of the environment
        worker.py    ~ the short-lived process that holds the SDK: tries a key, runs errands

    connect/           pointing tools at the relay, and undoing it
        tools.py       what each tool needs: a table
        places.py      where each keeps its settings, by system
        patch.py       several settings into one file, proved before it is written
        edit.py        what an edit is made of, and why one is refused
        patch_json.py  the smallest edit of JSON with comments
        jsonc.py       such JSON, read into places
        plain_json.py  what one tool would not read
        patch_toml.py  the smallest edit of TOML
        patch_yaml.py  the smallest edit of YAML
        yaml_lines.py  such YAML, read line by line
        patch_profile.py  a marked block in a shell's profile
        patch_dotenv.py   the smallest edit of a .env file
        proxies.py     the way to Sluice does not go through them
        managed.py     signs that a program writes a file
        diff.py        what changes, for a person to look at
        record.py      what is remembered, so that it can be undone
        undo.py        what a file should be afterwards
        audit.py       how a tool stands now
        files.py     ~ reads settings files, and replaces them whole or not at all
        connections.py ~ a tool's file, token and record, joined

    listener/          a tool on this machine knocks: who may enter, and how we answer
        server.py    ~ bind to loopback, accept, hand each request on
        admittance.py  may this caller enter: peer, Host, Origin, form of the target
        callers.py     whose credential it is: a connected tool's, or the caller's own
        routes.py      which of the API's paths this is, and what it may carry
        memory.py      how much of the callers' requests may be in memory at once
        slowing.py     who tries tokens waits for the answer; nobody is locked out
        replies.py     our own refusals in Anthropic's error shape
    relay.py           THE TRAVEL: one request, from listener to meter. Read first.
    flights.py       ~ identical requests in flight share one answer
    flight.py          one such answer, and the callers who wait for it
    cache/             have we answered exactly this before
        cache.py     ~ looks an answer up and keeps one; whatever fails is a bypass
        terms.py       who may be answered from it, and what a request allows
        question.py    what a body asks, in one form; what is never kept
        key.py         a keyed hash of all that the answer depends on
        lookup.py      what was found, and how the caller is told (RFC 9211)
        index.py       certainly not: 64 bits of every key, in memory
        kept.py        an answer as it is kept; which answers are fit for it
        queue.py       answers on their way to disk
        shelf.py       between a row on disk and the form a caller wants
        folded.py      a stream as the plain answer it would have been
        spoken.py      a plain answer as the stream it would have been
        sealing.py     AES-GCM
        schema.py      the shape of cache.db
        store.py     ~ its rows: found, written, evicted
        stats.py       how much is kept
        troubles.py    what keeps it from working, in words
    pacing/            may it go now, or when
        schedule.py    who may go at this instant; the rules; the only place that says yes
        pools.py       all pools, and what is remembered of them
        pool.py        one pool: its mirrors, doubts, open requests
        bucket.py      one mirror of a limit: level, rate, sightings
        gate.py        what holds a whole pool: a pause, probing, scouting, its slope
        held.py        the book of who is held: counts, bytes, deadlines
        waiting.py     who waits, why, and until about when
        belief.py      what its mirrors say of a pool, for those who draw it
        answers.py     what an answer teaches, in the order it is told
        estimate.py    how large a request will turn out to be
        fairness.py    whose turn it is
        reactions.py   what each kind of refusal does
        stops.py       who is stopped altogether, and until when
        backoff.py     how long after a refusal; retry budget and breaker
        headerless.py  limits learned where no header tells them
        ticket.py      a request waiting its turn
        why.py         why a request waited, noted for who asks afterwards
        arrival.py     a request as pacing sees it: weight, deadline, size
        letdown.py     what a caller is told whose request cannot go
        pacer.py     ~ drives the turns with a clock and asyncio
    upstream/          the road to the API, and back
        client.py    ~ sends, retries what is safe; failures in our words
        dial.py      ~ names, addresses, proxy and TLS: one new connection
        addresses.py   which addresses a request may go to
        known.py       addresses that answered lately, for when a resolver fails
        refusals.py    which kind of 429, 5xx or 529 an answer is
        headers.py     what is passed on, what is stripped
        heads.py       heads of requests: what is said again and again is written once
        rewrite.py     the one thing changed in an answer: where batch results are fetched
    meter/             what the answer cost, and what is left; its shells: one a use of meter.db
        book.py        opens an entry for each request, closes it with how it ended
        reading.py     response headers, read into values
        tap.py         listens to one answer on its way, and says what it cost
        decoding.py    compressed answers, unpacked for the meter within bounds
        pools.py       limits that are drawn on together, and what is left of them
        prices.py      what tokens cost
        levels.py      one limit's level, moved by time
        series.py      what was used by when
        forecast.py    when a limit runs out at the present pace, and how sure that is
        trends.py      where every meter is going
        plans.py       which plan an organization is on, where its limits tell
        budgets.py     what may be spent, by the user's word
        lately.py      what happened lately that no meter shows
        warnings.py    what a person is warned of
        episodes.py    each warning told once, and its end
        sentences.py   a warning in one sentence
        tally.py       outcomes folded into totals
        schema.py      the shape of meter.db
        verdicts.py    how a request ended, in a word
        rows.py        an outcome as the rows that keep it
        ledger.py    ~ history in SQLite
        questions.py   what is asked of history, as SQL
        pieces.py      a period in days, hours and rows that are summed already
        history.py   ~ history read in pages, and forgotten when old
        tools.py     ~ the tools that may enter, by their token's digest
        roll.py      ~ the same a second time, for when meter.db cannot be read
    wire/              HTTP/1.1 over asyncio, on httptools
        parser.py      bytes in, events out; the rules llhttp leaves to us
        framing.py     events in, bytes out
        messages.py    what the parser says: heads, ends, breaks
        exchange.py    one request and its answer
        body.py        a request body between the parser and whoever takes it
        upload.py      a streamed request body on its way to upstream
        lost.py        how a connection upstream is lost before it gave anything
        signal.py      what a task waits for, given at once
        sweep.py       one slow timer for all deadlines
        limits.py      sizes and deadlines, with their reasons
        connection.py ~ one accepted connection
        pool.py      ~ connections to one origin
    engine/            the process all of the above lives in
        engine.py    ~ builds every part and joins them: start, serve, reconfigure, stop
        serve.py     ~ the process: one instance, the ready line, signals, exit codes
        tasks.py       supervised: no task's failure is another's
        keys.py        which credential a request goes upstream with, and the wait for it
        datakey.py     the key that seals what is kept on disk
        address.py     our port, and a new one bound before the old one closes
        keybox.py      the stored keys of all upstreams
        reconfigure.py where changed settings reach the rooms
        roads.py       the roads to all upstreams
        settings_file.py  config.toml while the engine runs
        problems.py    what is wrong right now, once each
        refusals.py    who was refused at the door, counted and told
        log.py         what goes to stderr: no key, no input, not endless
        room.py        how many files may be open, and what happens when they run out
        guard.py       what other processes may learn of this one
        stops.py       tells when upstream refuses for good
        port_owner.py  who listens on a port of this machine
        rhythm.py      one slow tick: did the machine sleep, did the loop stand still
        causes.py      why a request is held, in the Snapshot's words
        turns.py       joins the pacer to the rest: pools by name, who waits
        register.py    who may enter: the tools, kept and looked up
        desk.py        what clients of the control socket ask, handed to the part that does it
        meters.py      every meter at an instant: headers, pacer, prices and the past together
        alerts.py      looks at the meters while anything moves; still when all is still
        warner.py    ~ runs the user's own command for a warning
        purse.py       says no where a budget of the user's is spent
        view.py        the Snapshot, put together from what each part says
        publisher.py   what changed, folded into at most four Snapshots a second
        storage.py     meter.db under the engine: checked, backed up, brought back
        stored.py      what a file that cannot be used says
        archive.py     the history, as clients of the control socket ask for it
        jobs.py        batch jobs: what is asked of them, from the first row to the last
        jobs_pump.py   rows of all jobs to the worker, as fast as the pacer lets them go
        jobs_run.py    the rows of one job that are out, back, or tried again
        jobs_batches.py  a job's way through Message Batches
        jobs_plan.py   plans with the schedule's own numbers
        jobs_worker.py the worker process: started when needed, outlived when it dies
        jobs_table.py  the jobs as they were last seen
        jobs_shelf.py  where jobs lie, and the key that seals them
        control.py   ~ the control socket
    ui/                the tray and its windows: draws Snapshots, says commands
        link.py        how the desk stands with its engine, as one value
        bridge.py    ~ the control socket, seen from the desk
        app.py       ~ the tray's process: what it is made of, how it begins and ends
        keeper.py    ~ joins the engine that runs, starts one, starts it again
        upkeep.py      when an engine is started again, and what is said meanwhile
        process.py   ~ the engine's process, as a tray starts one
        tray.py      ~ the icon: its face, its words, its menu; made anew for a host that comes
        menu.py      ~ the icon's menu
        tray_wording.py  what the icon says under the pointer, and its menu's first lines
        herald.py    ~ tells the desktop of warnings and of the engine, each once
        herald_wording.py  what a notification says
        gauge.py       which face the tray icon shows: the tightest meter, steadied
        icons.py     ~ that face as pixels
        desk.py      ~ what every window is given; opens them by name
        windows.py   ~ the windows by name
        window.py    ~ what all windows have in common: when they draw, where they stand
        shortcuts.py ~ the keys that work in every window
        seconds.py   ~ one tick a second for what counts
        memory.py    ~ what windows remember from one day to the next
        look.py      ~ how every window looks and speaks
        colours.py     every colour of ours
        theme.py     ~ light or dark, and Qt's palette
        fonts.py     ~ sizes and weights of text
        speech.py      how a sentence reaches a reader
        language.py  ~ the languages there are
        labels.py    ~ texts that stand still
        buttons.py   ~ the platform's own, links, and Copy
        panel.py     ~ the panel: what is left, who waits, and what to do
        panel_head.py ~ its head: the face, what is going on, Pause
        panel_menu.py ~ its menu
        panel_section.py ~ what its parts have in common
        panel_pool.py ~ a pool in it
        panel_meter.py ~ a meter's row
        panel_held.py ~ who waits, with Send now and Cancel
        panel_today.py ~ the day's money and tools
        panel_steps.py ~ three steps, where nothing was ever sent
        panel_foot.py ~ the base URL, and the other windows
        matter.py      what a note says
        note.py      ~ what is the matter, and the buttons that help
        activity.py  ~ every request, what they come to, and why one waited
        activity_rows.py ~ its rows, page by page
        activity_table.py ~ how they look
        activity_filters.py ~ which of them are meant
        activity_chart.py ~ a bar for each hour, day, tool or model
        activity_why.py ~ one request in full
        activity_export.py ~ what is filtered, into a file
        choices.py   ~ a list at the side of a window
        errand.py    ~ a verb of ours, run once beside the desk
        connector.py ~ the desk's road to the tools of this user
        stranded.py  ~ which tools point at nobody
        welcome.py   ~ whether a user is to be shown how to begin
        first_run.py ~ First run: a key, a tool, the first request
        first_key.py ~ whose key is used
        first_tool.py ~ a tool, and what connecting it changes
        first_request.py ~ the first request, and what it taught
        card.py      ~ a choice with room for more
        steps.py     ~ the way through a window of several steps
        settings.py  ~ Settings: page by page, a change holds at once
        settings_rows.py ~ a setting in a row, and why a value was not taken
        settings_keys.py ~ upstreams and their keys
        settings_tools.py ~ who has a token, and one more
        settings_pages.py ~ the pages that are rows and little else
        connect.py   ~ Connect: a tool pointed here, and back
        connect_pane.py ~ one tool: what changes, and how it is let in
        connect_form.py ~ whose key, when it goes, whether it is cached
        diff.py      ~ what changes, line by line
        copying.py   ~ values to be copied by hand
        bar.py       ~ a meter's bar
        ring.py      ~ the tray's ring inside a window
        sparkline.py ~ an hour as a line
        painting.py  ~ hatches, focus rings, whole pixels
        batch.py     ~ the batch window: prompts, plan and jobs joined
        batch_reading.py ~ prompts into rows, in a thread
        batch_asking.py ~ its left pane: prompts, facts, form
        batch_prompts.py ~ the text, a dropped file, the rows they are read as
        batch_form.py ~ how rows are asked
        batch_choice.py ~ its right pane: plan, first call, start
        batch_plan.py ~ the ways side by side
        batch_sending.py  a job on its way to the engine
        batch_jobs.py ~ its lower pane: jobs and what can be done with them
        batch_progress.py ~ how far a job is
        batch_rows.py ~ a job's rows, page by page
        batch_export.py ~ answers into a file
        gallery/       pictures of every window; its shells draw, nothing else
            scenes.py    ~ what there is a picture of
            afternoon.py   one afternoon with all its turns, for the panel
            batches.py     an invented user's rows and jobs
            samples.py     the invented afternoon they show
            adjusting.py   the settings of an invented user
            connections.py the tools of an invented user
            requests.py    the requests of their day
            stage.py     ~ a desk without an engine
            icon_sheet.py ~ all faces of the tray icon
            pictures.py  ~ takes them
            __main__.py  ~ python -m trayapp.ui.gallery
        wording/       what the windows say, without Qt
            matters.py     the one note of a window
            heads.py       what is going on, in a few words
            pool_sections.py  a pool as it is shown
            meter_rows.py  a meter as it is drawn and spoken
            amounts.py     how much is used and left
            pace.py        what a meter comes to, and when
            sources.py     where a number comes from
            holds.py       who waits, for what, until when
            today.py       what the day cost and saved
            times.py       durations, clock times, forecasts
            batches.py     rows, ways, jobs
            calm.py        forecasts that do not tremble
            names.py       what meters, models and tools are called
            tool_words.py  what the tools' table says of each, to be translated
            first_run.py   what the first request taught
            connecting.py  how tools stand, and who points at nobody
            requests.py    a row of Activity
            ended.py       how a request ended, and why it was refused
            whys.py        one request in full
            sums.py        bars and totals
    desktop/           what differs from desktop to desktop
        bus.py       ~ the desktop's D-Bus: calls out, answers and signals in
        host.py      ~ whether this desktop shows tray icons, and when that changes
        notes.py     ~ notifications, with buttons where there are some
        instance.py  ~ one tray a home; a second start raises the first
        autostart.py ~ start at login, as each system keeps it
        session.py   ~ the machine woke up, the user logs out
        display.py   ~ whether there is a screen that Qt could draw on
    simulator/         a Claude that runs here: for `demo`, `simulate` and tests

    credentials.py   ~ the OS keyring, each call in a thread with a deadline
    settings.py      ~ config.toml into preferences, and back onto the disk
    settings_edit.py   its text with some keys changed, comments and all else kept
    home.py          ~ where our files are, who may read them, and which engine owns them
    backup.py        ~ a second copy of a SQLite file, made while it is in use, put back in its place
    db.py            ~ the SQLite files, the one thread that owns each, their migrations
    clock.py         ~ now, and wait until; the only file that reads the time
    resources.py     ~ the data files that come with the program
    sheet.py           history for other programs: CSV and JSON lines
    figures.py         numbers, durations and times as people read them
    ages.py            what moves in a Snapshot while nothing changes: ages, refilled buckets
    sse.py             bytes in, events out (meter and relay both listen to the stream)
    model/             the words everyone shares: frozen values
"""

__version__ = "0.1.0"
