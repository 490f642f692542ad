"""Pointing tools at the relay by the smallest edit of their settings, and undoing it."""
