"""Git: how it is asked, what its objects say, commits made of bytes, and other repositories."""
