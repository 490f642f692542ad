"""The batch window's jobs, and the short-lived process that holds the SDK."""
