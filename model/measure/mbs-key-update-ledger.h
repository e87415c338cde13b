// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_KEY_UPDATE_LEDGER_H
#define MBS_KEY_UPDATE_LEDGER_H

#include "mbs-latency-statistics.h"
#include "mbs-result-parcel.h"

#include "ns3/mbs-key-id.h"
#include "ns3/mbs-tmgi.h"

#include "ns3/nstime.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief What a key protects.
 */
enum class KeyKind : uint8_t
{
    MSK, //!< MTKs
    MTK  //!< traffic
};

/** Number of kinds of keys. */
static constexpr std::size_t KEY_KINDS = 2;

/**
 * @ingroup mbs
 * @brief How an MSK reaches the UEs (TS 33.501 clauses W.4.1.2 and W.4.1.3).
 */
enum class KeyProcedure : uint8_t
{
    CONTROL_PLANE, //!< in session management messages
    USER_PLANE     //!< in MIKEY messages from the MBSSF
};

/**
 * @ingroup mbs
 * @brief The ways from the place where a key is made to the UE, each named after its far end.
 */
enum class KeyLeg : uint8_t
{
    MBSMF, //!< to the MB-SMF
    SMF,   //!< on to the SMF
    AMF,   //!< on to the AMF
    GNB,   //!< on to the gNB
    UE     //!< on to the UE, until it can use the key
};

/** Number of legs. */
static constexpr std::size_t KEY_LEGS = 5;

/**
 * @ingroup mbs
 * @brief What became of a key update at one UE.
 */
enum class KeyOutcome : uint8_t
{
    INSTALLED, //!< the UE can use the key, or could
    LOST,      //!< it never got the key and went on with a newer one, or nobody sends it any more
    REJECTED,  //!< it got the key and refused it
    LEFT,      //!< it left the session before it had the key
    PENDING    //!< the run ended before anything of this
};

/** Number of outcomes. */
static constexpr std::size_t KEY_OUTCOMES = 5;

/** @param kind a kind of key @return "msk" or "mtk" */
const char* ToString(KeyKind kind);
/** @param procedure a procedure @return "cp" or "up" */
const char* ToString(KeyProcedure procedure);
/** @param leg a leg @return the name of its far end: "MB-SMF", "SMF", "AMF", "gNB" or "UE" */
const char* ToString(KeyLeg leg);
/** @param outcome an outcome @return its name in lower case */
const char* ToString(KeyOutcome outcome);

/**
 * @ingroup mbs
 * @brief Names a key: an MSK by session and MSK ID, an MTK by session, MSK ID and MTK ID.
 */
struct KeyName
{
    KeyKind kind{KeyKind::MSK}; //!< what the key protects
    Tmgi tmgi;                  //!< the session
    Mki mki; //!< its IDs; with an MSK the MTK ID names the MTK that travels with it, 0 if none does
};

/**
 * @ingroup mbs
 * @brief Follows every key from the instant it is made to every UE that has to get it.
 *
 * A key update is a pair of a key and a UE. It exists for the UEs that are members of the session
 * at the instant the key is made; the keys a UE gets when it joins are no update.
 *
 *     made --> MB-SMF --> SMF --> AMF --> gNB --> UE         an MSK, control-plane procedure
 *     made ------------------------------> gNB --> UE        an MTK in MIKEY over multicast
 *       |                                           |
 *       +-------------- latency -------------------+
 *
 * Of each leg the first arrival counts; what is sent again does not move it. The ledger only
 * listens: it is told by trace sinks, it knows no node. What it is told about keys, UEs or
 * sessions it does not know is ignored (a UE that joins installs keys without a row).
 *
 * UEs, SMFs and gNBs are numbered from 0 without gaps. A key costs 13 octets per member, 29 if
 * it goes through AMF and gNB one UE at a time; each report costs O(log keys).
 */
class KeyUpdateLedger
{
  public:
    /** Marks an instant that never came. */
    static constexpr int64_t NEVER = INT64_MIN;

    /** One key update. Times are simulated nanoseconds or NEVER. */
    struct Row
    {
        KeyKind kind;                          //!< what the key protects
        KeyProcedure procedure;                //!< how it travels
        Tmgi tmgi;                             //!< the session
        Mki mki;                               //!< the key's IDs
        uint32_t ue;                           //!< number of the UE
        uint32_t gnb;                          //!< number of its gNB when the key was made
        int64_t generated;                     //!< the key was made
        std::array<int64_t, KEY_LEGS> reached; //!< by leg; that of KeyLeg::UE is the installation
        int64_t firstUse;                      //!< first packet decrypted with it
        KeyOutcome outcome;                    //!< what became of it

