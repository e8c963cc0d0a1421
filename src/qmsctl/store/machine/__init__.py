"""The machine a command runs on: its single files and locks, the folders of its user, clock and time zone, and what it says of a failure."""
