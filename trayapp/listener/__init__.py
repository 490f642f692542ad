"""A tool on this machine knocks: who may enter, and how we answer."""
