"""The disk: the only rooms with side effects. They know files, folders and the clock, and nothing of what notes say."""
