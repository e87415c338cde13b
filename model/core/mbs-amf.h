// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_AMF_H
#define MBS_AMF_H

#include "mbs-sbi-function.h"

#include "ns3/mbs-n2-transport.h"
#include "ns3/mbs-ngap-distribution.h"
#include "ns3/mbs-ngap-interface.h"
#include "ns3/mbs-ngap-ue-context.h"
#include "ns3/mbs-ngap-ue.h"
#include "ns3/mbs-sbi-body-nsmf.h"

#include "ns3/event-id.h"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief AMF: relays N1 and N2 between SMFs and gNBs, and what gNBs need for shared delivery to the
 * MB-SMF (TS 23.247 clauses 7.2.1.3, 7.2.1.4 and 7.2.2). When the last of its gNBs leaves a
 * session, it tells the MB-SMF so.
 *
 * UEs are registered and connected when the run begins. A UE that its gNB releases is idle; what
 * comes for it waits while it is paged, until its SERVICE REQUEST. NAS security is not modelled:
 * NAS PDUs are plain.
 */
class Amf : public SbiFunction
{
  public:
    /** A UE that is registered when the run begins. */
    struct UeContext
    {
        std::string supi;         //!< whose
        uint64_t amfUeNgapId{0};  //!< its identity here on N2, from 1
        uint32_t fiveGTmsi{0};    //!< its identity towards the radio, another one for each UE
        uint32_t ranUeNgapId{0};  //!< its identity at the gNB
        Ipv4Address gnb;          //!< its gNB's address on N2
        uint8_t pduSessionId{1};  //!< its PDU session
        SbiPeer smf;              //!< that session's SMF
        std::string smContextRef; //!< that session's name there
    };

    /** @return the TypeId ns3::mbs::Amf */
    static TypeId GetTypeId();

    Amf();
    ~Amf() override;

    /** @param peer the MB-SMF on the N11mb link */
    void SetMbSmf(const SbiPeer& peer);

    /** @param context a UE that is registered when the run begins */
    void AddUe(const UeContext& context);

    /** @return the endpoint of N2, for its trace sources */
    Ptr<N2Endpoint> GetN2() const;

    /**
     * @brief Callback of the trace source `N1Received`.
     * @param supi for which UE
     * @param n1 the 5GSM message; valid during the call
     */
    using N1ReceivedCallback = void (*)(const std::string& supi, ByteView n1);

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void OfferServices() override;
    void GoDown(Memory memory) override;
    void ComeUp(Memory memory) override;
    void PeerLost(Ipv4Address peer) override;

    /**
     * @brief Asks the MB-SMF to send a session's packets to a gNB.
     * @param gnb which gNB
     * @param mbsSession the session
     * @param transfer DISTRIBUTION SETUP REQUEST transfer of the gNB
     * @param done handles the answer
     */
    void StartDistribution(Ipv4Address gnb,
                           const NgapMbsSessionId& mbsSession,
                           const Bytes& transfer,
                           const Done& done);

    /**
     * @brief Tells an MB-SMF that may have forgotten it that a gNB receives a session.
     * @param gnb which gNB
     * @param tmgi the session
     * @param attempt how often it was tried before
     */
    void RepeatDistribution(Ipv4Address gnb, const Tmgi& tmgi, uint32_t attempt);

    /** @param request Namf_MBSCommunication_N2MessageTransfer @param respond answers */
    void TransferMbsN2(const SbiRequest& request, const Responder& respond);

    /**
     * @brief Sends N2 information about a session to the gNBs that receive it.
     * @tparam Message MULTICAST SESSION ACTIVATION, DEACTIVATION or UPDATE REQUEST
     * @param session name of the session
     * @param transfer the information
     */
    template <typename Message>
    void SendToGnbs(const NgapMbsSessionId& session, const Bytes& transfer);

    /** @param supi UE @param request N1N2MessageTransfer @param respond answers */
    void TransferN1N2(const std::string& supi, const SbiRequest& request, const Responder& respond);

    /** @param supi UE @param request N1N2MessageTransfer that has just arrived */
    void TraceN1(const std::string& supi, const SbiRequest& request);

    /** What an SMF has for a UE. */
    struct Transfer
    {
        std::optional<Bytes> n1; //!< 5GSM message
        std::optional<Bytes> n2; //!< transfer for the gNB
    };

    /** A UE in CM-IDLE. */
    struct IdleUe
    {
        std::vector<Transfer> waiting; //!< until it is connected
        uint32_t pagings{0};           //!< how often it was paged without an answer
        EventId t3513;                 //!< until it is paged once more
    };

    /** @param ue a UE @return true if it is in CM-IDLE */
    bool IsIdle(const UeContext& ue) const;

    /** @param ue a connected UE @param transfer goes to it and its gNB */
    void SendTransfer(const UeContext& ue, const Transfer& transfer);

    /** @param ue a UE, which is paged if it is idle @param transfer goes to it and its gNB */
    void SendOrPage(const UeContext& ue, Transfer transfer);

