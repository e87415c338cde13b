# SPDX-License-Identifier: GPL-2.0-only
"""What the user has to be told."""

import difflib
import sys


class Misuse(Exception):
    """One sentence with the name, the value and the fix."""


class Interrupted(Exception):
    """The user ended it: what is kept and how to go on, in one sentence."""


def say(text):
    """A line for the user."""
    print(f"mbs: {text}", file=sys.stderr, flush=True)


def nearest(name, names):
    """The name that was probably meant, or None."""
    lower = {candidate.lower(): candidate for candidate in names}
    found = difflib.get_close_matches(str(name).lower(), list(lower), 1, 0.55)
    return lower[found[0]] if found else None


def nearest_beginning(name, names):
    """The same for long names, of which people may type the beginning or a word only."""
    size = len(name)
    return nearest(name, names) or next(
        (candidate for candidate in sorted(names)
         if nearest(name, [candidate[:size], candidate[:size + 1], *candidate.split("-")])), None)


def unknown(where, what, name, names):
    """The error for a name that is none of those known."""
    near = nearest(name, names)
    hint = f"did you mean {near}?" if near else "these are: " + ", ".join(sorted(names))
    return Misuse(f"{where}: there is no {what} '{name}'; {hint}")
