"""The base of the errors that a person can mend."""


class UserError(Exception):
    """Something outside doris is wrong: a file, an argument, the Worker's code.

    The text says what and the way out; the command line shows it without a traceback and ends with status 1.
    """

    __module__ = "doris"
