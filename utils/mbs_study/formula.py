# SPDX-License-Identifier: GPL-2.0-only
"""Closed forms: small formulas over the options of a point, in SI units.

Not Python's eval(): only arithmetic, comparisons, choices and a few functions are there.
"""

import ast
import math
import operator

from . import quantities
from .misuse import Misuse, unknown

FUNCTIONS = {"min": min, "max": max, "abs": abs, "sqrt": math.sqrt, "ceil": math.ceil,
             "floor": math.floor, "log": math.log, "exp": math.exp}
BINARY = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
          ast.Div: operator.truediv, ast.Pow: operator.pow, ast.Mod: operator.mod,
          ast.FloorDiv: operator.floordiv}
COMPARE = {ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
           ast.Gt: operator.gt, ast.GtE: operator.ge}


def identifiers(names):
    """What a formula calls options: the last part of an attribute's name, if no other option has
    that, or its last two, as in Smf_ServiceTime."""
    last = {}
    for name in names:
        last.setdefault(name.split("::")[-1], []).append(name)
    found = {short: owners[0] for short, owners in last.items() if len(owners) == 1}
    found.update(("_".join(name.split("::")[-2:]), name) for name in names if "::" in name)
    return found


def parse(where, text):
    """The tree of a formula."""
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Misuse(f"{where}: value = \"{text}\" is no formula") from None


def check(where, text, names):
    """Misuse if a formula has what formulas cannot have, or names an unknown option."""
    known = set(identifiers(names))
    for node in ast.walk(parse(where, text)):
        if isinstance(node, (ast.Not, ast.Invert)):
            raise Misuse(f"{where}: value = \"{text}\": only arithmetic and a if b else c")
        if isinstance(node, ast.Call):
            if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or \
                    node.keywords:
                raise Misuse(f"{where}: value = \"{text}\": formulas have the functions "
                             + ", ".join(sorted(FUNCTIONS)))
        elif isinstance(node, ast.Name):
            sharing = sorted(short for short in known if short.endswith("_" + node.id))
            if node.id not in known and len(sharing) > 1:
                raise Misuse(f"{where}: '{node.id}' is more than one option; say "
                             + " or ".join(sharing))
            if node.id not in known and node.id not in FUNCTIONS:
                raise unknown(where, "option of this study", node.id, known)
        elif not isinstance(node, (ast.Constant, ast.BinOp, ast.UnaryOp, ast.IfExp, ast.Compare,
                                   ast.operator, ast.unaryop, ast.cmpop, ast.expr_context)):
            raise Misuse(f"{where}: value = \"{text}\": only arithmetic and a if b else c")


def evaluate(text, point):
    """The number that a formula gives at a point; names stand for options in SI units."""
    values = {}
    for short, name in identifiers(point).items():
        known = quantities.number(point[name])
        values[short] = point[name] if known is None else known

    def walk(node):
        if isinstance(node, ast.Constant):
            # Whole numbers of Python's grow without limit, and 9 ** 9 ** 9 with them.
            return float(node.value) if isinstance(node.value, int) else node.value
        if isinstance(node, ast.Name):
            return values[node.id]
        if isinstance(node, ast.BinOp):
            return BINARY[type(node.op)](walk(node.left), walk(node.right))
        if isinstance(node, ast.UnaryOp):
            inner = walk(node.operand)
            return -inner if isinstance(node.op, ast.USub) else inner
        if isinstance(node, ast.IfExp):
            return walk(node.body) if walk(node.test) else walk(node.orelse)
        if isinstance(node, ast.Compare):
            left = walk(node.left)
            for step, right in zip(node.ops, node.comparators):
                right = walk(right)
                if not COMPARE[type(step)](left, right):
                    return False
                left = right
            return True
        return FUNCTIONS[node.func.id](*[walk(argument) for argument in node.args])

    try:
        result = float(walk(parse("closed_form", text)))
        if not math.isfinite(result):
            raise ValueError(f"it is {result}")
        return result
    except (TypeError, ValueError, ArithmeticError, KeyError) as error:
        raise Misuse(f"closed_form: value = \"{text}\" has no value at {point}: {error}") from None
