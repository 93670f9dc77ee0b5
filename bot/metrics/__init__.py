"""Measures the service for Prometheus; nothing measured names a worker or quotes one."""
