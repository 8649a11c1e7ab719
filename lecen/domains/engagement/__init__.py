"""Engagement: programs, plans made from playbooks, events, who helps, who comes, how many were there.

Anybody sees published events; organizers of the agency plan, publish, check in and cancel; partners accept by a
signed link; whoever registers holds a receipt code and no account.
"""
