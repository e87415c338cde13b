// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-progress.h"

#include "ns3/simulator.h"

#include <cstdint>
#include <iomanip>

namespace ns3::mbs
{

namespace
{

/** How often in a run the clock is looked at. */
constexpr int64_t LOOKS = 1000;

/** Shorter runs say nothing on a terminal. */
constexpr std::chrono::seconds SILENT{2};

/** Between two lines on a terminal. */
constexpr std::chrono::seconds PAUSE{1};

/** Before the first and between two lines elsewhere. */
constexpr std::chrono::seconds LOG_PAUSE{10};

/** Columns of the line. */
constexpr int WIDTH = 60;

} // namespace

Progress::Progress(Time duration, std::ostream* out, bool terminal)
    : m_duration(duration),
      m_out(out),
      m_terminal(terminal),
      m_began(Clock::now()),
      m_next(m_began + (terminal ? SILENT : LOG_PAUSE))
{
    if (m_out != nullptr)
    {
        m_event = Simulator::Schedule(m_duration / LOOKS, &Progress::Look, this);
    }
}

Progress::~Progress()
{
    m_event.Cancel();
    if (m_written)
    {
        *m_out << '\r' << std::setw(WIDTH) << "" << '\r' << std::flush;
    }
}

void
Progress::Look()
{
    const Clock::time_point now = Clock::now();
    if (now >= m_next)
    {
        const double done = Simulator::Now().GetSeconds() / m_duration.GetSeconds();
        const double spent = std::chrono::duration<double>(now - m_began).count();
        *m_out << (m_terminal ? "\r" : "") << std::setw(3) << static_cast<int>(100 * done)
               << " % of " << m_duration.GetSeconds() << " s simulated, about "
               << static_cast<int>(spent / done - spent) + 1 << " s left"
               << (m_terminal ? "   " : "\n") << std::flush;
        m_next = now + (m_terminal ? PAUSE : LOG_PAUSE);
        m_written = m_terminal;
    }
    m_event = Simulator::Schedule(m_duration / LOOKS, &Progress::Look, this);
}

} // namespace ns3::mbs
