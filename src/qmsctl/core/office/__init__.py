"""The office: its configuration and people, its hours, and lengths of time."""
