"""The pages at /admin/trial."""
