# SPDX-License-Identifier: GPL-2.0-only
"""The programs that are run: where they are and what they say of themselves."""

import hashlib
import json
import os
import re
import subprocess

from .misuse import Misuse, unknown


def folder():
    """The folder of the programs; ./mbs says where it built them."""
    return os.environ.get("MBS_PROGRAMS", "build/examples")


def path_of(name):
    """Path of a program; Misuse if it is not there."""
    path = os.path.join(folder(), name)
    if not name or not os.path.isfile(path) or not os.access(path, os.X_OK):
        there = [entry.name for entry in os.scandir(folder())
                 if entry.is_file() and os.access(entry.path, os.X_OK)] \
            if os.path.isdir(folder()) else []
        if there:
            raise unknown(folder(), "program", name, there)
        raise Misuse(f"{path}: no such program; ./mbs build makes them")
    return os.path.abspath(path)


def ask(name, words):
    """What a program that does not run prints; Misuse has its sentence about what is wrong."""
    done = subprocess.run([path_of(name), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        how = f"ended by signal {-done.returncode}" if done.returncode < 0 else \
            f"ended with status {done.returncode}"
        raise Misuse(said[-1] if said else f"{name}: {how}")
    return done.stdout


def files_of(name):
    """Paths of a program and of this module's libraries that it loads."""
    files = [os.path.abspath(os.path.join(folder(), name))]
    try:
        loaded = subprocess.run(["ldd", files[0]], stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL).stdout.decode(errors="replace")
        files += sorted(path for path in re.findall(r"=> (/\S+)", loaded)
                        if "mbs" in os.path.basename(path))
    except OSError:
        # Without ldd the program stands for them.
        pass
    return files


def stamps(name):
    """By which it is seen that a program was built anew: time and size of each of its files."""
    return {path: stamp(path) for path in files_of(name)}


def stamp(path):
    """Time (ns) and size of a file, or None if it is not there."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return [status.st_mtime_ns, status.st_size]


def built_anew(known):
    """Whether a file has another stamp than it had."""
    return any(stamp(path) != was for path, was in known.items())


def digest(name):
    """A hash over a program and this module's libraries that it loads."""
    if not os.path.isfile(os.path.join(folder(), name)):
        return "unknown"
    total = hashlib.sha256()
    for path in files_of(name):
        with open(path, "rb") as file:
            total.update(hashlib.sha256(file.read()).digest())
    return total.hexdigest()


def describe(name):
    """What a program says with --describe, as a dictionary."""
    try:
        return json.loads(ask(name, ["--describe"]))
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

    def check_words(self):
        """What makes the program check all that is before it, and end."""
        return ["--quiet", "--check"] if "check" in self.options else ["--describe"]

    def origin(self):
        """What the program was made from: results of other origins are not mixed with its own."""
        keys = ("program", "module_version", "git_commit", "ns3_version", "compiler",
                "compiler_flags")
        return {**{key: self.answer.get(key, "unknown") for key in keys},
                "build": digest(self.answer["program"])}
