"""Tables of the store, and rows in them."""