        /** @return installation - generation, NEVER if it was not installed */
        int64_t Latency() const;
    };

    /**
     * @brief A UE becomes a member of a session, or changes its gNB or SMF.
     * @param tmgi the session
     * @param ue number of the UE
     * @param gnb number of the gNB that serves it
     * @param smf number of the SMF that serves it
     */
    void MemberJoined(const Tmgi& tmgi, uint32_t ue, uint32_t gnb, uint32_t smf = 0);

    /**
     * @brief A member is served by another gNB from now on. Ignored if it is no member.
     * @param tmgi the session
     * @param ue number of the UE
     * @param gnb number of the gNB
     */
    void MemberMoved(const Tmgi& tmgi, uint32_t ue, uint32_t gnb);

    /**
     * @brief A UE leaves a session; it misses nothing from now on.
     * @param tmgi the session
     * @param ue number of the UE
     */
    void MemberLeft(const Tmgi& tmgi, uint32_t ue);

    /**
     * @brief A key is made; every current member of the session gets a row.
     * @param key its name; a name used before means the new key from now on
     * @param procedure how it travels
     * @param now simulated time
     */
    void KeyGenerated(const KeyName& key, KeyProcedure procedure, const Time& now);

    /**
     * @brief A key reaches the MB-SMF.
     * @param key its name
     * @param now simulated time
     */
    void KeyReachedMbSmf(const KeyName& key, const Time& now);

    /**
     * @brief A key reaches an SMF, for all UEs which that SMF serves.
     * @param key its name
     * @param smf number of the SMF
     * @param now simulated time
     */
    void KeyReachedSmf(const KeyName& key, uint32_t smf, const Time& now);

    /**
     * @brief A key reaches the AMF in a message for one UE.
     * @param key its name
     * @param ue number of the UE
     * @param now simulated time
     */
    void KeyReachedAmf(const KeyName& key, uint32_t ue, const Time& now);

    /**
     * @brief A key reaches the gNB in a message for one UE.
     * @param key its name
     * @param ue number of the UE
     * @param now simulated time
     */
    void KeyReachedGnb(const KeyName& key, uint32_t ue, const Time& now);

    /**
     * @brief A key reaches a gNB in a message for all UEs of its cell.
     * @param key its name
     * @param gnb number of the gNB
     * @param now simulated time
     */
    void KeyReachedCell(const KeyName& key, uint32_t gnb, const Time& now);

    /**
     * @brief A UE can use a key from now on.
     * @param key its name
     * @param ue number of the UE
     * @param now simulated time
     */
    void KeyInstalled(const KeyName& key, uint32_t ue, const Time& now);

    /**
     * @brief A UE refuses a key; a later installation outweighs that.
     * @param key its name
     * @param ue number of the UE
     */
    void KeyRejected(const KeyName& key, uint32_t ue);

    /**
     * @brief The sender stops trying to reach one UE with a key (T3591 ran out).
     * @param key its name
     * @param ue number of the UE
     */
    void KeyGivenUp(const KeyName& key, uint32_t ue);

    /**
     * @brief Nobody sends or uses a key any more: UEs that do not have it will not get it.
     * @param key its name
     */
    void KeySuperseded(const KeyName& key);

    /**
     * @brief A UE decrypts a packet with an MTK: first use of that MTK and of the MSK above it.
     * @param tmgi the session
     * @param mki names the MTK
     * @param ue number of the UE
     * @param now simulated time; only the first one counts
     */
    void KeyFirstUsed(const Tmgi& tmgi, const Mki& mki, uint32_t ue, const Time& now);

    /** @brief The run is over: settles every row. To be called once, before any result is read. */
    void Finish();

    /**
     * @brief Writes all rows for another ledger that was told of the same keys, to be called behind
     * Finish().
     * @param parcel where to
     */
    void Export(ResultParcel& parcel) const;

    /**
     * @brief Takes over the rows of another ledger. That was told of the same keys in the same
     * order, but of other UEs, and both are finished.
     * @param parcel what Export() wrote there
     */
    void Absorb(ResultParcel& parcel);

    /**
     * @brief Visits every row by time of generation, then by UE (then in the order the keys came).
     * @param visit called with each
     */
    void ForEachRow(const std::function<void(const Row&)>& visit) const;

    /**
     * @param kind a kind of key
     * @return the number of its rows
     */
    uint64_t Count(KeyKind kind) const;

    /**
     * @param kind a kind of key
     * @param outcome an outcome
     * @return the number of its rows with that outcome
     */
    uint64_t Count(KeyKind kind, KeyOutcome outcome) const;

