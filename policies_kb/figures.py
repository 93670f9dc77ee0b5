"""Finds figures in a text, so that none reaches a worker without being a fact with its item."""

from __future__ import annotations

import re

_UNITS = "元块万千百亿年月日天周岁倍成名人次个项所条家件位级小时分"
_CHINESE_FIGURE = re.compile(
    rf"[零〇一二两三四五六七八九十百千万半]+(?:多|几|余)?(?:[{_UNITS}]|%|％)|百分之|一半|翻倍|[前第][一二三四五六七八九十]"
)
_ARABIC_FIGURE = re.compile(r"\d+")
# Everyday words that look like a figure and state none.
_NOT_FIGURES = re.compile(
    r"一次性|一个个|一级级|一家人|一件事|一个人|一项项|一年年|一天天|一万个放心|每一[个位名项]|[这那哪同另任某]一[个位名项家条件级次]|一名工人|一个渠道|万一|一条龙|一人一|十分|百分百|三方"
)


def bare_figures(text: str) -> tuple[str, ...]:
    """The figures written out in a text, with Arabic or Chinese numerals, such as 3000, 两年, 第一, 一半."""
    text = _NOT_FIGURES.sub("", text)
    return (*_ARABIC_FIGURE.findall(text), *_CHINESE_FIGURE.findall(text))
