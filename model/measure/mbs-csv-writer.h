// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_CSV_WRITER_H
#define MBS_CSV_WRITER_H

#include "mbs-traffic-ledger.h"

#include "ns3/mbs-bytes.h"
#include "ns3/mbs-tmgi.h"

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Puts the lines of a CSV file together and hands them to a stream in large pieces.
 *
 * It writes characters only, so that a stream's locale cannot touch the numbers. Fields are quoted
 * where they must be (RFC 4180 clause 2).
 */
class CsvWriter
{
  public:
    /** Heading of the last column where there are several sessions, see Session(). */
    static constexpr const char* SESSION_COLUMN = ",tmgi";

    /** @param causes how many causes of loss @return the headings of what Counts() writes */
    static std::string CountsHeading(std::size_t causes);

    /**
     * @param os where to
     * @param heading the first line
     */
    CsvWriter(std::ostream& os, const std::string& heading);

    /** Not copied: it holds what is still to be written. */
    CsvWriter(const CsvWriter&) = delete;
    /** Not copied: it holds what is still to be written. @return this */
    CsvWriter& operator=(const CsvWriter&) = delete;

    /** @brief Writes what is left. */
    ~CsvWriter();

    /** @param text a field @return this */
    CsvWriter& Text(const std::string& text);

    /** @param octets a field: an identifier, in hexadecimal digits @return this */
    CsvWriter& Hex(ByteView octets);

    /** @param number a field @return this */
    CsvWriter& Integer(uint64_t number);

    /** @param nanoseconds a time, or KeyUpdateLedger::NEVER @return this */
    CsvWriter& Seconds(int64_t nanoseconds);

    /** @param nanoseconds a latency, or KeyUpdateLedger::NEVER @return this */
    CsvWriter& Milliseconds(int64_t nanoseconds);

    /** @param milliseconds a latency; nothing leaves the field empty @return this */
    CsvWriter& Milliseconds(std::optional<double> milliseconds);

    /** @param tmgi a field: name of a session @return this */
    CsvWriter& Session(const Tmgi& tmgi);

    /** @param counts fields, all but the octets @param causes how many causes of loss @return this
     */
    CsvWriter& Counts(const TrafficCounts& counts, std::size_t causes);

    /** @brief Ends a line. */
    void EndLine();

  private:
    /** How much is collected before it is handed on, octets. */
    static constexpr std::size_t PIECE = 65536;

    /** @brief Writes a comma unless a line begins. */
    void Separate();

    /** @brief Hands everything on. */
    void Flush();

    std::ostream& m_os;      //!< where to
    std::string m_buffer;    //!< what is still to be written
    bool m_lineBegins{true}; //!< no field is in the line yet
};

} // namespace ns3::mbs

#endif // MBS_CSV_WRITER_H
