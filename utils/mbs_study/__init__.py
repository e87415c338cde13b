# SPDX-License-Identifier: GPL-2.0-only
"""Studies: sets of runs of a program, and what is made of their results."""
