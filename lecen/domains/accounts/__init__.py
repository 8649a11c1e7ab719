"""Accounts: who signs in, with which second factor, on which devices, and which notices they want."""
