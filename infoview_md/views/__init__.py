"""What a person looks at: records in, text out. Pure; what it looks like on a terminal is the command line's affair."""
