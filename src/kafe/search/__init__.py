"""What a query finds: notes, and the places in them."""
