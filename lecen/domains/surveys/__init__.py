"""Surveys: questionnaires in versions, collectors where answers come in, and results under the small-number rule.

Answers are anonymous: random keys, the day but not the time, no address, no account. Anybody with the link answers
while the collector is open; organizers of the agency see released results, never single answers.
"""
