"""Types as data: what a type.yaml may say, and how the fields of a file are held against it."""
