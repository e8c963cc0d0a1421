"""What people do to a QMS: an act makes an edit, has it judged and signed, writes and commits it, and says what it did."""
