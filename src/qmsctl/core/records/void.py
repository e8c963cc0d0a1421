"""Records that came to nothing."""

VOID = frozenset({"cancelled", "dismissed", "refused", "rejected", "void"})
"""States of a record that came to nothing, and shows nothing."""
