"""Results as text: one format a module, each a function from a value to a string."""
