# SPDX-License-Identifier: GPL-2.0-only
"""Numbers with units, as the programs' options have them, and as people read them."""

import math
import re

UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0,
         "bps": 1.0, "kbps": 1e3, "Mbps": 1e6, "Gbps": 1e9}
QUANTITY = re.compile(r"([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*([A-Za-z]*)")


def number(value):
    """A value as a number in SI units (s, bit/s), or None if it is none."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, (int, float)):
        return float(value)
    text = str(value)
    # fixed:LOSS is a number too, to whoever draws loss over loss.
    if text.startswith("fixed:"):
        text = text[len("fixed:"):]
    if text == "ideal":
        return 0.0
    constant = re.fullmatch(r"ns3::ConstantRandomVariable\[Constant=([^\]]*)\]", text)
    if constant:
        text = constant[1]
    found = QUANTITY.fullmatch(text)
    if not found or (found[2] and found[2] not in UNITS):
        return None
    try:
        return float(found[1]) * UNITS.get(found[2], 1.0)
    except ValueError:
        return None


def duration(value):
    """A time in seconds, of a number or a text such as "10s", or None if it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        found = QUANTITY.fullmatch(value)
        if not found or found[2] not in ("", "ns", "us", "ms", "s", "min", "h"):
            return None
    return number(value)


def share(value):
    """What a text such as "5%" says, 0.05, or None if it is none."""
    found = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*%\s*", value) \
        if isinstance(value, str) else None
    return float(found[1]) / 100 if found else None


class Several(str):
    """The values of an option that is given several times; as a text, one after the other."""

    def __new__(cls, values):
        made = super().__new__(cls, ", ".join(values))
        made.values = tuple(values)
        return made


def words(options):
    """Options as a command line has them."""
    return [f"--{name}={value}" for name, given in options.items()
            for value in (given.values if isinstance(given, Several) else (given,))]


def text(value):
    """A value of a study as a program's option takes it."""
    if isinstance(value, list):
        return Several([text(entry) for entry in value])
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    return str(value)


def short(value, digits=4):
    """A result for people: so many significant digits, with groups of thousands."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if value == 0:
        return "0"
    if abs(value) >= 10 ** digits:
        return f"{value:,.0f}"
    if abs(value) < 1e-4:
        return f"{value:.{max(digits - 2, 1)}e}"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    return f"{value:.{max(places, 0)}f}"


def with_interval(mean, half):
    """A mean and its half-width with as many digits as the half-width allows."""
    if half is None or math.isnan(half):
        return short(mean)
    if half <= abs(mean) * 1e-9:
        return f"{short(mean, 5)} \u00b1 0"
    places = 1 - math.floor(math.log10(half))
    if abs(mean) < 1e-4 or places > 7:
        return f"{mean:.3e} \u00b1 {half:.1e}"
    places = max(places, 0)
    return f"{mean:,.{places}f} \u00b1 {half:,.{places}f}"
