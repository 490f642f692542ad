"""The tray and its windows: a client of the engine's control socket that holds no truth."""
