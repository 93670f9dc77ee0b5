"""What the consoles have in common: routes with roles, the guard before them, forms, and rendering."""
