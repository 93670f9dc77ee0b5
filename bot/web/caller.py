"""Which client of the interface makes a request, as whoever let it in has found out."""

from __future__ import annotations

from aiohttp import web

CALLER = web.RequestKey("CALLER", str)
"""The public name of the client whose key came with the request; not there without a key."""
