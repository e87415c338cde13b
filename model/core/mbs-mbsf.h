// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MBSF_H
#define MBS_MBSF_H

#include "mbs-sbi-function.h"
#include "mbs-security-deployment.h"

#include "ns3/mbs-key-generator.h"
#include "ns3/mbs-key-material.h"
#include "ns3/mbs-sbi-body-nmbsf.h"
#include "ns3/mbs-sbi-body-nmbstf.h"

#include "ns3/event-id.h"

#include <functional>
#include <map>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief MBSF: makes the MSKs, gets the MTKs from the MBSTF, and puts both into the session at the
 * MB-SMF (TS 33.501 W.4.1.2, TS 23.247 clauses 7.1.1.2 and 7.1.1.6, TS 26.502 clause 4.2).
 *
 * A session is set up in this order, so that the MB-SMF gets the whole security context at once:
 *
 *     AF                    MBSF                   MBSTF      MB-SMF
 *      |-- ingest session --->|                      |           |
 *      |                      |- dist session, MSK ->|           |
 *      |                      |- subscribe --------->|           |
 *      |                      |<-- MTK --------------|           |
 *      |                      |- MBS session, MSK, MTK --------->|
 *      |                      |<-- ingress tunnel ---------------|
 *      |                      |- tunnel, ACTIVE ---->|           |
 *      |<-- ingest address ---|                      |           |
 *
 * Where the MBSSF is and how keys cross Nmb2 (MbssfPlacement, Nmb2Keys) changes this:
 *
 * - with pull the session begins without MSK; the MBSTF asks for each with MSK_REQUEST;
 * - with the MBSSF in the MBSTF the security context only names the MSK, and the MBSTF makes it and
 *   reports it with the MTK;
 * - internally, names cross Nmb2 and keys do not: they are in the NodeKeys of the node.
 *
 * In the user-plane procedure the MB-SMF gets no keys: the MBSSF gives them to the UEs.
 *
 * When the AF ends the session, the MBSTF stops first, so that nothing is sent to UEs that are
 * being removed; then the MB-SMF releases it.
 *
 * The last MSK stays in the context at the MB-SMF for `MskOverlap`, so that UEs that join before
 * the new one is in use get both. The MB-SMF may ask for a new MSK or MTK when UEs join or leave.
 *
 * With `OrderMskActivation` it ends the lifetime of the last MSK at the MBSTF as soon as it hears
 * that UEs have the new one: from the MB-SMF, or in the user-plane procedure from the MBSSF in its
 * node.
 *
 * A new MSK takes the same way: to the MBSTF, back with an MTK under it, to the MB-SMF. An MTK that
 * comes without a new MSK is only noted (TS 23.247 clause 7.2.6 is not for it).
 */
class Mbsf : public SbiFunction
{
  public:
    /** @return the TypeId ns3::mbs::Mbsf */
    static TypeId GetTypeId();

    Mbsf();
    ~Mbsf() override;

    /** @param peer the MBSTF on the Nmb2 link */
    void SetMbstf(const SbiPeer& peer);

    /** @param peer the MB-SMF on the Nmb1 link */
    void SetMbSmf(const SbiPeer& peer);

    /**
     * @brief Fixes the number of a session, which its multicast group and Key Group follow from.
     * Other sessions are numbered in the order in which they are created.
     * @param tmgi the session, not created yet
     * @param number from 0, not that of another session
     */
    void NumberSession(const Tmgi& tmgi, uint32_t number);

    /**
     * @brief Makes a new MSK now, beside the renewals of `MskInterval`, as when a key may be known
     * to others. Does nothing for a session that is not set up.
     * @param tmgi the session
     */
    void Renew(const Tmgi& tmgi);

    int64_t AssignStreams(int64_t stream) override;

    /** @return how many sessions are set up */
    std::size_t GetActiveSessionCount() const;

