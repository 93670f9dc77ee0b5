"""The official-account seam: what WeChat posts becomes questions, and replies become what WeChat shows."""
