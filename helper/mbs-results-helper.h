// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RESULTS_HELPER_H
#define MBS_RESULTS_HELPER_H

#include "mbs-helper.h"
#include "mbs-mobility-watch.h"
#include "mbs-output-folder.h"
#include "mbs-report-feed.h"
#include "mbs-traffic-watch.h"

#include "ns3/mbs-join-ledger.h"
#include "ns3/mbs-key-update-ledger.h"
#include "ns3/mbs-membership-ledger.h"
#include "ns3/mbs-result-writer.h"
#include "ns3/mbs-run-results.h"
#include "ns3/mbs-signalling-counter.h"

#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Connects the measurement to the trace sources of a network and writes the results.
 *
 * Connect() before the run, Finish() behind it, then the rest. Nothing that this class does changes
 * what happens in the network.
 *
 * With several processes each one measures the UEs of its cells, and Finish() gathers all results
 * at the first one.
 */
class MbsResultsHelper
{
  public:
    /** @param network what is measured; must outlive this object */
    explicit MbsResultsHelper(const MbsHelper& network);

    ~MbsResultsHelper();

    MbsResultsHelper(const MbsResultsHelper&) = delete;
    MbsResultsHelper& operator=(const MbsResultsHelper&) = delete;

    /** @brief Connects to all trace sources. */
    void Connect();

    /**
     * @brief Keeps every key that is made for keys.csv.
     *
     * Without this call no key octet reaches this object's memory for longer than a trace.
     */
    void EnableKeyLog();

    /**
     * @brief Closes the accounts, at the simulated time at which the run ended, and gathers those
     * of all processes at the first one, which only then has results.
     */
    void Finish();

    /** @return key updates, one row per key and UE */
    const KeyUpdateLedger& GetKeyUpdates() const;

    /** @param session number of a session @return what became of every packet of it */
    const TrafficLedger& GetTraffic(uint32_t session = 0) const;

    /** @return what became of every packet of all sessions */
    const TrafficLedgers& GetAllTraffic() const;

    /** @return messages by interface and name */
    const SignallingCounter& GetSignalling() const;

    /**
     * @param session number of a session
     * @return its memberships and what could be decrypted without one
     */
    const MembershipLedger& GetMemberships(uint32_t session = 0) const;

    /** @return the cells that UEs lost; empty if none may */
    const MobilityLedger& GetMobility() const;

    /** @return who asked to join and what came of it */
    const JoinLedger& GetJoins() const;

    /** @return what peers sent wrong and functions dropped, by function, message and reason */
    const std::map<std::string, uint64_t>& GetDrops() const;

    /**
     * @brief Says, a line each, what was dropped and how often; nothing if nothing was.
     * @param os where to
     */
    void PrintDrops(std::ostream& os) const;

    /**
     * @brief Puts the results together for summary and table; scenario, provenance and performance
     * are the caller's.
     * @return the results
     */
    RunResults MakeResults() const;

    /** Of whom the result files have rows. */
    enum class Detail : uint8_t
    {
        ALL,   //!< each UE
        CELLS, //!< each cell
        NONE   //!< nobody: sums over all
    };

    /**
     * @brief Writes the result files of the contract, or with less detail those by cell in the
     * place of those that have a row for each UE.
     * @param folder where to
     * @param results for summary.json
     * @param detail of whom there are rows
     */
    void Write(OutputFolder& folder, const RunResults& results, Detail detail = Detail::ALL) const;

  private:
    /** @brief Follows keys from the MBSF to the UEs. */
    void ConnectKeys();
    /** @brief Follows keys and messages between the MBSSF and the UEs, if there is one. */
    void ConnectMbssf();
    /** @brief Counts messages. */
    void ConnectSignalling();

    /** @param name of a kind of functions @return what counts the `Dropped` of such functions */
    CallbackBase DropSink(const std::string& name);

    /** @param function whose `Dropped` is counted @param name of the function */
    void ConnectDrops(const Ptr<NetworkFunction>& function, const std::string& name);

    /**
     * @brief The MBSF made an MSK.
     * @param tmgi the session
     * @param keys names of the keys, and the keys
     * @param first whether the session is being set up
     */
    void MskGenerated(const Tmgi& tmgi, const KeySet& keys, bool first);

    /**
     * @brief The MBSSF sent a MIKEY message to a UE.
     * @param user the UE's name at the MBSSF
     * @param mskId name of the MSK
     * @param octets length of the message
     * @param repetition whether the MSK was sent before
     */
    void MskMessageSent(const std::string& user,
                        const MskId& mskId,
                        uint32_t octets,
                        bool repetition);

