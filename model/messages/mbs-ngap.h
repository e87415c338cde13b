// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_NGAP_H
#define MBS_NGAP_H

/**
 * @file
 * @ingroup mbs
 * All of NGAP (TS 38.413) that this module speaks.
 */

#include "mbs-ngap-broadcast.h"
#include "mbs-ngap-distribution.h"
#include "mbs-ngap-interface.h"
#include "mbs-ngap-multicast.h"
#include "mbs-ngap-path-switch.h"
#include "mbs-ngap-session.h"
#include "mbs-ngap-ue-context.h"
#include "mbs-ngap-ue.h"

#endif // MBS_NGAP_H
