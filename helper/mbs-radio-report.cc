// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-report.h"

#include "mbs-helper.h"

#include "ns3/mbs-sinr-radio-link.h"

#include "ns3/node.h"

#include <iomanip>
#include <locale>
#include <ostream>
#include <sstream>

namespace ns3::mbs
{

void
WriteRadioReport(std::ostream& out, const MbsHelper& network)
{
    const Ptr<RadioChannel> channel = network.GetRadioChannel();
    const Ptr<SinrRadioLink> link = DynamicCast<SinrRadioLink>(channel->GetLink());
    NS_ASSERT_MSG(link, "there are no places");
    channel->SettleGroupCounts();
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::fixed
         << "ue,gnb,x_m,y_m,z_m,rsrp_dbm,sinr_db,uplink_sinr_db,"
            "ptm_received,ptm_lost,ptp_received,ptp_lost\n";
    for (uint32_t ue = 0; ue < network.GetUes().size(); ++ue)
    {
        const Vector place =
            network.GetUes()[ue]->GetNode()->GetObject<MobilityModel>()->GetPosition();
        text << ue << "," << network.GetGnbOf(ue) << std::setprecision(2) << "," << place.x << ","
             << place.y << "," << place.z << "," << link->GetRsrpDbm(ue, network.GetGnbOf(ue))
             << "," << link->GetSinrOf(ue, RadioDirection::DOWNLINK) << ","
             << link->GetSinrOf(ue, RadioDirection::UPLINK);
        const UeRadioDevice::GroupCounts& counts = network.GetRadio(ue)->GetGroupCounts();
        text << "," << counts.ptmReceived << "," << counts.ptmLost << "," << counts.ptpReceived
             << "," << counts.ptpLost << "\n";
    }
    out << text.str();
}

void
WriteCellReport(std::ostream& out, const MbsHelper& network)
{
    static constexpr std::pair<const char*, RadioTraffic> KINDS[]{
        {"ptm", RadioTraffic::MULTICAST},
        {"ptp", RadioTraffic::POINT_TO_POINT},
        {"signalling", RadioTraffic::SIGNALLING},
        {"data", RadioTraffic::DATA}};
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "gnb,ptm_packets,ptp_packets,ptp_copies,ptm_retransmissions,ptp_retransmissions,"
            "harq_feedback,switches";
    for (const auto& kind : KINDS)
    {
        text << "," << kind.first << "_transmissions," << kind.first << "_blocks," << kind.first
             << "_octets";
    }
    text << "\n";
    for (const Ptr<GnbRadioDevice>& cell : network.GetCells())
    {
        MulticastRadioBearer::Counts counts;
        for (const auto& [gRnti, bearer] : cell->GetBearers())
        {
            const MulticastRadioBearer::Counts& more = bearer->GetCounts();
            counts.ptmPackets += more.ptmPackets;
            counts.ptpPackets += more.ptpPackets;
            counts.ptpCopies += more.ptpCopies;
            counts.ptmRetransmissions += more.ptmRetransmissions;
            counts.ptpRetransmissions += more.ptpRetransmissions;
            counts.feedback += more.feedback;
            counts.switches += more.switches;
        }
        text << cell->GetGnb() << "," << counts.ptmPackets << "," << counts.ptpPackets << ","
             << counts.ptpCopies << "," << counts.ptmRetransmissions << ","
             << counts.ptpRetransmissions << "," << counts.feedback << "," << counts.switches;
        for (const auto& kind : KINDS)
        {
            const CellScheduler::Usage& usage =
                cell->GetScheduler()->GetUsage(RadioDirection::DOWNLINK, kind.second);
            text << "," << usage.transmissions << "," << usage.blocks << "," << usage.octets;
        }
        text << "\n";
    }
    out << text.str();
}

} // namespace ns3::mbs
