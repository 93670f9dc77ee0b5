"""Dates as a Chinese reader writes them."""

from __future__ import annotations

from datetime import date


def written(day: date) -> str:
    """2017-11-30 as 2017年11月30日."""
    return f"{day.year}年{day.month}月{day.day}日"
