"""Agencies: the law enforcement agencies of the network, who holds which position there, and who serves where.

Words: a *position* is an attested role until a date; a *neighborhood* is a boundary with a validity; an
*assignment* names the duty contact of a neighborhood. Anybody sees published agencies, their neighborhoods and
contacts; leads of an agency change them; operators of the network change any.
"""
