"""Asks questions on trial, as WeChat would, without a trace among those of workers."""
