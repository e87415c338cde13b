// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ranks.h"

#ifdef MBS_HAVE_MPI
#include "ns3/global-value.h"
#include "ns3/mpi-interface.h"
#include "ns3/string.h"

#include <mpi.h>
#endif

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <list>
#include <memory>
#include <thread>

namespace ns3::mbs
{

namespace
{

#ifdef MBS_HAVE_MPI

/** What this process is among the others. */
struct Membership
{
    uint32_t count{1};            //!< how many ranks
    uint32_t here{1};             //!< those of them that are on this machine
    uint32_t own{0};              //!< this one
    MPI_Comm ways{MPI_COMM_NULL}; //!< for what this class sends, apart from ns-3's packets
};

/** Octets on their way. */
struct Shipment
{
    std::vector<uint8_t> octets;       //!< what is sent
    std::vector<MPI_Request> requests; //!< by piece, say when it is
};

/** What a message is. */
enum Tag : int
{
    RESULTS, //!< a piece of the octets of Send()
    FAILURE  //!< that a rank failed
};

/** So many octets are a piece; one that is shorter is the last. MPI counts octets in an int. */
constexpr std::size_t PIECE = std::size_t{1} << 30;

/** @return what this process is */
Membership&
Self()
{
    static Membership self;
    return self;
}

/** @return what this process has sent and may still be on its way */
std::list<Shipment>&
Shipments()
{
    static std::list<Shipment> shipments;
    return shipments;
}

/** @brief Lets go of what has been sent. */
void
Tidy()
{
    for (auto it = Shipments().begin(); it != Shipments().end();)
    {
        int sent = 0;
        MPI_Testall(static_cast<int>(it->requests.size()),
                    it->requests.data(),
                    &sent,
                    MPI_STATUSES_IGNORE);
        it = sent != 0 ? Shipments().erase(it) : std::next(it);
    }
}

/**
 * @brief Tells all other ranks that this one failed, and waits a little for them to say the same.
 * @return true if all others failed too
 */
bool
HaveAllFailed()
{
    const Membership& self = Self();
    std::vector<MPI_Request> requests(self.count, MPI_REQUEST_NULL);
    for (uint32_t rank = 0; rank < self.count; ++rank)
    {
        if (rank != self.own)
        {
            MPI_Isend(nullptr,
                      0,
                      MPI_BYTE,
                      static_cast<int>(rank),
                      FAILURE,
                      self.ways,
                      &requests[rank]);
        }
    }
    // Errors that all ranks have come from the same words, read at about the same time.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    uint32_t failed = 1;
    while (failed < self.count && std::chrono::steady_clock::now() < deadline)
    {
        int there = 0;
        MPI_Status status;
        MPI_Iprobe(MPI_ANY_SOURCE, FAILURE, self.ways, &there, &status);
        if (there != 0)
        {
            MPI_Recv(nullptr,
                     0,
                     MPI_BYTE,
                     status.MPI_SOURCE,
                     FAILURE,
                     self.ways,
                     MPI_STATUS_IGNORE);
            ++failed;
        }
        else
        {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
    if (failed < self.count)
    {
        return false;
    }
    MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
    return true;
}

#endif // MBS_HAVE_MPI

} // namespace

bool
Ranks::IsAvailable()
{
#ifdef MBS_HAVE_MPI
    return true;
#else
    return false;
#endif
}

uint32_t
Ranks::StartedByMpi()
{
    // Open MPI, and MPICH with those derived from it.
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"})
    {
        if (const char* value = std::getenv(name))
        {
            const unsigned long count = std::strtoul(value, nullptr, 10);
            return count > 1 && count <= UINT32_MAX ? static_cast<uint32_t>(count) : 1;
        }
    }
    return 1;
}

uint32_t
Ranks::OfPlace(uint32_t place, uint32_t gnbs, uint32_t ofFirst, uint32_t ranks)
{
    const uint32_t others = ranks - 1;
    if (others == 0 || place < ofFirst)
    {
        return 0;
    }
    return 1 + static_cast<uint32_t>(uint64_t{place - ofFirst} * others / (gnbs - ofFirst));
}

bool
Ranks::IsFirst()
{
    return GetOwn() == 0;
}

#ifdef MBS_HAVE_MPI

void
Ranks::Join()
{
    if (StartedByMpi() == 1)
    {
        return;
    }
    GlobalValue::Bind("SimulatorImplementationType", StringValue("ns3::DistributedSimulatorImpl"));
    // Open MPI and MPICH read nothing from the command line.
    int count = 0;
    char** words = nullptr;
    MpiInterface::Enable(&count, &words);
    Self().count = MpiInterface::GetSize();
    Self().own = MpiInterface::GetSystemId();
    MPI_Comm_dup(MpiInterface::GetCommunicator(), &Self().ways);
    MPI_Comm here = MPI_COMM_NULL;
    MPI_Comm_split_type(Self().ways, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &here);
    int countHere = 1;
    MPI_Comm_size(here, &countHere);
    MPI_Comm_free(&here);
    Self().here = static_cast<uint32_t>(countHere);
    if (!IsFirst())
    {
        std::cout.rdbuf(nullptr);
    }
}

void
Ranks::Part()
{
    if (GetCount() == 1)
    {
        return;
    }
    for (Shipment& shipment : Shipments())
    {
        MPI_Waitall(static_cast<int>(shipment.requests.size()),
                    shipment.requests.data(),
                    MPI_STATUSES_IGNORE);
    }
    Shipments().clear();
    MPI_Comm_free(&Self().ways);
    Self() = Membership();
    MpiInterface::Disable();
}

uint32_t
Ranks::GetCount()
{
    return Self().count;
}

uint32_t
Ranks::GetCountHere()
{
    return Self().here;
}

uint32_t
Ranks::GetOwn()
{
    return Self().own;
}

void
Ranks::Send(uint32_t rank, const std::vector<uint8_t>& octets)
{
    Tidy();
    Shipments().push_back({octets, {}});
    Shipment& shipment = Shipments().back();
    for (std::size_t begin = 0; begin <= octets.size(); begin += PIECE)
    {
        MPI_Request request = MPI_REQUEST_NULL;
        MPI_Isend(shipment.octets.data() + begin,
                  static_cast<int>(std::min(PIECE, octets.size() - begin)),
                  MPI_BYTE,
                  static_cast<int>(rank),
                  RESULTS,
                  Self().ways,
                  &request);
        shipment.requests.push_back(request);
    }
}

std::optional<std::vector<uint8_t>>
Ranks::Receive(uint32_t rank, bool wait)
{
    const int from = static_cast<int>(rank);
    int there = 1;
    if (!wait)
    {
        MPI_Iprobe(from, RESULTS, Self().ways, &there, MPI_STATUS_IGNORE);
    }
    if (there == 0)
    {
        return std::nullopt;
    }
    std::vector<uint8_t> octets;
    std::size_t size = PIECE;
    while (size == PIECE)
    {
        MPI_Status status;
        MPI_Probe(from, RESULTS, Self().ways, &status);
        int count = 0;
        MPI_Get_count(&status, MPI_BYTE, &count);
        size = static_cast<std::size_t>(count);
        octets.resize(octets.size() + size);
        MPI_Recv(octets.data() + octets.size() - size,
                 count,
                 MPI_BYTE,
                 from,
                 RESULTS,
                 Self().ways,
                 MPI_STATUS_IGNORE);
    }
    return octets;
}

void
Ranks::Fail(const std::string& program, const std::string& sentence)
{
    if (GetCount() == 1 || HaveAllFailed())
    {
        if (IsFirst())
        {
            std::cerr << program << ": " << sentence << "\n";
        }
        return;
    }
    std::cerr << program << ": rank " << GetOwn() << " failed: " << sentence << std::endl;
    MPI_Abort(MPI_COMM_WORLD, 1);
}

#else

void
Ranks::Join()
{
}

void
Ranks::Part()
{
}

uint32_t
Ranks::GetCount()
{
    return 1;
}

uint32_t
Ranks::GetCountHere()
{
    return 1;
}

uint32_t
Ranks::GetOwn()
{
    return 0;
}

void
Ranks::Send(uint32_t /* rank */, const std::vector<uint8_t>& /* octets */)
{
}

std::optional<std::vector<uint8_t>>
Ranks::Receive(uint32_t /* rank */, bool /* wait */)
{
    return std::nullopt;
}

void
Ranks::Fail(const std::string& program, const std::string& sentence)
{
    std::cerr << program << ": " << sentence << "\n";
}

#endif // MBS_HAVE_MPI

} // namespace ns3::mbs
