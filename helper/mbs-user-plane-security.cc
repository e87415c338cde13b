// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-user-plane-security.h"

#include "mbs-object-text.h"

#include "ns3/mbs-node-keys.h"

namespace ns3::mbs
{

UserPlaneSecurity::UserPlaneSecurity(const NetworkPlan& plan,
                                     const CoreNetwork& core,
                                     const std::vector<Ptr<Ue>>& ues,
                                     Ipv4Address mbssfAddress)
    : m_plan(plan),
      m_plmn(core.GetSessions().front().tmgi.Plmn()),
      m_mbssf(CreateObject<Mbssf>()),
      m_bootstrapping(CreateObject<KeyGenerator>())
{
    const CoreFunctions& functions = core.GetFunctions();
    const bool atMbsf = core.GetDeployment().placement == MbssfPlacement::MBSF;
    const Ptr<Node> node = atMbsf ? functions.mbsf->GetNode() : functions.mbstf->GetNode();
    NodeKeys::Install(node);
    node->AddApplication(m_mbssf);
    for (const CoreNetwork::Session& session : core.GetSessions())
    {
        m_mbssf->AddService(session.serviceId, session.tmgi);
        m_serviceIds.push_back(session.serviceId);
    }
    for (const Ptr<Ue>& ue : ues)
    {
        const Ptr<MbsfClient> client = CreateObject<MbsfClient>();
        ue->GetNode()->AddApplication(client);
        client->SetMbssf(mbssfAddress, m_mbssf->GetHttpPort());
        for (const uint32_t number : plan.SessionsOf(ue->GetNumber()))
        {
            const CoreNetwork::Session& session = core.GetSessions()[number];
            client->AddService(
                {session.serviceId, session.tmgi, KeyDomainId(m_plmn), session.keyGroup});
        }
        client->Attach(ue);
        m_clients.push_back(client);
        m_supis.push_back(core.SupiOf(ue->GetNumber()));
    }
    Bootstrap();
}

MbssfUser
UserPlaneSecurity::MakeUser(const std::string& supi, const std::string& home) const
{
    const Bytes nafId = NafId(m_mbssf->GetFqdn());
    const Key256 root = m_bootstrapping->NewKey256();
    MbssfUser user;
    if (TextOf(m_mbssf, "Authentication") == "akma")
    {
        user.keys = UserKeysFromAkma(DeriveKAf(DeriveKAkma(root, supi), nafId));
        user.id = ToHex(DeriveATid(root, supi).View()) + "@5gc." + home;
        return user;
    }
    const Bytes octets = m_bootstrapping->Octets(16);
    const auto rand = ByteReader(octets).Array<16>();
    const std::string impi = supi.substr(supi.find('-') + 1) + "@ims." + home;
    user.keys = UserKeysFromGbaMe(DeriveKsNaf(GbaKey::KS_NAF, root, rand, impi, nafId));
    user.id = ToBase64(octets) + "@bsf." + home;
    return user;
}

void
UserPlaneSecurity::Bootstrap()
{
    const std::string mnc = std::string(3 - m_plmn.Mnc().size(), '0') + m_plmn.Mnc();
    const std::string home = "mnc" + mnc + ".mcc" + m_plmn.Mcc() + ".3gppnetwork.org";
    m_mbssf->ClearUsers();
    m_userIds.clear();
    for (uint32_t i = 0; i < m_clients.size(); ++i)
    {
        MbssfUser user = MakeUser(m_supis[i], home);
        if (m_plan.IsAuthorized(i))
        {
            user.services.insert(m_serviceIds.begin(), m_serviceIds.end());
        }
        m_mbssf->AddUser(user);
        m_clients[i]->SetCredentials(user.id, user.keys);
        m_userIds.push_back(user.id);
    }
}

int64_t
UserPlaneSecurity::AssignStreams(int64_t stream)
{
    const int64_t first = stream;
    stream += m_mbssf->AssignStreams(stream);
    for (const Ptr<MbsfClient>& client : m_clients)
    {
        stream += client->AssignStreams(stream);
    }
    stream += m_bootstrapping->AssignStreams(stream);
    Bootstrap();
    return stream - first;
}

Ptr<Mbssf>
UserPlaneSecurity::GetMbssf() const
{
    return m_mbssf;
}

const std::vector<Ptr<MbsfClient>>&
UserPlaneSecurity::GetClients() const
{
    return m_clients;
}

const std::string&
UserPlaneSecurity::GetUserIdOf(uint32_t ue) const
{
    return m_userIds.at(ue);
}

} // namespace ns3::mbs
