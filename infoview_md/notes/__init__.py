"""What one Markdown note says: text in, records and findings out. Pure: touches no disk, clock or terminal."""
