"""What falls due and what has to be known, before it is anybody's task."""
