"""Evaluation: what an event can show and what it cannot: the one-page report, each figure traced to its rows.

Members of the agency read its reports. Nothing is stored here: reports are made from what the other areas keep.
"""