    /**
     * @brief The MBSSF stopped trying to reach a UE with an MSK.
     * @param user the UE's name at the MBSSF
     * @param tmgi the session
     * @param mskId name of the MSK
     */
    void MskGivenUp(const std::string& user, const Tmgi& tmgi, const MskId& mskId);

    /** @return the procedure as the ledger calls it */
    KeyProcedure Procedure() const;

    /** @param report of what happened in the core, told to the ledgers */
    void Enter(const CoreReport& report);

    /** @param report of what happened in the core to a key, told to the ledger of key updates */
    void EnterKey(const CoreReport& report);

    /**
     * @brief Says what happened in the core to a key, to the ledgers of all processes.
     * @param kind what
     * @param key to which key
     * @param number of the SMF that it happened at
     */
    void TellOfKey(CoreReport::Kind kind, const KeyName& key, uint32_t number = 0);

    /**
     * @brief Says what happened in the core to a key for a UE, to the ledgers of the process that
     * has the UE.
     * @param kind what
     * @param key to which key
     * @param ue number of the UE
     */
    void TellOfUe(CoreReport::Kind kind, const KeyName& key, uint32_t ue);

    /** @brief Hands the results of this process to the first one, or gets those of the others. */
    void Gather();

    /**
     * @brief The MBSTF made an MTK.
     * @param tmgi the session
     * @param keys names of the keys, and the keys
     * @param salt SRTP master salt
     * @param alone whether the MTK is multicast
     */
    void MtkGenerated(const Tmgi& tmgi, const KeySet& keys, ByteView salt, bool alone);

    /**
     * @brief Keys have arrived at the MB-SMF.
     * @param tmgi the session
     * @param context its keys
     */
    void ReachedMbSmf(const Tmgi& tmgi, const SecurityContext& context);

    /**
     * @brief Keys have arrived at an SMF.
     * @param smf number of the SMF
     * @param tmgi the session
     * @param context its keys
     */
    void ReachedSmf(uint32_t smf, const Tmgi& tmgi, const SecurityContext& context);

    /**
     * @brief A 5GSM message for a UE has arrived at the AMF.
     * @param supi the UE's name in the core
     * @param n1 the 5GSM message
     */
    void ReachedAmf(const std::string& supi, ByteView n1);

    /**
     * @brief A NAS PDU for a UE has arrived at its gNB.
     * @param gnb number of the gNB
     * @param rnti the UE's radio identity
     * @param nas the NAS PDU
     */
    void NasToUe(uint32_t gnb, uint32_t rnti, ByteView nas);

    /**
     * @brief A UE has got a serving cell.
     * @param ue number of the UE
     * @param gnb number of its gNB
     */
    void UeAttached(uint32_t ue, uint32_t gnb);

    /**
     * @brief A NAS PDU of a UE has arrived at its gNB.
     * @param gnb number of the gNB
     * @param rnti the UE's radio identity
     * @param nas the NAS PDU
     */
    void NasFromUe(uint32_t gnb, uint32_t rnti, ByteView nas);

    /** @param nas a NAS PDU, counted if it is a SERVICE REQUEST or the answer to one */
    void CountService(ByteView nas);

    /**
     * @brief A cell sends a paging message.
     * @param gnb number of the gNB
     * @param message what it says
     * @param octets its length
     */
    void PagingSent(uint32_t gnb, const RrcPaging& message, uint32_t octets);

    /**
     * @brief A UE sends a MEASUREMENT REPORT.
     * @param ue number of the UE
     * @param gnb number of the gNB that it is for
     * @param report what it says
     */
    void ReportSent(uint32_t ue, uint32_t gnb, const RrcMeasurementReport& report);

    /**
     * @brief A UE has told its gNB what it lacks.
     * @param gnb number of the gNB
     * @param rnti the UE's radio identity
     * @param tmgi the session
     * @param report what it said
     */
    void StatusReported(uint32_t gnb,
                        uint32_t rnti,
                        const Tmgi& tmgi,
                        const PdcpStatusReport& report);

    /**
     * @brief A packet of the session has arrived at a gNB.
     * @param gnb number of the gNB
     * @param packet the IP packet
     */
    void N3mbReceived(uint32_t gnb, Ptr<const Packet> packet);

    /**
     * @brief A UE asked to join.
     * @param ue number of the UE
     * @param tmgi the session
     */
    void JoinRequested(uint32_t ue, const Tmgi& tmgi);

    /**
     * @brief A UE became a member.
     * @param ue number of the UE
     * @param tmgi the session
     */
    void Joined(uint32_t ue, const Tmgi& tmgi);

