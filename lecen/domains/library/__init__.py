"""Library: what the network knows that can be run. So far: playbooks, with the evidence on each outcome.

Anybody reads them; who organizes at an agency starts a plan from one.
"""
