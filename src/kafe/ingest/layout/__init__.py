"""From lines and cells to paragraphs and list items."""
