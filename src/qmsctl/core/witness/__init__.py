"""The log of everything that was signed, and the notes that hold it fast: what somebody outside can bear witness to."""
