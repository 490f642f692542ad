"""Pictures of every window in every state, language and theme, without an engine or a display."""
