// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_XNAP_H
#define MBS_XNAP_H

/**
 * @file
 * @ingroup mbs
 * All of XnAP (TS 38.423) that this module speaks: the messages of a handover.
 */

#include "mbs-xnap-handover-request.h"
#include "mbs-xnap-handover.h"

#endif // MBS_XNAP_H