    /**
     * @brief A UE is a member no more.
     * @param ue number of the UE
     * @param tmgi the session
     * @param ending how that came
     */
    void MembershipEnded(uint32_t ue, const Tmgi& tmgi, MembershipLedger::Ending ending);

    /**
     * @brief A UE has left.
     * @param ue number of the UE
     * @param tmgi the session
     */
    void Left(uint32_t ue, const Tmgi& tmgi);

    /**
     * @brief The network removed a UE.
     * @param ue number of the UE
     * @param tmgi the session
     * @param cause why
     */
    void Removed(uint32_t ue, const Tmgi& tmgi, const std::string& cause);

    /**
     * @brief A UE was told that it may not join, or heard nothing.
     * @param ue number of the UE
     * @param tmgi the session
     * @param cause why
     */
    void JoinRejected(uint32_t ue, const Tmgi& tmgi, const std::string& cause);

    /**
     * @brief A UE can use an MSK.
     * @param ue number of the UE
     * @param tmgi the session
     * @param mki the key's name
     */
    void MskInstalled(uint32_t ue, const Tmgi& tmgi, const Mki& mki);

    /**
     * @brief A UE can use an MTK that came in MIKEY.
     * @param ue number of the UE
     * @param tmgi the session
     * @param mki the key's name
     */
    void MtkInstalled(uint32_t ue, const Tmgi& tmgi, const Mki& mki);

    /**
     * @brief A UE decrypted its first packet with a key.
     * @param ue number of the UE
     * @param tmgi the session
     * @param mki the key's name
     */
    void KeyFirstUsed(uint32_t ue, const Tmgi& tmgi, const Mki& mki);

    /**
     * @brief An SMF stopped trying to reach a UE with a COMMAND.
     * @param supi the UE's name in the core
     * @param command what was given up
     */
    void CommandGivenUp(const std::string& supi, ByteView command);
    /** @param supi the UE @param command that it refused */
    void CommandRejected(const std::string& supi, ByteView command);

    /**
     * @brief Another key protects the packets.
     * @param tmgi the session
     * @param mki name of the key
     */
    void KeyActivated(const Tmgi& tmgi, const Mki& mki);

    /**
     * @brief The MBSTF sent a traffic packet.
     * @param tmgi the session
     * @param packet the IP packet
     * @param index which packet
     */
    void TrafficSent(const Tmgi& tmgi, Ptr<const Packet> packet, uint64_t index);

    /**
     * @brief The MBSTF sent a MIKEY message.
     * @param tmgi the session
     * @param packet the IP packet
     * @param octets length of the message
     */
    void MtkMessageSent(const Tmgi& tmgi, Ptr<const Packet> packet, uint32_t octets);

    /**
     * @brief A message of the control plane was sent.
     * @param operation what the message is
     * @param isResponse whether it is an answer
     * @param octets length of the message
     */
    void MessageSent(const SbiOperation& operation, bool isResponse, uint32_t octets);

    /**
     * @brief A PFCP message was sent; its name says which it is.
     * @param operation interface and message
     * @param isResponse whether it is an answer
     * @param octets length
     */
    void N4MessageSent(const SbiOperation& operation, bool isResponse, uint32_t octets);

    /** @return the memberships of all sessions */
    std::vector<SessionMemberships> Memberships() const;

    /** @param supi a UE's name in the core @return its number, or nothing */
    std::optional<uint32_t> UeOf(const std::string& supi) const;

    const MbsHelper& m_network;                       //!< what is measured
    ReportFeed m_feed;                                //!< brings the ledgers what happened
    KeyUpdateLedger m_keys;                           //!< key updates
    TrafficWatch m_traffic;                           //!< packets
    MobilityWatch m_mobility;                         //!< cells that UEs lost
    SignallingCounter m_signalling;                   //!< messages
    JoinLedger m_joins;                               //!< joins
    std::map<Tmgi, MembershipLedger> m_memberships;   //!< memberships, by session
    std::map<std::string, uint64_t> m_drops;          //!< what peers sent wrong
    std::map<std::string, uint32_t> m_ueOfSupi;       //!< UE by name in the core
    std::map<Tmgi, std::optional<KeyName>> m_lastMtk; //!< by session: the newest MTK if multicast
    std::map<uint64_t, KeyName> m_mtkMessages; //!< by uid of the packet: the key in a MIKEY message
    std::ostringstream m_keyLog;               //!< keys.csv
    std::unique_ptr<KeyLogWriter> m_keyLogWriter; //!< writes it; null if nobody wants it
};

} // namespace ns3::mbs

#endif // MBS_RESULTS_HELPER_H
