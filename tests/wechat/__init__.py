"""Tests of bot/wechat: through its webhook wherever a fact can be seen there."""