    /**
     * @param kind a kind of key
     * @return latencies of the installed rows, generation to installation
     */
    LatencyStatistics Latencies(KeyKind kind) const;

    /**
     * @brief What one leg took, in the installed rows that have it.
     *
     * A leg begins where the last known leg before it ended, so the legs of a row add up to its
     * latency.
     *
     * @param kind a kind of key
     * @param leg the leg
     * @return its durations
     */
    LatencyStatistics LegLatencies(KeyKind kind, KeyLeg leg) const;

  private:
    /** Marks a UE without a row. */
    static constexpr uint32_t NO_ROW = UINT32_MAX;

    /** What serves a member. */
    struct Serving
    {
        uint32_t gnb{0};    //!< number of the gNB
        uint32_t smf{0};    //!< number of the SMF
        uint32_t leftAt{0}; //!< how many keys the session had when the UE last left it
        bool member{false}; //!< it is in the session
    };

    /** The members of a session at some instant, shared by the keys made while nobody moved. */
    struct Membership
    {
        std::vector<uint32_t> ues;     //!< by row: the UE, ascending
        std::vector<Serving> serving;  //!< by row: what serves it
        std::vector<uint32_t> rowOfUe; //!< by UE: its row, or NO_ROW
    };

    /** One session. */
    struct Session
    {
        std::vector<Serving> ues;                  //!< by UE
        std::shared_ptr<const Membership> members; //!< the members now; null if out of date
        uint32_t keys{0};                          //!< how many keys were made
        std::array<std::map<uint64_t, std::size_t>, KEY_KINDS> keyOf; //!< by kind and ID
    };

    /** One key and its rows. */
    struct Key
    {
        KeyName name;                              //!< its name
        KeyProcedure procedure;                    //!< how it travels
        int64_t generated;                         //!< when it was made
        Session* session;                          //!< whose it is
        uint32_t ordinal;                          //!< its place among the session's keys
        std::shared_ptr<const Membership> members; //!< who has a row
        int64_t mbsmf{NEVER};                      //!< when it reached the MB-SMF
        std::vector<int64_t> smf;                  //!< by SMF: when it got there
        std::vector<int64_t> cell;                 //!< by gNB: when it got there, for the cell
        std::vector<int64_t> amf;                  //!< by row: when it reached the AMF
        std::vector<int64_t> gnb;                  //!< by row: when it reached the gNB
        std::vector<int64_t> installed;            //!< by row: when it was installed
        std::vector<int64_t> firstUse;             //!< by row: when it was used first
        std::vector<uint8_t> state;                //!< by row: marks, after Finish() the outcome
        bool superseded{false};                    //!< nobody sends it any more
    };

    /** Row mark: the UE refused the key. */
    static constexpr uint8_t MARK_REJECTED = 1;
    /** Row mark: the sender gave up. */
    static constexpr uint8_t MARK_GIVEN_UP = 2;

    /**
     * @param tmgi a session
     * @return its record, or null if nobody ever joined it and no key was made for it
     */
    Session* FindSession(const Tmgi& tmgi);

    /**
     * @param name a key's name
     * @return the key, or null if it is not known
     */
    Key* Find(const KeyName& name);

    /**
     * @brief The row of a UE, as long as it may still change.
     * @param key a key
     * @param ue number of the UE
     * @return the row, or NO_ROW if the UE has none or left the session since
     */
    uint32_t OpenRow(const Key& key, uint32_t ue) const;

    /**
     * @brief Notes the first arrival at one UE's stage.
     * @param times by row; made on first use
     * @param key the key
     * @param ue number of the UE
     * @param now simulated time
     */
    void Note(std::vector<int64_t> Key::*times, const KeyName& key, uint32_t ue, const Time& now);

    /**
     * @brief Takes over the rows of one key.
     * @param key the key
     * @param parcel from which they are read
     */
    static void AbsorbRows(Key& key, ResultParcel& parcel);

    /**
     * @param key a key
     * @param row one of its rows
     * @return that row
     */
    Row MakeRow(const Key& key, uint32_t row) const;

    /**
     * @param visit called with each installed row of a kind, in no particular order
     * @param kind the kind
     */
    void ForEachInstalled(KeyKind kind, const std::function<void(const Row&)>& visit) const;

    std::map<Tmgi, Session> m_sessions; //!< by TMGI; a map never moves its elements
    std::vector<Key> m_keys;            //!< in the order they were made
    std::array<std::size_t, KEY_KINDS> m_recent{SIZE_MAX, SIZE_MAX}; //!< by kind: key found last
    bool m_finished{false};                                          //!< state holds outcomes
};

} // namespace ns3::mbs

#endif // MBS_KEY_UPDATE_LEDGER_H
