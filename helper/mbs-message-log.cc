// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-message-log.h"

#include "ns3/mbs-decimal.h"
#include "ns3/mbs-nas-5gmm.h"
#include "ns3/mbs-nas-5gsm.h"
#include "ns3/mbs-nas-service.h"

#include "ns3/assert.h"
#include "ns3/simulator.h"

#include <memory>
#include <ostream>

namespace ns3::mbs
{

namespace
{

/** The two ends of a reference point. */
struct Ends
{
    const char* interface; //!< its name
    const char* a;         //!< a function
    const char* b;         //!< the other
};

/** Of all reference points with messages. */
constexpr Ends ENDS[] = {{"Nmb10", "AF", "MBSF"},
                         {"Nmb2", "MBSF", "MBSTF"},
                         {"Nmb1", "MBSF", "MB-SMF"},
                         {"N4mb", "MB-SMF", "MB-UPF"},
                         {"N16mb", "MB-SMF", "SMF"},
                         {"N11mb", "MB-SMF", "AMF"},
                         {"N11", "SMF", "AMF"},
                         {"N2", "AMF", "gNB"},
                         {"Xn", "gNB", "gNB"},
                         {"N3mb", "gNB", "MB-UPF"},
                         {"MBS-10", "UE", "MBSSF"}};

/** @param function such as SMF @param number which @return such as SMF-0 */
std::string
Numbered(const std::string& function, uint32_t number)
{
    return function + "-" + std::to_string(number);
}

/**
 * @param interface a reference point
 * @param from who sent a message there
 * @return who is at the other end, empty if that is not known
 */
std::string
FarEnd(const std::string& interface, const std::string& from)
{
    const bool numbered = from.back() >= '0' && from.back() <= '9';
    const std::string kind = numbered ? from.substr(0, from.rfind('-')) : from;
    for (const Ends& ends : ENDS)
    {
        if (interface == ends.interface)
        {
            return kind == ends.a ? ends.b : ends.a;
        }
    }
    return "";
}

/**
 * @tparam Transport DlNasTransport or UlNasTransport
 * @param nas a NAS PDU
 * @return name of the 5GSM message in it or of itself, null if it is of no interest
 */
template <typename Transport>
const char*
SmMessageIn(ByteView nas)
{
    if (const auto transport = Transport::Decode(nas))
    {
        if (const auto header = NasSmHeader::Peek(transport->payload))
        {
            return ToString(header->type);
        }
    }
    return NasServiceMessageName(nas);
}

} // namespace

MessageLog::MessageLog(const MbsHelper& network)
    : m_network(network)
{
}

std::size_t
MessageLog::Count() const
{
    return m_rows.size();
}

uint32_t
MessageLog::Index(const std::string& name)
{
    const auto [it, isNew] = m_indices.emplace(name, static_cast<uint32_t>(m_names.size()));
    if (isNew)
    {
        m_names.push_back(name);
    }
    return it->second;
}

void
MessageLog::Add(const std::string& from,
                const std::string& to,
                const std::string& interface,
                const std::string& message,
                uint32_t octets)
{
    m_rows.push_back({Simulator::Now().GetNanoSeconds(),
                      Index(from),
                      Index(to),
                      Index(interface),
                      Index(message),
                      octets});
}

void
MessageLog::Listen(const Ptr<Object>& source, const std::string& from, bool answers)
{
    /** Who listens to what. */
    struct Context
    {
        MessageLog* self; //!< gets the rows
        std::string from; //!< who sends
        bool answers;     //!< see the parameter
    };

    using Shared = std::shared_ptr<const Context>;
    using Sink = void (*)(Shared, const SbiOperation&, bool, uint32_t);
    const Sink sink =
        [](Shared context, const SbiOperation& operation, bool isResponse, uint32_t octets) {
            const std::string interface(operation.interface);
            std::string name(operation.name);
            name += isResponse && context->answers ? " response" : "";
            context->self->Add(context->from,
                               FarEnd(interface, context->from),
                               interface,
                               name,
                               octets);
        };
    const bool connected = source->TraceConnectWithoutContext(
        "MessageSent",
        MakeBoundCallback(sink, std::make_shared<const Context>(Context{this, from, answers})));
    NS_ASSERT_MSG(connected, "no trace source MessageSent at " << from);
    (void)connected;
}

void
MessageLog::ListenToNas(const Ptr<Object>& gnb, uint32_t number)
{
    /** Whose PDUs these are. */
    struct Context
    {
        MessageLog* self;         //!< gets the rows
        uint32_t gnb;             //!< number of the gNB
        Ptr<GnbRadioDevice> cell; //!< its cell, which knows whose an RNTI is
    };

    const auto shared =
        std::make_shared<const Context>(Context{this, number, m_network.GetCells().at(number)});
    using Shared = std::shared_ptr<const Context>;
    using Sink = void (*)(Shared, uint32_t, uint32_t, ByteView);
    const Sink down = [](Shared c, uint32_t, uint32_t rnti, ByteView nas) {
        if (const char* name = SmMessageIn<DlNasTransport>(nas))
        {
            c->self->Add(Numbered("gNB", c->gnb),
                         Numbered("UE", c->cell->GetUeOf(rnti)),
                         "N1",
                         name,
                         static_cast<uint32_t>(nas.size()));
        }
    };
    const Sink up = [](Shared c, uint32_t, uint32_t rnti, ByteView nas) {
        if (const char* name = SmMessageIn<UlNasTransport>(nas))
        {
            c->self->Add(Numbered("UE", c->cell->GetUeOf(rnti)),
                         Numbered("gNB", c->gnb),
                         "N1",
                         name,
                         static_cast<uint32_t>(nas.size()));
        }
    };
    gnb->TraceConnectWithoutContext("NasToUe", MakeBoundCallback(down, shared));
    gnb->TraceConnectWithoutContext("NasFromUe", MakeBoundCallback(up, shared));
    using Reported =
        void (*)(Shared, uint32_t, uint32_t rnti, const Tmgi&, const PdcpStatusReport&);
    const Reported reported =
        [](Shared c, uint32_t, uint32_t rnti, const Tmgi&, const PdcpStatusReport& report) {
            c->self->Add(Numbered("UE", c->cell->GetUeOf(rnti)),
                         Numbered("gNB", c->gnb),
                         "Uu",
                         "PdcpStatusReport",
                         static_cast<uint32_t>(report.Encode().size()));
        };
    gnb->TraceConnectWithoutContext("StatusReported", MakeBoundCallback(reported, shared));
}

void
MessageLog::ListenToPaging(const Ptr<GnbRadioDevice>& cell)
{
    using Sink = void (*)(MessageLog*, uint32_t, const RrcPaging&, uint32_t);
    const Sink sink = [](MessageLog* self, uint32_t gnb, const RrcPaging&, uint32_t octets) {
        self->Add(Numbered("gNB", gnb), "UEs", "Uu", "Paging", octets);
    };
    if (const auto paging = cell->GetObject<PagingChannel>())
    {
        paging->TraceConnectWithoutContext("Sent", MakeBoundCallback(sink, this));
    }
}

void
MessageLog::ListenToReports()
{
    using Sink = void (*)(MessageLog*, uint32_t, uint32_t, const RrcMeasurementReport&);
    const Sink sink =
        [](MessageLog* self, uint32_t ue, uint32_t gnb, const RrcMeasurementReport& report) {
            self->Add(Numbered("UE", ue),
                      Numbered("gNB", gnb),
                      "Uu",
                      "MeasurementReport",
                      static_cast<uint32_t>(report.Encode().size()));
        };
    if (const Ptr<UeMeasurements> measurements = m_network.GetMeasurements())
    {
        measurements->TraceConnectWithoutContext("ReportSent", MakeBoundCallback(sink, this));
    }
}

void
MessageLog::Connect()
{
    ListenToReports();
    for (const auto& af : m_network.GetAfs())
    {
        Listen(af->GetSbi(), "AF", true);
    }
    Listen(m_network.GetMbsf()->GetSbi(), "MBSF", true);
    Listen(m_network.GetMbstf()->GetSbi(), "MBSTF", true);
    Listen(m_network.GetMbSmf()->GetSbi(), "MB-SMF", true);
    // The names of PFCP's messages tell requests from answers themselves.
    Listen(m_network.GetMbSmf()->GetN4(), "MB-SMF", false);
    Listen(m_network.GetMbUpf()->GetN4(), "MB-UPF", false);
    const auto& amfs = m_network.GetAmfs();
    for (uint32_t i = 0; i < amfs.size(); ++i)
    {
        const std::string name = amfs.size() == 1 ? "AMF" : Numbered("AMF", i);
        Listen(amfs[i]->GetSbi(), name, true);
        Listen(amfs[i]->GetN2(), name, true);
    }
    for (const auto& smf : m_network.GetSmfs())
    {
        Listen(smf->GetSbi(), Numbered("SMF", smf->GetNumber()), true);
    }
    for (const auto& gnb : m_network.GetGnbs())
    {
        const std::string name = Numbered("gNB", gnb->GetNumber());
        Listen(gnb->GetN2(), name, true);
        Listen(gnb->GetSsm(), name, true);
        if (gnb->GetXn())
        {
            Listen(gnb->GetXn(), name, true);
        }
        ListenToNas(gnb, gnb->GetNumber());
        ListenToPaging(m_network.GetCells().at(gnb->GetNumber()));
    }

    using MtkSink = void (*)(MessageLog*, const Tmgi&, Ptr<const Packet>, uint32_t);
    const MtkSink mtk = [](MessageLog* self, const Tmgi&, Ptr<const Packet>, uint32_t octets) {
        self->Add("MBSTF", "MB-UPF", "Nmb9", "MIKEY MTK message", octets);
    };
    m_network.GetMbstf()->TraceConnectWithoutContext("MtkMessageSent",
                                                     MakeBoundCallback(mtk, this));

    const Ptr<Mbssf> mbssf = m_network.GetMbssf();
    if (!mbssf)
    {
        return;
    }
    Listen(mbssf->GetSbi(), "MBSSF", true);
    std::map<std::string, uint32_t> ueOfUser;
    for (uint32_t ue = 0; ue < m_network.GetUes().size(); ++ue)
    {
        ueOfUser[m_network.GetUserIdOf(ue)] = ue;
    }
    for (uint32_t ue = 0; ue < m_network.GetMbsfClients().size(); ++ue)
    {
        Listen(m_network.GetMbsfClients()[ue], Numbered("UE", ue), true);
    }

    using Users = std::shared_ptr<const std::map<std::string, uint32_t>>;
    using MskSink =
        void (*)(std::pair<MessageLog*, Users>, const std::string&, const MskId&, uint32_t, bool);
    const MskSink msk = [](std::pair<MessageLog*, Users> context,
                           const std::string& user,
                           const MskId&,
                           uint32_t octets,
                           bool) {
        const auto ue = context.second->find(user);
        context.first->Add("MBSSF",
                           ue == context.second->end() ? "UE" : Numbered("UE", ue->second),
                           "MBS-10",
                           "MIKEY MSK message",
                           octets);
    };
    const auto users = std::make_shared<const std::map<std::string, uint32_t>>(std::move(ueOfUser));
    mbssf->TraceConnectWithoutContext("MskMessageSent",
                                      MakeBoundCallback(msk, std::make_pair(this, users)));
}

void
MessageLog::Write(std::ostream& os) const
{
    std::string text = "time_s,from,to,interface,message,bytes\n";
    for (const Row& row : m_rows)
    {
        text += SecondsText(row.nanoseconds) + ',' + m_names[row.from] + ',' + m_names[row.to] +
                ',' + m_names[row.interface] + ',' + m_names[row.message] + ',' +
                std::to_string(row.octets) + '\n';
    }
    os.write(text.data(), static_cast<std::streamsize>(text.size()));
}

} // namespace ns3::mbs
