"""What is particular to some records: disposal, copies, repeats, links on both sides, measurements."""
