"""The process that everything but the windows lives in."""
