"""Domain, use cases, documents and sync of Tæt på; never imports Qt."""
