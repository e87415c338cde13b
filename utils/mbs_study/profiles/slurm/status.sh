#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Tells Snakemake what became of a Slurm job: running, success or failed.
set -u
state=$(scontrol --oneliner show job "$1" 2>/dev/null | grep -o 'JobState=[A-Z_]*')
# Slurm forgets jobs after a while; with accounting they are still known there.
[ -n "$state" ] || state=JobState=$(sacct --noheader --parsable2 --format=State --jobs="$1" 2>/dev/null | head -n 1)
case ${state#JobState=} in
    COMPLETED) echo success ;;
    PENDING | CONFIGURING | RUNNING | COMPLETING | SUSPENDED | REQUEUED | RESIZING | STAGE_OUT) echo running ;;
    *) echo failed ;;
esac
