"""The road to the API, and back."""
