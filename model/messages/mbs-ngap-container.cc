// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-ngap-container.h"

#include <algorithm>

namespace ns3::mbs
{

void
NgapIeEncoder::Finish(uint64_t lower)
{
    if (m_count < lower || m_count > NGAP_MAX_IES)
    {
        return m_coder.Aper().Fail();
    }
    // A constrained whole number whose range takes two octets (X.691 clause 11.5.7.3).
    m_coder.Aper().FillNumber(m_start, static_cast<uint16_t>(m_count - lower));
}

NgapIeDecoder::NgapIeDecoder(AperReader& reader, uint64_t lower)
    : m_reader(reader)
{
    const uint64_t count = reader.Constrained(lower, NGAP_MAX_IES);
    for (uint64_t i = 0; i < count && reader.Ok(); ++i)
    {
        Ie ie;
        ie.id = static_cast<uint16_t>(reader.Constrained(0, UINT16_MAX));
        ie.criticality = static_cast<NgapCriticality>(reader.Enumerated(3, false));
        ie.value = reader.OpenType();
        m_ies.push_back(ie);
    }
    if (!reader.Ok())
    {
        m_ies.clear();
    }
}

void
NgapIeDecoder::Finish()
{
    // an IE that comes twice makes the message falsely constructed (TS 38.413 clause 10.3.6)
    boost::container::small_vector<uint16_t, USUAL_IES> ids;
    for (const Ie& ie : m_ies)
    {
        ids.push_back(ie.id);
    }
    std::sort(ids.begin(), ids.end());
    if (std::adjacent_find(ids.begin(), ids.end()) != ids.end())
    {
        m_reader.Fail(DecodeError::MALFORMED);
    }
    for (const Ie& ie : m_ies)
    {
        if (!ie.known && ie.criticality == NgapCriticality::REJECT)
        {
            m_reader.Fail(DecodeError::UNSUPPORTED);
        }
    }
}

NgapIeDecoder::Ie*
NgapIeDecoder::Find(uint16_t id)
{
    const auto ie =
        std::find_if(m_ies.begin(), m_ies.end(), [id](const Ie& i) { return i.id == id; });
    return ie == m_ies.end() ? nullptr : &*ie;
}

} // namespace ns3::mbs
