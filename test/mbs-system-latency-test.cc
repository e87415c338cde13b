// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-system-run.h"
#include "mbs-test-suite.h"

#include "ns3/mbs-nas-5gmm.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <map>

namespace ns3::mbs
{

namespace
{

/** Octets before a TCP payload on a link: PPP 2, IPv4 20, TCP 20, time stamp option 12. */
constexpr uint32_t TCP_OVERHEAD = 54;
/** Octets before a UDP payload on a link: PPP 2, IPv4 20, UDP 8. */
constexpr uint32_t UDP_OVERHEAD = 30;
/** IPv4 and UDP of a packet of the session. */
constexpr uint32_t INNER_OVERHEAD = 28;
/** GTP-U 8 with sequence, N-PDU and extension type 4, PDU Session Container with MBS sequence 8. */
constexpr uint32_t GTPU_OVERHEAD = 20;
/** RRC of this module: type, transaction, number of bearers (0), length of the NAS PDU. */
constexpr uint32_t RRC_OVERHEAD = 5;
/** Octets of a TCP segment; what is expected below holds for messages of one segment. */
constexpr uint32_t SEGMENT = 1448;

/** The attributes of the links, no two alike, so that none can stand in for another. */
struct Link
{
    const char* name;     //!< reference point
    int64_t microseconds; //!< delay
    const char* rate;     //!< rate
};

/** What the test sets and reckons with. */
constexpr Link LINKS[] = {{"Nmb10", 1100, "9Gbps"},
                          {"Nmb8", 1200, "8Gbps"},
                          {"Nmb2", 1300, "7Gbps"},
                          {"Nmb1", 1400, "900Mbps"},
                          {"Nmb9", 1500, "5Gbps"},
                          {"N4mb", 1600, "4Gbps"},
                          {"N16mb", 1700, "300Mbps"},
                          {"N11mb", 1800, "2Gbps"},
                          {"N11", 1900, "100Mbps"},
                          {"N2", 2300, "70Mbps"},
                          {"N3mb", 2700, "60Mbps"}};

/** Rate and delay of the radio. */
constexpr const char* RADIO_RATE = "30Mbps";
constexpr int64_t RADIO_MICROSECONDS = 3100;

/** @return settings of one UE with those links */
SystemSettings
FixedDelays()
{
    SystemSettings settings;
    for (const Link& link : LINKS)
    {
        const std::string name = std::string("ns3::mbs::CoreTopology::") + link.name;
        settings.attributes.emplace_back(name + "Delay", std::to_string(link.microseconds) + "us");
        settings.attributes.emplace_back(name + "DataRate", link.rate);
    }
    settings.attributes.emplace_back("ns3::mbs::GnbRadioDevice::DataRate", RADIO_RATE);
    settings.attributes.emplace_back("ns3::mbs::RadioChannel::Delay",
                                     std::to_string(RADIO_MICROSECONDS) + "us");
    return settings;
}

/** @param name reference point @return the link */
const Link&
FindLink(const std::string& name)
{
    return *std::find_if(std::begin(LINKS), std::end(LINKS), [&](const Link& link) {
        return name == link.name;
    });
}

/** @param rate a rate @param octets of a frame @return how long it takes to send */
int64_t
Serialisation(const std::string& rate, uint32_t octets)
{
    return DataRate(rate).CalculateBytesTxTime(octets).GetNanoSeconds();
}

/**
 * @brief From the instant a function gives a message to TCP to its arrival.
 *
 * ns-3's TCP sends what it is given one nanosecond later, as an event of its own, but an answer at
 * once: when it has handed up a segment, it looks for what there is to send on that connection.
 *
 * @param link reference point
 * @param octets of the message, one segment
 * @param answer octets of an answer that goes the same way at the same instant and thus first; 0
 * for none
 * @return nanoseconds
 */
int64_t
OverTcp(const std::string& link, uint32_t octets, uint32_t answer = 0)
{
    const Link& found = FindLink(link);
    return (answer > 0 ? Serialisation(found.rate, answer + TCP_OVERHEAD) : 1) +
           Serialisation(found.rate, octets + TCP_OVERHEAD) + found.microseconds * 1000;
}

/** @param link reference point @param octets of the UDP payload @return nanoseconds */
int64_t
OverUdp(const std::string& link, uint32_t octets)
{
    const Link& found = FindLink(link);
    return Serialisation(found.rate, octets + UDP_OVERHEAD) + found.microseconds * 1000;
}

/** @param octets of a radio PDU @return nanoseconds to the UE */
int64_t
OverRadio(uint32_t octets)
{
    return Serialisation(RADIO_RATE, octets) + RADIO_MICROSECONDS * 1000;
}

/** @param row of the ledger @param leg which @return when it ended */
int64_t
Reached(const KeyUpdateLedger::Row& row, KeyLeg leg)
{
    return row.reached[static_cast<std::size_t>(leg)];
}

void
MskLegsEqualDelaysAndSerialisations(Check& check)
{
    SystemSettings settings = FixedDelays();
    settings.duration = Seconds(7);
    settings.mskInterval = Seconds(2);
    SystemRun run(check, settings);

    // Octets of the latest message by name.
    std::map<std::string, uint32_t> octets;
    const auto listen = [&](const Ptr<Object>& endpoint) {
        run.On<const SbiOperation&, bool, uint32_t>(
            endpoint,
            "MessageSent",
            [&octets](const SbiOperation& operation, bool isResponse, uint32_t size) {
                octets[std::string(operation.name) + (isResponse ? " response" : "")] = size;
            });
    };
    const MbsHelper& network = run.Network();
    listen(network.GetMbsf()->GetSbi());
    listen(network.GetMbstf()->GetSbi());
    listen(network.GetMbSmf()->GetSbi());
    listen(network.GetSmfs()[0]->GetSbi());
    listen(network.GetAmf()->GetN2());
    uint32_t nas = 0;
    run.On<uint32_t, uint32_t, ByteView>(
        network.GetGnbs()[0],
        "NasToUe",
        [&nas](uint32_t, uint32_t, ByteView pdu) { nas = static_cast<uint32_t>(pdu.size()); });
    run.Run();

    const auto rows = run.Rows(KeyKind::MSK);
    check.Equal(rows.size(), 3U, "MSK updates in seven seconds");
    // The first one opens connections for notifications; from the second on they are up.
    for (std::size_t i = 1; i < rows.size(); ++i)
    {
        const KeyUpdateLedger::Row& row = rows[i];
        const uint32_t patch = octets["Nmbstf_MBSDistributionSession_Update"];
        const uint32_t patched = octets["Nmbstf_MBSDistributionSession_Update response"];
        const uint32_t mtk = octets["Nmbstf_MBSDistributionSession_StatusNotify"];
        const uint32_t update = octets["Nmbsmf_MBSSession_Update"];
        const uint32_t notify = octets["Nmbsmf_MBSSession_ContextStatusNotify"];
        const uint32_t transfer = octets["Namf_Communication_N1N2MessageTransfer"];
        const uint32_t ngap = octets["DownlinkNASTransport"];
        for (const auto& [name, size] : octets)
        {
            check.Expect(size > 0 && size <= SEGMENT, name + " is one segment");
        }
        const int64_t mbsmf =
            OverTcp("Nmb2", patch) + OverTcp("Nmb2", mtk, patched) + OverTcp("Nmb1", update);
        const int64_t smf = OverTcp("N16mb", notify);
        const int64_t amf = OverTcp("N11", transfer);
        const int64_t gnb = OverTcp("N2", ngap);
        const int64_t ue = OverRadio(nas + RRC_OVERHEAD);

        check.Equal(Reached(row, KeyLeg::MBSMF) - row.generated, mbsmf, "ns to the MB-SMF");
        check.Equal(Reached(row, KeyLeg::SMF) - Reached(row, KeyLeg::MBSMF), smf, "ns to the SMF");
        check.Equal(Reached(row, KeyLeg::AMF) - Reached(row, KeyLeg::SMF), amf, "ns to the AMF");
        check.Equal(Reached(row, KeyLeg::GNB) - Reached(row, KeyLeg::AMF), gnb, "ns to the gNB");
        check.Equal(Reached(row, KeyLeg::UE) - Reached(row, KeyLeg::GNB), ue, "ns to the UE");
        check.Equal(row.Latency(), mbsmf + smf + amf + gnb + ue, "ns in all");
    }
}

void
MtkLatencyEqualsDelaysAndSerialisations(Check& check)
{
    SystemSettings settings = FixedDelays();
    settings.mtkInterval = Seconds(1);
    SystemRun run(check, settings);
    uint32_t mikey = 0;
    run.On<const Tmgi&, Ptr<const Packet>, uint32_t>(
        run.Network().GetMbstf(),
        "MtkMessageSent",
        [&mikey](const Tmgi&, Ptr<const Packet>, uint32_t size) { mikey = size; });
    run.Run();

    const auto rows = run.Rows(KeyKind::MTK);
    check.Equal(rows.size(), 4U, "MTK updates in five seconds");
    for (const KeyUpdateLedger::Row& row : rows)
    {
        const uint32_t inner = mikey + INNER_OVERHEAD;
        const int64_t gnb = OverUdp("Nmb9", inner) + 2 * OverUdp("N3mb", inner + GTPU_OVERHEAD);
        check.Equal(Reached(row, KeyLeg::GNB) - row.generated, gnb, "ns to the gNB");
        check.Equal(row.Latency(), gnb + OverRadio(inner), "ns to the UE");
        for (const KeyLeg leg : {KeyLeg::MBSMF, KeyLeg::SMF, KeyLeg::AMF})
        {
            check.Expect(Reached(row, leg) == KeyUpdateLedger::NEVER,
                         std::string("an MTK does not pass the ") + ToString(leg));
        }
    }
}

void
ServiceTimesAddToTheLegs(Check& check)
{
    // The same network with and without: what a message waits at each function is what differs.
    const auto latency = [&check](const std::string& serviceTime, KeyKind kind) {
        SystemSettings settings = FixedDelays();
        settings.serviceTime = serviceTime;
        settings.duration = Seconds(7);
        settings.mskInterval = Seconds(2);
        settings.mtkInterval = MilliSeconds(1500);
        SystemRun run(check, settings);
        run.Run();
        return run.Rows(kind).at(1).Latency();
    };
    // MBSTF, MBSF, MB-SMF, SMF, AMF, gNB and UE each serve one message on the way of an MSK. The
    // MBSTF's answer, before its notification, is now one nanosecond late as all that TCP sends
    // later than it received.
    check.Equal(latency("0.003", KeyKind::MSK) - latency("0", KeyKind::MSK),
                int64_t(7) * 3000000 + 1,
                "ns that seven functions add");
    // The MIKEY message is user plane for all that forward it.
    check.Equal(latency("0.003", KeyKind::MTK), latency("0", KeyKind::MTK), "ns of an MTK");
}

void
CommandsQueueAtTheAmf(Check& check)
{
    constexpr uint32_t UES = 30;
    constexpr int64_t SERVICE = 200000;
    SystemSettings settings;
    settings.ues = UES;
    settings.duration = Seconds(5);
    settings.joinWindow = MilliSeconds(500);
    settings.mskInterval = Seconds(2);
    settings.attributes = {
        {"ns3::mbs::Amf::ServiceTime", "ns3::ConstantRandomVariable[Constant=0.0002]"},
        {"ns3::mbs::Amf::Workers", "1"}};
    SystemRun run(check, settings);
    run.Run();

    std::map<int64_t, std::vector<int64_t>> arrivals;
    for (const KeyUpdateLedger::Row& row : run.Rows(KeyKind::MSK))
    {
        check.Expect(row.outcome == KeyOutcome::INSTALLED, "all UEs get the key");
        arrivals[row.generated].push_back(Reached(row, KeyLeg::GNB));
    }
    check.Equal(arrivals.size(), 2U, "MSK updates in five seconds");
    for (auto& [generated, times] : arrivals)
    {
        check.Equal(times.size(), UES, "rows of an update");
        std::sort(times.begin(), times.end());
        for (std::size_t i = 0; i < times.size(); ++i)
        {
            // The first COMPLETE is back at the AMF when the last COMMAND has left it.
            check.Equal(times[i] - times.front(),
                        static_cast<int64_t>(i) * SERVICE,
                        "ns that COMMAND " + std::to_string(i) + " comes behind the first");
        }
    }
}

void
WorkersShortenTheQueue(Check& check)
{
    const auto spread = [&check](const std::string& workers) {
        SystemSettings settings;
        settings.ues = 24;
        settings.duration = Seconds(5);
        settings.joinWindow = MilliSeconds(500);
        settings.mskInterval = Seconds(3);
        settings.attributes = {
            {"ns3::mbs::Gnb::ServiceTime", "ns3::ConstantRandomVariable[Constant=0.0002]"},
            {"ns3::mbs::Gnb::Workers", workers}};
        SystemRun run(check, settings);
        run.Run();
        std::vector<int64_t> times;
        for (const KeyUpdateLedger::Row& row : run.Rows(KeyKind::MSK))
        {
            times.push_back(row.Latency());
        }
        std::sort(times.begin(), times.end());
        return std::make_pair(times.front(), times.back());
    };
    const auto one = spread("1");
    const auto four = spread("4");
    check.Equal(one.first, four.first, "ns of the first UE, which finds a free worker");
    check.Expect(one.second - one.first >= 23 * 200000 && four.second - four.first < 7 * 200000,
                 "four workers serve 24 UEs in a quarter of the time");
}

} // namespace

/** @param suite gets the tests of latencies that follow from delays */
void AddSystemLatencyTests(MbsTestSuite& suite);

void
AddSystemLatencyTests(MbsTestSuite& suite)
{
    suite.Add(new FunctionTestCase("every leg of an MSK update is its links' delays and "
                                   "serialisations, to the nanosecond",
                                   MskLegsEqualDelaysAndSerialisations));
    suite.Add(new FunctionTestCase("an MTK takes the delays and serialisations of the user plane, "
                                   "to the nanosecond",
                                   MtkLatencyEqualsDelaysAndSerialisations));
    suite.Add(new FunctionTestCase("service times add to an MSK update and not to an MTK",
                                   ServiceTimesAddToTheLegs));
    suite.Add(new FunctionTestCase("in a storm each COMMAND comes one service time behind the one "
                                   "before it",
                                   CommandsQueueAtTheAmf));
    suite.Add(new FunctionTestCase("more workers shorten a storm", WorkersShortenTheQueue));
}

} // namespace ns3::mbs
