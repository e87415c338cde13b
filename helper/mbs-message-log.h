// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_MESSAGE_LOG_H
#define MBS_MESSAGE_LOG_H

#include "mbs-helper.h"

#include <iosfwd>
#include <map>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Keeps every message of the control plane, for messages.csv: what a call flow is drawn
 * from.
 *
 * Only listens to the trace sources that the signalling counter listens to. A row is made when a
 * message is sent; NAS PDUs get one at the gNB, on their way to a UE when they come there and on
 * their way from it too.
 */
class MessageLog
{
  public:
    /** @param network what is listened to; must outlive this object */
    explicit MessageLog(const MbsHelper& network);

    MessageLog(const MessageLog&) = delete;
    MessageLog& operator=(const MessageLog&) = delete;

    /** @brief Connects to the trace sources. Once, before the run. */
    void Connect();

    /** @return how many messages were sent so far */
    std::size_t Count() const;

    /**
     * @brief Writes messages.csv: time_s, from, to, interface, message, bytes.
     *
     * `from` and `to` are functions, with a number where there may be several (`SMF-0`, `UE-7`).
     * The far end has none where the near end's trace source does not tell it.
     *
     * @param os where to
     */
    void Write(std::ostream& os) const;

  private:
    /** A message. */
    struct Row
    {
        int64_t nanoseconds; //!< simulated time
        uint32_t from;       //!< index into m_names
        uint32_t to;         //!< index into m_names
        uint32_t interface;  //!< index into m_names
        uint32_t message;    //!< index into m_names
        uint32_t octets;     //!< length
    };

    /** @param name any text @return its index in m_names */
    uint32_t Index(const std::string& name);

    /**
     * @brief Takes a row.
     * @param from who sent it
     * @param to for whom it is
     * @param interface reference point
     * @param message its name
     * @param octets length
     */
    void Add(const std::string& from,
             const std::string& to,
             const std::string& interface,
             const std::string& message,
             uint32_t octets);

    /**
     * @brief Takes rows from a trace source `MessageSent`.
     * @param source SbiEndpoint, N2Endpoint, N4Endpoint, SsmMember or MbsfClient
     * @param from who sends
     * @param answers whether the name of an answer is that of its request
     */
    void Listen(const Ptr<Object>& source, const std::string& from, bool answers);

    /**
     * @brief Takes rows from the NAS PDUs that pass a gNB.
     * @param gnb the gNB
     * @param number its number
     */
    void ListenToNas(const Ptr<Object>& gnb, uint32_t number);

    /** @param cell whose paging messages are kept */
    void ListenToPaging(const Ptr<GnbRadioDevice>& cell);

    /** @brief Hears the MEASUREMENT REPORTs of UEs, if there are any. */
    void ListenToReports();

    const MbsHelper& m_network;                //!< what is listened to
    std::vector<std::string> m_names;          //!< every text once
    std::map<std::string, uint32_t> m_indices; //!< where it stands there
    std::vector<Row> m_rows;                   //!< in order of time
};

} // namespace ns3::mbs

#endif // MBS_MESSAGE_LOG_H
