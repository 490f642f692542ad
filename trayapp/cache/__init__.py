"""The response cache: have we answered exactly this before."""
