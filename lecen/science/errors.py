"""The one error of `lecen.science`."""


class ScienceError(ValueError):
    """The input cannot be analyzed; the message is one sentence that names what is wrong and where."""
