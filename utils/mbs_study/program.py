# SPDX-License-Identifier: GPL-2.0-only
"""The programs that are run: where they are and what they say of themselves."""

import json
import os
import subprocess

from .misuse import Misuse


def folder():
    """The folder of the programs; ./mbs says where it built them."""
    return os.environ.get("MBS_PROGRAMS", "build/examples")


def path_of(name):
    """Path of a program; Misuse if it is not there."""
    path = os.path.join(folder(), name)
    if not os.access(path, os.X_OK):
        raise Misuse(f"{path}: no such program; ./mbs build makes them")
    return os.path.abspath(path)


def describe(name, words=()):
    """What a program says with --describe, as a dictionary.

    Words before --describe are checked by the program itself: Misuse has its sentence.
    """
    done = subprocess.run(
        [path_of(name), *words, "--describe"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise Misuse(said[-1] if said else f"{name}: ended with status {done.returncode}")
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise Misuse(f"{name}: does not describe itself (--describe)") from None


class Description:
    """The answer to --describe, for looking things up."""

    def __init__(self, answer):
        self.answer = answer
        self.options = {option["name"]: option for option in answer["options"]}
        self.globals = {entry["name"] for entry in answer["global_values"]}
        self.attributes = {entry["name"] for entry in answer["attributes"]}

    def names(self):
        """All that a study may set."""
        return set(self.options) | self.globals | self.attributes

    def origin(self):
        """What the program was made from: results of other origins are not mixed with its own."""
        keys = ("program", "module_version", "git_commit", "ns3_version", "compiler",
                "compiler_flags")
        return {key: self.answer.get(key, "unknown") for key in keys}
