"""What an office has to show for what the standard asks."""
