"""View models and Markdown to HTML, and HTML to PDF."""
