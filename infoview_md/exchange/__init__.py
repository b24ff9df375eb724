"""Other programs' formats: mail drafts and mail links. Makes text; opens, writes and sends nothing."""
