"""The consoles as people use them: pages, guard, forms."""
