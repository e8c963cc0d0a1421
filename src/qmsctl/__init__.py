"""qmsctl: an ISO 9001 quality management system in a git repository of Markdown files."""

__version__ = "0.2.0"
