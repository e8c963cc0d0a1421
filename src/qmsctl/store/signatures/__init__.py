"""What OpenSSH, PDF readers and RFC 3161 make and say of bytes."""