    /**
     * @brief Callback of the trace source `MskGenerated`.
     * @param tmgi the session
     * @param keys name of the MSK, and the MSK
     * @param first true if the session is being set up, false if the MSK is renewed
     */
    using MskGeneratedCallback = void (*)(const Tmgi& tmgi, const KeySet& keys, bool first);

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void StopApplication() override;
    void OfferServices() override;
    void GoDown(Memory memory) override;
    void ComeUp(Memory memory) override;
    void PeerLost(Ipv4Address peer) override;

    /** A user data ingest session with its one distribution session. */
    struct Session
    {
        std::string id;                       //!< name of the resource
        uint32_t number{0};                   //!< tells its groups from those of others
        std::string infoKey;                  //!< what the AF calls the distribution session
        nmbsf::MbsUserDataIngSession request; //!< what the AF asked for
        Responder respond;                    //!< answers the AF; empty when it is answered
        Tmgi tmgi;                            //!< name of the MBS session
        bool allocated{false};                //!< the MB-SMF has chosen that name
        bool broadcast{false};                //!< a broadcast session
        std::string distSessionPath;          //!< of the resource at the MBSTF
        std::string mbsSessionPath;           //!< of the resource at the MB-SMF
        sbi::TunnelAddress ingest;            //!< where the AF sends
        sbi::TunnelAddress tunnel;            //!< the MB-UPF's end of Nmb9
        KeySet keys;                          //!< newest MSK and MTK
        MskId last;                           //!< name of the MSK before
        MskId told;                           //!< name of the newest MSK that the MB-SMF has
        bool reported{false};                 //!< the MBSTF has an MTK under that MSK
        bool asked{false};                    //!< the MB-SMF was asked for the session
        std::optional<KeySet> previous;       //!< the MSK before, while it may be in use
        bool renewAgain{false};               //!< another MSK was wanted while one is on its way
        Time mskMade;                         //!< when the newest MSK was made
        bool active{false};                   //!< set up
        bool deactivated{false};              //!< by the AF: no keys are given out
        bool mskHeldBack{false};              //!< one was due meanwhile
        bool updateHeldBack{false};           //!< the MB-SMF has not been told of the newest MSK
        bool restoring{false};                //!< the MBSTF has forgotten it and gets it anew
        EventId renewal;                      //!< of the MSK
    };

    /** What is kept of a session for ever, so that a name never means two keys. */
    struct Lasting
    {
        uint32_t number{0}; //!< of the session
        MskId lastMsk;      //!< newest MSK
    };

    /** @param request MBSUserService_Create @param respond answers */
    void CreateUserService(const SbiRequest& request, const Responder& respond);
    /** @param request MBSUserDataIngestSession_Create @param respond answers */
    void CreateIngestSession(const SbiRequest& request, const Responder& respond);
    /** @param id session, MBSUserDataIngestSession_Retrieve @param respond answers */
    void RetrieveIngestSession(const std::string& id, const Responder& respond) const;

    /**
     * @brief Answers a request for a session that there is already: the AF repeats a request when
     * its connection is lost before the answer.
     * @param request MBSUserDataIngestSession_Create with a TMGI
     * @param respond answers
     * @return false if there is no such session
     */
    bool Repeats(const nmbsf::MbsUserDataIngSession& request, const Responder& respond);

    /** @param session which is set up @return what the AF is told of it */
    static nmbsf::MbsUserDataIngSession Describe(const Session& session);

    /** @param id resource, MBSUserService_Delete @param respond answers */
    void DeleteUserService(const std::string& id, const Responder& respond);
    /** @param id session @param request MBSUserDataIngestSession_Update @param respond answers */
    void ModifyIngestSession(const std::string& id,
                             const SbiRequest& request,
                             const Responder& respond);
    /** @param id session, MBSUserDataIngestSession_Delete @param respond answers */
    void DeleteIngestSession(const std::string& id, const Responder& respond);
    /** @param id session @param request StatusNotify @param respond answers */
    void Notified(const std::string& id, const SbiRequest& request, const Responder& respond);

