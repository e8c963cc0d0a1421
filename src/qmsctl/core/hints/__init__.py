"""The command that mends what a message complains of, as somebody would type it."""
