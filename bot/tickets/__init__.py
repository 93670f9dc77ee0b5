"""Requests that workers leave when nobody is at the desk: somebody calls back in working time."""
