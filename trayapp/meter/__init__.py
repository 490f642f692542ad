"""What an answer cost, and what is left: readings become totals, meters and history."""
