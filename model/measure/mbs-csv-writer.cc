// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-csv-writer.h"

#include "mbs-decimal.h"
#include "mbs-key-update-ledger.h"

#include <cmath>
#include <ostream>
#include <sstream>

namespace ns3::mbs
{

std::string
CsvWriter::CountsHeading(std::size_t causes)
{
    std::string heading = "expected,delivered,in_flight";
    for (std::size_t cause = 0; cause < causes; ++cause)
    {
        heading += std::string(",lost_") + ToString(static_cast<LossCause>(cause));
    }
    return heading;
}

CsvWriter::CsvWriter(std::ostream& os, const std::string& heading)
    : m_os(os),
      m_buffer(heading + "\n")
{
}

CsvWriter::~CsvWriter()
{
    Flush();
}

CsvWriter&
CsvWriter::Text(const std::string& text)
{
    Separate();
    if (text.find_first_of(",\"\r\n") == std::string::npos)
    {
        m_buffer += text;
        return *this;
    }
    m_buffer += '"';
    for (const char c : text)
    {
        m_buffer.append(c == '"' ? 2 : 1, c);
    }
    m_buffer += '"';
    return *this;
}

CsvWriter&
CsvWriter::Hex(ByteView octets)
{
    return Text(ToHex(octets));
}

CsvWriter&
CsvWriter::Integer(uint64_t number)
{
    Separate();
    m_buffer += std::to_string(number);
    return *this;
}

CsvWriter&
CsvWriter::Seconds(int64_t nanoseconds)
{
    Separate();
    if (nanoseconds != KeyUpdateLedger::NEVER)
    {
        m_buffer += SecondsText(nanoseconds);
    }
    return *this;
}

CsvWriter&
CsvWriter::Milliseconds(int64_t nanoseconds)
{
    Separate();
    if (nanoseconds != KeyUpdateLedger::NEVER)
    {
        m_buffer += MillisecondsText(nanoseconds);
    }
    return *this;
}

CsvWriter&
CsvWriter::Milliseconds(std::optional<double> milliseconds)
{
    constexpr double NANOS = 1e6;
    return Milliseconds(milliseconds ? std::llround(*milliseconds * NANOS)
                                     : KeyUpdateLedger::NEVER);
}

CsvWriter&
CsvWriter::Session(const Tmgi& tmgi)
{
    std::ostringstream text;
    text << tmgi;
    return Text(text.str());
}

CsvWriter&
CsvWriter::Counts(const TrafficCounts& counts, std::size_t causes)
{
    Integer(counts.expected).Integer(counts.delivered).Integer(counts.inFlight);
    for (std::size_t cause = 0; cause < causes; ++cause)
    {
        Integer(counts.lost[cause]);
    }
    return *this;
}

void
CsvWriter::EndLine()
{
    m_buffer += '\n';
    m_lineBegins = true;
    if (m_buffer.size() >= PIECE)
    {
        Flush();
    }
}

void
CsvWriter::Separate()
{
    if (!m_lineBegins)
    {
        m_buffer += ',';
    }
    m_lineBegins = false;
}

void
CsvWriter::Flush()
{
    m_os.write(m_buffer.data(), static_cast<std::streamsize>(m_buffer.size()));
    m_buffer.clear();
}

} // namespace ns3::mbs
