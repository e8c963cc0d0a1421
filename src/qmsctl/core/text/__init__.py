"""The text of files: characters, YAML and Markdown, read and edited without moving any other byte."""
