// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_AF_H
#define MBS_AF_H

#include "mbs-sbi-function.h"

#include "ns3/mbs-sbi-body-nmbsf.h"
#include "ns3/mbs-traffic-plan.h"
#include "ns3/mbs-udp-port.h"

#include "ns3/event-id.h"

#include <functional>
#include <memory>
#include <string>

namespace ns3::mbs
{

/** What the AF calls its one distribution session. */
inline constexpr const char* AF_DISTRIBUTION = "stream";

/**
 * @ingroup mbs
 * @brief AF: has the MBSF set a session up, sends its media to the MBSTF, and ends the session
 * (TS 26.502 clause 4.2, TS 29.580).
 */
class Af : public SbiFunction
{
  public:
    /**
     * @brief Makes the session a broadcast session, to be called before the application starts.
     * @param area where it is broadcast
     */
    void SetBroadcast(const sbi::MbsServiceArea& area);

    /** @return the TypeId ns3::mbs::Af */
    static TypeId GetTypeId();

    Af();
    ~Af() override;

    /** @param peer the MBSF on the Nmb10 link */
    void SetMbsf(const SbiPeer& peer);

    /** @param tmgi name that the session shall have; without it the MBSF gets one allocated */
    void SetTmgi(const Tmgi& tmgi);

    /** @param restricted true if only UEs whose subscription says so may join */
    void SetRestricted(bool restricted);

    /** @param traffic what is sent; nothing if null */
    void SetTraffic(std::shared_ptr<const TrafficPlan> traffic);

    /**
     * @brief Ends the session: sends nothing more, has the MBSF delete the ingest session and then
     * the user service. A session that is still being set up is ended when it is; one that the MBSF
     * does not delete lives on, and may be released again.
     */
    void Release();

    /**
     * @brief Has the session deactivated, and sends nothing from now on (TS 23.247 clause 7.2.5.3).
     */
    void Deactivate();

    /**
     * @brief Has the session activated again, and goes on sending when it is (TS 23.247 clause
     * 7.2.5.2).
     */
    void Activate();

    /**
     * @brief Asks for another treatment of the session's packets (TS 23.247 clause 7.2.6).
     * @param fiveQi 5QI, 1 to 255
     */
    void UpdateQos(uint8_t fiveQi);

    /**
     * @brief Says where the session shall be (TS 23.247 clause 7.2.6).
     * @param area the service area
     */
    void UpdateServiceArea(sbi::MbsServiceArea area);

    /** @return true once the session is set up, even if it has been released since */
    bool IsEstablished() const;

    /**
     * @brief Callback of the trace source `RtpSent`.
     * @param index 0, 1, 2 and so on
     * @param rtp the RTP packet; valid during the call
     */
    using RtpSentCallback = void (*)(uint64_t index, ByteView rtp);

    /**
     * @brief Callback of the trace sources `Established` and `Released`.
     * @param tmgi name of the session
     */
    using EstablishedCallback = void (*)(const Tmgi& tmgi);

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void StopApplication() override;
    void OfferServices() override;
    void PeerLost(Ipv4Address peer) override;

    /**
     * @brief Finds out whether the MBSF still has the session, and sets it up anew if not.
     * @param attempt how often it was tried before
     */
    void CheckSession(uint32_t attempt);

    /** @brief Makes the user service known. */
    void CreateUserService();

    /** @param userServiceId of which data are going to be delivered */
    void CreateIngestSession(const std::string& userServiceId);

    /** @param session as the MBSF set it up */
    void StartSending(const nmbsf::MbsUserDataIngSession& session);

    /**
     * @brief Makes the sequence numbers begin at 0, wherever the capture begins, so that a UE that
     * joins before the first roll-over knows the roll-over counter without being told.
     * @param rtp the next packet
     */
    void Renumber(Bytes& rtp);

    /** @brief Sends the next packet and schedules the one after it. */
    void SendNext();

    /** @brief Sends the next packet, and those after it, from the time on from which it may. */
    void Resume();

    /**
     * @brief Has the MBSF modify the ingest session, if it is set up and not released.
     * @param change sets what shall be different
     * @param done called if that worked; may be empty
     */
    void Modify(const std::function<void(nmbsf::MbsDistributionSessionInfo&)>& change,
                const std::function<void()>& done);

    /** @return the session's description, without what only the MBSF knows */
    nmbsf::MbsDistributionSessionInfo DescribeSession() const;

    SbiPeer m_mbsf;                                     //!< on Nmb10
    std::optional<Tmgi> m_tmgi;                         //!< name that the session shall have
    std::optional<sbi::MbsServiceArea> m_broadcastArea; //!< of a broadcast session
    bool m_restricted{false};                           //!< only for authorized UEs
    std::string m_serviceId;                            //!< attribute
    Time m_trafficStart;                                //!< attribute
    std::shared_ptr<const TrafficPlan> m_traffic;       //!< what is sent
    bool m_established{false};                          //!< the session is set up
    bool m_releaseWanted{false};                        //!< as soon as it is set up
    bool m_active{true};                                //!< not deactivated
    bool m_released{false};                             //!< its end was asked for
    std::string m_userServicePath;                      //!< of the resource at the MBSF
    std::string m_ingestSessionPath;                    //!< of the resource at the MBSF
    Ptr<UdpPort> m_port;                                //!< to the MBSTF
    sbi::TunnelAddress m_ingest;                        //!< the MBSTF's address
    Time m_began;                                       //!< when the first packet was sent
    uint64_t m_next{0};                                 //!< of the next packet
    uint16_t m_firstSequenceNumber{0};                  //!< of the traffic, before it is renumbered
    EventId m_sending;                                  //!< the next packet
    Bytes m_rtp;                                        //!< the packet at hand, reused

    TracedCallback<uint64_t, ByteView> m_rtpSent;   //!< index, packet
    TracedCallback<const Tmgi&> m_establishedTrace; //!< session
    TracedCallback<const Tmgi&> m_releasedTrace;    //!< session
};

} // namespace ns3::mbs

#endif // MBS_AF_H