    /** @param id session @param request Nmbsmf StatusNotify @param respond answers */
    void KeyWanted(const std::string& id, const SbiRequest& request, const Responder& respond);

    /** @param id session that gets a new MSK as soon as the last one is with the MB-SMF */
    void RenewMskNow(const std::string& id);

    /** @param session whose newest MSK UEs have: the MBSTF is told that the last one is over */
    void OrderActivation(const Session& session);

    /**
     * @brief Tells the MBSTF something about a session's keys once; if that fails, time helps.
     * @param session the session
     * @param keys names, and what is to be told
     */
    void TellMbstf(const Session& session, const KeySet& keys);
    /**
     * @brief Gives the MBSTF the MSK that it asks for, a new one unless that is on its way (pull).
     * @param session for which
     * @param report names the MSK that is valid no more, or none
     */
    void MskRequested(Session& session, const nmbstf::DistSessionEventReport& report);

    /** @param session whose newest MSK may not be in use @return how long it is still waited for */
    static Time Patience(const Session& session);

    /** @param session has the MBSTF make a new MTK under the MSK */
    void RequestMtk(const Session& session);

    /**
     * @brief Keeps what the AF has changed, for when a neighbour has forgotten the session.
     * @param id session
     * @param info the change
     */
    void KeepChange(const std::string& id, const nmbsf::MbsDistributionSessionInfo& info);
    /**
     * @brief Activates or deactivates a session, if it is not so already.
     * @param id session
     * @param wanted see nmbstf::DistSessionState; no change if it is neither
     * @param respond answers the AF
     */
    void ChangeState(const std::string& id, const std::string& wanted, const Responder& respond);
    /** @param id session that the AF wants to be inactive @param respond answers the AF */
    void Deactivate(const std::string& id, const Responder& respond);
    /** @param id session that the AF wants to be active again @param respond answers the AF */
    void Activate(const std::string& id, const Responder& respond);
    /** @param id session that is active again: what was held back is given out */
    void ReleaseHeldBack(const std::string& id);

    /**
     * @brief Changes a resource for the AF; if that fails, the AF gets an error.
     * @param peer whose resource
     * @param path of the resource
     * @param patch the change
     * @param operation which
     * @param respond answers the AF
     * @param then what comes if it worked
     */
    void PatchForAf(const SbiPeer& peer,
                    const std::string& path,
                    const std::string& patch,
                    const SbiOperation& operation,
                    const Responder& respond,
                    const std::function<void()>& then);

    /** @param id session that gets a name */
    void AllocateTmgi(const std::string& id);
    /** @param id session that is set up at the MBSTF */
    void CreateDistSession(const std::string& id);
    /** @param id session whose events are wanted */
    void SubscribeDistSession(const std::string& id);
    /** @param id session that is set up at the MB-SMF */
    void CreateMbsSession(const std::string& id);
    /** @param id session whose packets may flow @param tunnel the MB-UPF's end of Nmb9 */
    void ActivateDistSession(const std::string& id, const sbi::TunnelAddress& tunnel);
    /** @param id session that is set up; answers the AF */
    void Established(const std::string& id);

    /**
     * @brief Gives a session up while it is being set up, and answers the AF.
     * @param id the session
     * @param step what failed
     * @param response of the peer
     */
    void Fail(const std::string& id, const std::string& step, const SbiResponse& response);

    /**
     * @brief What failed while a session is set up ends it; what fails later is looked after.
     * @param id the session
     * @param step what failed
     * @param response of the peer
     */
    void FailOrCheck(const std::string& id, const std::string& step, const SbiResponse& response);

    /**
     * @brief Finds out whether the MBSTF has a session and its newest MSK, and sees to it.
     * @param id the session
     * @param attempt how often it was tried before
     */
    void CheckDistSession(const std::string& id, uint32_t attempt);

