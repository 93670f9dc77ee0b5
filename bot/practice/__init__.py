"""Online practice (每日一练): a few questions a day in the chat, with explanations, a streak and a place without names."""
