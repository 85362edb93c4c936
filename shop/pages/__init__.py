"""Home, sitemap and other pages that belong to no one package."""
