// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_SBI_OPERATIONS_H
#define MBS_SBI_OPERATIONS_H

#include "ns3/mbs-sbi-message.h"

/**
 * @ingroup mbs
 * @brief The service operations that the functions use, by reference point and standard name.
 *
 * Consumer and producer of an operation count it under the same name.
 */
namespace ns3::mbs::operations
{

/** TS 29.580: AF makes a user service known. */
inline const SbiOperation USER_SERVICE_CREATE{"Nmb10", "Nmbsf_MBSUserService_Create"};
/** TS 29.580: AF starts to deliver data for it. */
inline const SbiOperation USER_DATA_INGEST_CREATE{"Nmb10", "Nmbsf_MBSUserDataIngestSession_Create"};

/** TS 29.580: AF changes that: active or not, QoS, service area. */
inline const SbiOperation USER_DATA_INGEST_UPDATE{"Nmb10", "Nmbsf_MBSUserDataIngestSession_Update"};
/** TS 29.580: AF asks whether it is still there. */
inline const SbiOperation USER_DATA_INGEST_RETRIEVE{"Nmb10",
                                                    "Nmbsf_MBSUserDataIngestSession_Retrieve"};
/** TS 29.580: AF ends that. */
inline const SbiOperation USER_DATA_INGEST_DELETE{"Nmb10", "Nmbsf_MBSUserDataIngestSession_Delete"};
/** TS 29.580: AF withdraws the user service. */
inline const SbiOperation USER_SERVICE_DELETE{"Nmb10", "Nmbsf_MBSUserService_Delete"};

/** TS 29.581: MBSF sets the MBSTF up. */
inline const SbiOperation DIST_SESSION_CREATE{"Nmb2", "Nmbstf_MBSDistributionSession_Create"};
/** TS 29.581: MBSF changes it: tunnel, state, keys. */
inline const SbiOperation DIST_SESSION_UPDATE{"Nmb2", "Nmbstf_MBSDistributionSession_Update"};
/** TS 29.581: MBSF asks whether it is still there. */
inline const SbiOperation DIST_SESSION_RETRIEVE{"Nmb2", "Nmbstf_MBSDistributionSession_Retrieve"};
/** TS 29.581: MBSF ends it. */
inline const SbiOperation DIST_SESSION_DESTROY{"Nmb2", "Nmbstf_MBSDistributionSession_Destroy"};
/** TS 29.581: MBSF wants to hear of events. */
inline const SbiOperation DIST_SESSION_STATUS_SUBSCRIBE{
    "Nmb2",
    "Nmbstf_MBSDistributionSession_StatusSubscribe"};
/** TS 29.581: MBSTF tells of an event. */
inline const SbiOperation DIST_SESSION_STATUS_NOTIFY{"Nmb2",
                                                     "Nmbstf_MBSDistributionSession_StatusNotify"};

/** TS 29.532: MBSF gets a name for the session. */
inline const SbiOperation TMGI_ALLOCATE{"Nmb1", "Nmbsmf_TMGI_Allocate"};
/** TS 29.532: MBSF gives the name back. */
inline const SbiOperation TMGI_DEALLOCATE{"Nmb1", "Nmbsmf_TMGI_Deallocate"};
/** TS 29.532: MBSF creates the session. */
inline const SbiOperation MBS_SESSION_CREATE{"Nmb1", "Nmbsmf_MBSSession_Create"};
/** TS 29.532: MBSF changes it: keys. */
inline const SbiOperation MBS_SESSION_UPDATE{"Nmb1", "Nmbsmf_MBSSession_Update"};
/** TS 29.532: MB-SMF tells the MBSF of an event. */
inline const SbiOperation MBS_SESSION_STATUS_NOTIFY{"Nmb1", "Nmbsmf_MBSSession_StatusNotify"};
/** TS 29.532: MBSF ends it. */
inline const SbiOperation MBS_SESSION_DELETE{"Nmb1", "Nmbsmf_MBSSession_Delete"};

/** TS 29.532: SMF wants to know the session. */
inline const SbiOperation CONTEXT_STATUS_SUBSCRIBE{"N16mb",
                                                   "Nmbsmf_MBSSession_ContextStatusSubscribe"};
/** TS 29.532: SMF tells that its UEs have a new MSK (this module's reading). */
inline const SbiOperation CONTEXT_STATUS_SUBSCRIBE_MOD{
    "N16mb",
    "Nmbsmf_MBSSession_ContextStatusSubscribeMod"};
/** TS 29.532: SMF has no UE in the session any more. */
inline const SbiOperation CONTEXT_STATUS_UNSUBSCRIBE{"N16mb",
                                                     "Nmbsmf_MBSSession_ContextStatusUnSubscribe"};
/** TS 29.532: MB-SMF tells SMFs of a change. */
inline const SbiOperation CONTEXT_STATUS_NOTIFY{"N16mb", "Nmbsmf_MBSSession_ContextStatusNotify"};
/** TS 29.532: SMF tells that a UE joined or left (this module's reading). */
inline const SbiOperation CONTEXT_UPDATE_BY_SMF{"N16mb", "Nmbsmf_MBSSession_ContextUpdate"};
/** TS 29.532: AMF relays what a gNB needs. */
inline const SbiOperation CONTEXT_UPDATE{"N11mb", "Nmbsmf_MBSSession_ContextUpdate"};

/** TS 29.518: MB-SMF sends N2 to the gNBs of a session. */
inline const SbiOperation MBS_N2_MESSAGE_TRANSFER{"N11mb",
                                                  "Namf_MBSCommunication_N2MessageTransfer"};

/** TS 29.518: MB-SMF starts a broadcast session. */
inline const SbiOperation BROADCAST_CONTEXT_CREATE{"N11mb", "Namf_MBSBroadcast_ContextCreate"};
/** TS 29.518: MB-SMF changes its QoS or service area, or repeats it to gNBs. */
inline const SbiOperation BROADCAST_CONTEXT_UPDATE{"N11mb", "Namf_MBSBroadcast_ContextUpdate"};
/** TS 29.518: MB-SMF ends it. */
inline const SbiOperation BROADCAST_CONTEXT_RELEASE{"N11mb", "Namf_MBSBroadcast_ContextRelease"};
/** TS 29.518: AMF tells what gNBs answered, or that one has restarted. */
inline const SbiOperation BROADCAST_CONTEXT_STATUS_NOTIFY{"N11mb",
                                                          "Namf_MBSBroadcast_ContextStatusNotify"};

/** TS 29.518: SMF has the UEs of a session that becomes active made reachable. */
inline const SbiOperation ENABLE_GROUP_REACHABILITY{"N11", "Namf_MT_EnableGroupReachability"};
/** TS 29.518: SMF sends N1 and N2 to a UE and its gNB. */
inline const SbiOperation N1N2_MESSAGE_TRANSFER{"N11", "Namf_Communication_N1N2MessageTransfer"};
/** TS 29.502: AMF hands N1 and N2 to the SMF. */
inline const SbiOperation UPDATE_SM_CONTEXT{"N11", "Nsmf_PDUSession_UpdateSMContext"};

/** TS 33.246 clause 6.3.2.1A: UE wants keys of a user service. */
inline const SbiOperation MBS_REGISTER{"MBS-10", "MBMS registration"};
/** TS 33.246 clause 6.3.2.1B: UE wants them no more. */
inline const SbiOperation MBS_DEREGISTER{"MBS-10", "MBMS deregistration"};
/** TS 33.246 clause 6.3.2.2: UE wants certain MSKs. */
inline const SbiOperation MBS_MSK_REQUEST{"MBS-10", "MSK request"};
/** A request to the MBSSF that says not what it wants. */
inline const SbiOperation MBS_KEY_MANAGEMENT{"MBS-10", "key management request"};
/** TS 33.246 clause 6.3.2.3: MBSSF gives a UE an MSK, or solicits a request. */
inline const SbiOperation MIKEY_MSK{"MBS-10", "MIKEY MSK message"};
/** RFC 3830 clause 3.1: UE has the MSK. */
inline const SbiOperation MIKEY_VERIFICATION{"MBS-10", "MIKEY verification message"};

} // namespace ns3::mbs::operations

#endif // MBS_SBI_OPERATIONS_H
