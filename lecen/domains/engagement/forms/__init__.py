"""The shapes of what people write, split by noun."""
