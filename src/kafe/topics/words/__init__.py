"""Words of notes as topics see them."""
