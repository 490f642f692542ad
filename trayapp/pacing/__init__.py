"""May it go now, or when."""
