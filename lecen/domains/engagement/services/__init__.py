"""Writes, split by noun."""
