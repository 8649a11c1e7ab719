"""Methods that turn counts and answers into figures one may trust and may show.

Pure functions: values in, values out; no Django, no stored state, no clock. Usable by a researcher alone.
Bad input raises `lecen.science.errors.ScienceError` with a sentence that says what is wrong.
"""
