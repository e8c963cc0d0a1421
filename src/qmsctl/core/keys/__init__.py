"""Keys and signatures as bytes: OpenSSH's formats, and what a PDF says of its own."""
