// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-radio-report.h"

#include "mbs-helper.h"

#include "ns3/mbs-sinr-radio-link.h"

#include "ns3/node.h"

#include <cmath>
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
    // Reference signals are measured in a subcarrier.
    const double subcarriersDb =
        10.0 * std::log10(12.0 * channel->GetCarrier()->GetResourceBlocks());
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::fixed << "ue,gnb,x_m,y_m,z_m,rsrp_dbm,sinr_db,uplink_sinr_db\n";
    for (uint32_t ue = 0; ue < network.GetUes().size(); ++ue)
    {
        const Vector place =
            network.GetUes()[ue]->GetNode()->GetObject<MobilityModel>()->GetPosition();
        text << ue << "," << network.GetGnbOf(ue) << std::setprecision(2) << "," << place.x << ","
             << place.y << "," << place.z << "," << link->GetReceivedPowerDbm(ue) - subcarriersDb
             << "," << link->GetSinrOf(ue, RadioDirection::DOWNLINK) << ","
             << link->GetSinrOf(ue, RadioDirection::UPLINK) << "\n";
    }
    out << text.str();
}

} // namespace ns3::mbs
