"""Files that other programs wrote: looked at before they are read, and read by a process that may fail."""
