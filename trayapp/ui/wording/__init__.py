"""What the windows say: sentences as functions of plain values, each with a `Tr`; no Qt."""
