"""Reads, split by noun."""
