// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_GNB_HANDOVER_H
#define MBS_GNB_HANDOVER_H

#include "ns3/mbs-network-function.h"
#include "ns3/mbs-ngap-path-switch.h"
#include "ns3/mbs-ngap-session.h"
#include "ns3/mbs-ngap-ue.h"
#include "ns3/mbs-rrc-handover.h"
#include "ns3/mbs-xn-transport.h"
#include "ns3/mbs-xnap.h"

#include "ns3/event-id.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3::mbs
{

class Gnb;

/**
 * @ingroup mbs
 * @brief A handover at the gNB that the UE leaves (TS 38.300 clause 9.2.3.2.1).
 *
 *     HandOver() --> PREPARING --ACKNOWLEDGE--> EXECUTING --UE CONTEXT RELEASE--> DONE
 *                        |                          |
 *                        +--> UE stays              +--> UE comes back, or is taken to be lost
 */
struct OutgoingHandover
{
    /** How far it is. */
    enum class State : uint8_t
    {
        PREPARING, //!< HANDOVER REQUEST has no answer yet
        EXECUTING, //!< the UE has been sent its order
        DONE       //!< the UE is at the target; RLC may still find what did not reach it here
    };

    State state{State::PREPARING};              //!< how far it is
    uint32_t xnapId{0};                         //!< the UE on Xn, in this handover only
    uint32_t target{0};                         //!< number of the gNB that the UE goes to
    uint64_t amfUeNgapId{0};                    //!< the UE at the AMF
    uint8_t pduSessionId{0};                    //!< its PDU session
    std::optional<uint32_t> targetUeXnapId;     //!< the UE at the target, once that has answered
    EventId timer;                              //!< TXnRELOCprep, then TXnRELOCoverall
    uint32_t overdue{0};                        //!< how often the latter has run out
    std::vector<std::function<void()>> waiting; //!< what came for the UE in PREPARING
};

/**
 * @ingroup mbs
 * @brief A handover at the gNB that the UE goes to.
 *
 *     HANDOVER REQUEST --> ADMITTED --the UE has come--> SWITCHING --ACKNOWLEDGE of the AMF--> end
 */
struct IncomingHandover
{
    /** How far it is. */
    enum class State : uint8_t
    {
        ADMITTED, //!< the UE may come
        SWITCHING //!< it has come, and PATH SWITCH REQUEST has no answer yet
    };

    State state{State::ADMITTED};        //!< how far it is
    uint32_t source{0};                  //!< number of the gNB that the UE comes from
    uint32_t sourceUeXnapId{0};          //!< the UE there
    HandoverPreparationInformation info; //!< what RRC has to know of it
    uint64_t amfUeNgapId{0};             //!< the UE at the AMF
    uint8_t pduSessionId{0};             //!< its PDU session
    uint8_t transaction{0};              //!< of the RRC RECONFIGURATION with sync
    EventId timer;                       //!< until it is taken not to come
    std::vector<Bytes> uplink;           //!< NAS of the UE for when the path is switched
};

/**
 * @ingroup mbs
 * @brief What a gNB does with its neighbours to hand UEs over (TS 38.300 clause 9.2.3.2, TS 38.423
 * clauses 8.2.1 to 8.2.7, TS 38.413 clause 8.4.4), as source and as target. A part of the gNB.
 *
 * NAS messages and PDU SESSION RESOURCE MODIFY REQUESTs that come for a UE in PREPARING wait; once
 * the UE has been sent its order they go back, since the core sends them again when the path is
 * switched (TS 38.413 clauses 8.2.3.4 and 8.6.4).
 */
class GnbHandoverControl
{
  public:
    /** @param gnb whose part this is */
    explicit GnbHandoverControl(Gnb& gnb);
    ~GnbHandoverControl();

    GnbHandoverControl(const GnbHandoverControl&) = delete;
    GnbHandoverControl& operator=(const GnbHandoverControl&) = delete;

    /** @param gnb number of a neighbour @param address of it on their Xn link */
    void AddNeighbour(uint32_t gnb, Ipv4Address address);

    /** @return the end of Xn */
    Ptr<XnEndpoint> GetXn() const;

    /** @brief The gNB's node is there: Xn begins. */
    void Start();

    /** @param memory what the gNB shall know when it comes back */
    void GoDown(NetworkFunction::Memory memory);

    /** @brief The gNB is back. */
    void ComeUp();

    /** @brief The AMF may have lost PATH SWITCH REQUESTs: they are sent again. */
    void N2Connected();

    /** @param rnti a UE @param target number of the gNB that it shall go to */
    void Begin(uint32_t rnti, uint32_t target);

    /** @param rnti a UE @return true while it is leaving this gNB */
    bool IsLeaving(uint32_t rnti) const;

    /** @param rnti a UE @return true if it has been sent its order and is not back */
    bool IsOnItsWay(uint32_t rnti) const;

    /** @param rnti an RNTI @return true if its UE is leaving or has not come, so that its bearers
     * stay as they are */
    bool IsBetween(uint32_t rnti) const;

    /** @param message for a UE @return true if that is leaving and the message is taken care of */
    bool Take(const NgapDownlinkNasTransport& message);

    /** @param message for a UE @return true if that is leaving and the message is taken care of */
    bool Take(const NgapPduSessionResourceModifyRequest& message);

    /** @param rnti a UE @param nas from it @return true if it waits for the path to be switched */
    bool TakeUplink(uint32_t rnti, const Bytes& nas);

    /** @param rnti a UE @return true if it has come, and its path is not switched yet */
    bool IsSwitching(uint32_t rnti) const;

    /**
     * @param rnti to whom
     * @param message that RLC has given up
     * @return true if the UE has been sent its order, or is gone, and the message is taken care of
     */
    bool Undelivered(uint32_t rnti, const RrcMessage& message);

    /**
     * @param rnti an RNTI
     * @param transaction of a RECONFIGURATION COMPLETE from there
     * @return true if the UE has come by handover with it
     */
    bool Arrived(uint32_t rnti, uint8_t transaction);

    /** @param rnti a UE that re-establishes its connection here */
    void Returned(uint32_t rnti);

    /** @param rnti a UE whose connection is over */
    void ConnectionEnded(uint32_t rnti);

    /** @param message the path of a UE is switched */
    void Handle(const NgapPathSwitchRequestAcknowledge& message);

    /** @param message the path of a UE is not switched */
    void Handle(const NgapPathSwitchRequestFailure& message);

  private:
    /** @brief Connects with the neighbours: the gNB with the lower number opens the connection. */
    void Open();

    /** @param peer address of a neighbour @param pdu an XnAP PDU */
    void Receive(Ipv4Address peer, Bytes pdu);

    /**
     * @brief Decodes an XnAP message and handles it, or drops it.
     * @tparam Message its type
     * @param neighbour who sent it
     * @param pdu the octets
     */
    template <typename Message>
    void DecodeAndHandle(uint32_t neighbour, ByteView pdu);

    /** @param neighbour who sent it @param message a UE is to come */
    void Handle(uint32_t neighbour, const XnapHandoverRequest& message);
    /** @param neighbour who sent it @param message a UE may come */
    void Handle(uint32_t neighbour, const XnapHandoverRequestAcknowledge& message);
    /** @param neighbour who sent it @param message a UE may not come */
    void Handle(uint32_t neighbour, const XnapHandoverPreparationFailure& message);
    /** @param neighbour who sent it @param message a UE will not come */
    void Handle(uint32_t neighbour, const XnapHandoverCancel& message);
    /** @param neighbour who sent it @param message a UE has gone for good */
    void Handle(uint32_t neighbour, const XnapUeContextRelease& message);

    /**
     * @param neighbour to whom
     * @param pdu XnAP
     * @param type what it is
     */
    void Send(uint32_t neighbour, const Bytes& pdu, const XnapMessageType& type) const;

    /** @param rnti a UE @param target where to @return why it cannot be handed over, or nothing */
    std::string WhyNot(uint32_t rnti, uint32_t target) const;

    /** @param rnti a UE @param handover of it @return HANDOVER REQUEST */
    XnapHandoverRequest MakeRequest(uint32_t rnti, const OutgoingHandover& handover) const;

    /** @param rnti a UE @return the multicast sessions that it will be in at the target */
    std::vector<XnapMbsSessionInformation> SessionsOf(uint32_t rnti) const;

    /**
     * @param neighbour who sent a message
     * @param xnapId whose handover it names
     * @param state in which that must be
     * @return the UE's RNTI, 0 if there is no such handover
     */
    uint32_t FindOutgoing(uint32_t neighbour, uint32_t xnapId, OutgoingHandover::State state) const;

    /** @param neighbour who sent it @param xnapId of a UE @param type of it @return RNTI, or 0 */
    uint32_t FindPreparing(uint32_t neighbour, uint32_t xnapId, const XnapMessageType& type);

    /** @param rnti a UE whose handover is over: nothing of it is kept */
    void Erase(uint32_t rnti);

    /** @param rnti a UE @return its handover if messages for it are to be taken, or null */
    OutgoingHandover* FindLeaving(uint32_t rnti);

    /** @param rnti a UE that has been sent its order @param handover of it: returns what waits for
     * shared delivery */
    void ReturnWaiting(uint32_t rnti, const OutgoingHandover& handover);

    /** @param rnti a UE that stays, or is here again @param why a clause */
    void Fail(uint32_t rnti, const std::string& why);

    /** @param rnti a UE @param cause why the target is told that it will not come */
    void Cancel(uint32_t rnti, uint8_t cause) const;

    /**
     * @param neighbour gets HANDOVER CANCEL
     * @param xnapId of a UE that will not come
     * @param targetUeXnapId the UE there, if that is known
     * @param cause of the radio network
     */
    void SendCancel(uint32_t neighbour,
                    uint32_t xnapId,
                    const std::optional<uint32_t>& targetUeXnapId,
                    uint8_t cause) const;

    /** @param rnti a UE: TXnRELOCprep has run out */
    void PreparationExpired(uint32_t rnti);

    /** @param rnti a UE: TXnRELOCoverall has run out */
    void OverallExpired(uint32_t rnti);

    /** @param rnti a UE @param handover of it @param nas what it did not get */
    void ReturnNas(uint32_t rnti, const OutgoingHandover& handover, const Bytes& nas) const;

    /** @param rnti a UE @param handover of it @param pduSessionId of what it did not get */
    void ReturnModify(uint32_t rnti, const OutgoingHandover& handover, uint8_t pduSessionId) const;

    /**
     * @brief Gives a UE an RNTI, and asks for the shared delivery that it is going to need.
     * @param request of the source
     * @param handover what is known of it
     * @return the order for the UE
     */
    RrcMessage Admit(const XnapHandoverRequest& request, IncomingHandover handover);

    /** @param neighbour a gNB @return how many UEs of it are awaited */
    std::size_t CountAwaited(uint32_t neighbour) const;

    /**
     * @brief Finds a radio identity for a UE that is going to come.
     * @return one that nobody has had, or that of a UE that did not come a long time ago: however
     * many do not come, no more than so many are kept
     */
    uint32_t TakeRnti();

    /** @param neighbour a gNB @param xnapId a UE there @return the RNTI if it is awaited, or 0 */
    uint32_t FindAwaited(uint32_t neighbour, uint32_t xnapId) const;

    /** @param rnti of a UE that will not come */
    void Dismiss(uint32_t rnti);

    /** @param rnti of a UE that may come nevertheless @param handover of it: it is idle then */
    void Disown(uint32_t rnti, const IncomingHandover& handover);

    /** @param rnti of a UE that has come @param handover of it */
    void SendPathSwitchRequest(uint32_t rnti, const IncomingHandover& handover) const;

    /** @param rnti here @param amfUeNgapId there @param type of a message @return its handover */
    IncomingHandover* FindSwitching(uint32_t rnti,
                                    uint64_t amfUeNgapId,
                                    const NgapMessageType& type);

    Gnb& m_gnb;                                      //!< whose part this is
    Ptr<XnEndpoint> m_xn;                            //!< to the neighbours
    std::map<uint32_t, Ipv4Address> m_neighbours;    //!< their addresses on Xn, by number
    std::map<uint32_t, OutgoingHandover> m_outgoing; //!< by RNTI here
    std::map<uint32_t, uint32_t> m_rntiOf;           //!< by name on Xn, of those handovers
    uint32_t m_nextXnapId{1};                        //!< name of the next UE that leaves
    std::map<uint32_t, IncomingHandover> m_incoming; //!< by RNTI here
    std::vector<uint32_t> m_forgotten;               //!< RNTIs of UEs that were to come
    std::deque<uint32_t> m_unused;                   //!< RNTIs of UEs that did not come, in order
};

} // namespace ns3::mbs

#endif // MBS_GNB_HANDOVER_H
