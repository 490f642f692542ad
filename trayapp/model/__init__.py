"""The words everyone shares: frozen values, no behaviour that touches the world."""
