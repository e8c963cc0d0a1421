"""An edit carried out: the lock and whose turn it is, the journal, the files, and what an interrupted command left."""