    /** @param amfUeNgapId of an idle UE that is paged, for the first or a further time */
    void PageUe(uint64_t amfUeNgapId);

    /** @param ue a UE @return its identity towards the radio */
    static NgapFiveGSTmsi TmsiOf(const UeContext& ue);

    /** @param ue is connected now, and gets what has waited */
    void LeaveIdle(const UeContext& ue);

    /** @brief Forgets what waits for idle UEs. */
    void ForgetPaging();

    /**
     * @brief Tells a UE's SMF that its user plane goes up or down.
     * @param ue the UE
     * @param state of the user plane
     */
    void ChangeUpConnection(const UeContext& ue, const char* state);

    /** @param amfUeNgapId of the UE @param response of its SMF, with the bearers it needs */
    void UpConnectionChanged(uint64_t amfUeNgapId, const SbiResponse& response);

    /** @param gnb from where @param message ends a UE's connection */
    void Handle(Ipv4Address gnb, const NgapUeContextReleaseRequest& message);
    /** @param gnb from where @param message begins a UE's connection */
    void Handle(Ipv4Address gnb, const NgapInitialUeMessage& message);

    /** @param gnb from where @param pdu an NGAP PDU */
    void ReceiveNgap(Ipv4Address gnb, Bytes pdu);

    /** @param gnb from where @param message relayed to the SMF */
    void Handle(Ipv4Address gnb, const NgapUplinkNasTransport& message);
    /** @param gnb from where @param message relayed to the SMF */
    void Handle(Ipv4Address gnb, const NgapPduSessionResourceModifyResponse& message);
    /** @param gnb from where @param message relayed to the MB-SMF */
    void Handle(Ipv4Address gnb, const NgapDistributionSetupRequest& message);
    /** @param gnb from where @param message relayed to the MB-SMF */
    void Handle(Ipv4Address gnb, const NgapDistributionReleaseRequest& message);

    /** @param gnb from where @param message says that it has forgotten what it receives */
    void Handle(Ipv4Address gnb, const NgapNgReset& message);

    /**
     * @brief Tells the MB-SMF that a gNB receives a session no more.
     * @param gnb which gNB
     * @param tmgi the session
     * @param transfer DISTRIBUTION RELEASE REQUEST transfer
     * @param done comes after the answer, whatever it is
     */
    void EndDistribution(Ipv4Address gnb,
                         const Tmgi& tmgi,
                         const Bytes& transfer,
                         const std::function<void()>& done);

    /**
     * @brief Decodes an NGAP message and handles it, or drops it.
     * @tparam Message its type
     * @param gnb from where
     * @param pdu the octets
     */
    template <typename Message>
    void DecodeAndHandle(Ipv4Address gnb, ByteView pdu);

    /**
     * @param amfUeNgapId a UE's identity here
     * @param gnb where the message came from that names it
     * @param type what that message is
     * @return the UE, or null; then the message is reported as dropped
     */
    const UeContext* FindUe(uint64_t amfUeNgapId, Ipv4Address gnb, const NgapMessageType& type);

    /**
     * @brief Nsmf_PDUSession_UpdateSMContext.
     * @param ue the UE
     * @param n1 5GSM message, may be empty
     * @param n2 transfer, may be empty
     * @param modified false if the gNB could not do what was asked
     */
    void UpdateSmContext(const UeContext& ue,
                         const Bytes& n1,
                         const Bytes& n2,
                         bool modified = true);

    /** @param gnb where to @param mbsSession which @param response of the MB-SMF */
    void AnswerDistributionSetup(Ipv4Address gnb,
                                 const NgapMbsSessionId& mbsSession,
                                 const SbiResponse& response);

    /** @param supi a UE's @return where it is, or would have to be, in m_bySupi */
    std::vector<uint32_t>::const_iterator PlaceOf(const std::string& supi) const;

    /** @param gnb where to @param pdu NGAP octets @param type what they are */
    void SendNgap(Ipv4Address gnb, const Bytes& pdu, const NgapMessageType& type);

    SbiPeer m_mbSmf;                            //!< on N11mb
    Ptr<N2Endpoint> m_n2;                       //!< to the gNBs
    std::deque<UeContext> m_ues;                //!< by AMF UE NGAP ID - 1
    std::vector<uint32_t> m_bySupi;             //!< places in m_ues, in the order of SUPIs
    std::map<uint32_t, std::size_t> m_ueOfTmsi; //!< place in m_ues
    std::map<uint64_t, IdleUe> m_idle;          //!< UEs in CM-IDLE, by AMF UE NGAP ID
    Time m_t3513;                               //!< attribute
    uint32_t m_maxPagings{3};                   //!< attribute
    std::map<Tmgi, std::map<Ipv4Address, Bytes>>
        m_receiving; //!< gNBs with shared delivery, and the transfers in their requests

    TracedCallback<const std::string&, ByteView> m_n1Received; //!< SUPI, 5GSM message
};

} // namespace ns3::mbs

#endif // MBS_AMF_H
