"""Deliveries of rows as folders and archives, and the lake they are loaded into."""
