"""From a template to a draft: takes values and gives values, and never reads the disk."""
