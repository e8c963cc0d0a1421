"""The commands: each a module of its name, with its function ``command`` or its ``app`` of several."""
