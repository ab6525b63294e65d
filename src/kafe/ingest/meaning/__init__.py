"""What headers, headings and values say."""
