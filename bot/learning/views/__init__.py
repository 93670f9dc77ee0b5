"""The pages at /admin/training."""