    /** @param id session that the MB-SMF gets once more, with its newest keys */
    void CheckMbsSession(const std::string& id);

    /** @param session that the MBSTF has forgotten and gets anew */
    void RestoreDistSession(Session& session);

    /** @param session that the MBSTF has again, but for its tunnel */
    void DistSessionRestored(Session& session);

    /** @param created answer to a request whose session has ended meanwhile */
    void AbandonDistSession(const SbiResponse& created);

    /**
     * @brief Ends a session at the MBSTF, then at the MB-SMF, and gives its TMGI back.
     * @param session as it was; this object has forgotten it
     * @param respond answers the AF when all of them have answered
     */
    void Release(const Session& session, const Responder& respond);

    /**
     * @brief Uses a service operation that ends something, whatever the answer.
     * @param peer whose
     * @param path of the resource
     * @param operation which
     * @param then what comes after the answer
     */
    void Delete(const SbiPeer& peer,
                const std::string& path,
                const SbiOperation& operation,
                const std::function<void()>& then);

    /** @param session gets its first or next MSK */
    void MakeMsk(Session& session);

    /**
     * @brief Tells the MBSTF of a session's newest MSK, which may be to be made there; again later
     * if that fails, until there is an MTK under it or a newer MSK.
     * @param session the session
     * @param attempt how often it was tried again before
     */
    void UpdateDistSession(const Session& session, uint32_t attempt);

    /** @return the session's newest MSK as it crosses Nmb2 @param session whose */
    KeySet KeysForMbstf(const Session& session) const;

    /** @return the session's keys as the MB-SMF gets them @param session whose */
    static SecurityContext KeysForMbSmf(const Session& session);

    /** @param session whose keys the functions of this node share from now on, if they share any */
    void Share(const Session& session);

    /** @param session whose MSK is renewed when its lifetime ends */
    void ScheduleRenewal(Session& session);

    /** @param id session whose MSK is due */
    void RenewMsk(const std::string& id);

    /** @param session takes over the MTK @param keys from the MBSTF @return false if unknown */
    bool NoteMtk(Session& session, const SecurityContext& keys);

    /**
     * @brief Tells the MB-SMF of a session's newest keys; again later if that fails, until there is
     * a newer MSK.
     * @param session the session
     * @param attempt how often it was tried again before
     */
    void UpdateMbsSession(const Session& session, uint32_t attempt);

    SbiPeer m_mbstf;                  //!< on Nmb2
    SbiPeer m_mbSmf;                  //!< on Nmb1
    Ptr<KeyGenerator> m_keys;         //!< makes MSKs
    Time m_mskInterval;               //!< attribute
    Time m_mskOverlap;                //!< attribute
    uint16_t m_keyGroup{1};           //!< attribute: Key Group part of the MSK IDs
    bool m_orderMskActivation{false}; //!< attribute
    SecurityProcedure m_procedure{SecurityProcedure::CONTROL_PLANE}; //!< attribute
    MbssfPlacement m_placement{MbssfPlacement::MBSF};                //!< attribute
    Nmb2Keys m_nmb2Keys{Nmb2Keys::PUSH};                             //!< attribute
    Ipv4Address m_firstGroup;                  //!< attribute: destination of the packets
    uint16_t m_trafficPort{5004};              //!< attribute: UDP port of the packets
    std::map<std::string, Session> m_sessions; //!< by name of the resource
    std::map<std::string, nmbsf::MbsUserService> m_userServices; //!< by name of the resource
    std::map<Tmgi, Lasting> m_lasting;                           //!< of all sessions ever
    uint32_t m_nextId{1};                                        //!< of the next resource
    std::map<Tmgi, uint32_t> m_numbers;                          //!< of sessions, if fixed
    uint32_t m_nextNumber{0};                                    //!< of the next other session

    TracedCallback<const Tmgi&, const KeySet&, bool> m_mskGenerated; //!< session, MSK, first
};

} // namespace ns3::mbs

#endif // MBS_MBSF_H
