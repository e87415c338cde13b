// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-fuzz.h"

#include "ns3/mbs-key-id.h"
#include "ns3/mbs-secret.h"
#include "ns3/mbs-tmgi.h"

namespace ns3::mbs::fuzz
{

namespace
{

/** @tparam N how many @param octets where from @return the first of them, zeros behind the end */
template <std::size_t N>
std::array<uint8_t, N>
First(ByteView octets)
{
    return ByteReader(octets).Array<N>();
}

/** @param octets an input @return true if it was accepted */
bool
Run(ByteView octets)
{
    const auto mki = First<Mki::SIZE>(octets);
    Require(Mki::Decode(mki).Encode() == mki, "an MKI has another encoding");
    const auto msk = First<MskId::SIZE>(octets);
    Require(MskId::Decode(msk).Encode() == msk, "an MSK ID has another encoding");
    Require(MskId::Decode(msk).Next().Number() != MskId::CURRENT, "an MSK ID follows that is none");
    const auto mtk = First<MtkId::SIZE>(octets);
    Require(MtkId::Decode(mtk).Encode() == mtk, "an MTK ID has another encoding");
    const auto secret = Secret<6>::From(octets);
    Require(bool(secret) == (octets.size() == 6), "a secret has another length");

    const auto network = First<PlmnId::SIZE>(octets);
    const auto plmn = PlmnId::Decode(network);
    Require(!plmn || plmn->Encode() == network, "a network has another encoding");
    Require(!plmn || PlmnId::From(plmn->Mcc(), plmn->Mnc()) == plmn, "a network has another name");
    const std::string text(octets.begin(), octets.end());
    const auto named = PlmnId::From(text.substr(0, 3), text.size() > 3 ? text.substr(3) : "");
    Require(!named || PlmnId::Decode(named->Encode()) == named, "a name has another network");

    const auto id = First<Tmgi::SIZE>(octets);
    const auto tmgi = Tmgi::Decode(id);
    Require(!tmgi || tmgi->Encode() == id, "a TMGI has another encoding");
    Require(!tmgi || tmgi->ServiceIdText().size() == 6, "a service ID has another length");
    return plmn || named || tmgi;
}

/** @return names of keys, networks and groups */
std::vector<Bytes>
Seeds()
{
    const auto tmgi = Tmgi(0x123456, *PlmnId::From("262", "01")).Encode();
    const auto plmn = PlmnId::From("310", "410")->Encode();
    return {ByteView(tmgi).ToBytes(), ByteView(plmn).ToBytes(), Octets("26201"), Octets("310410")};
}

const Target TARGET("key-id", 16, &Run, &Seeds); //!< this target

} // namespace

} // namespace ns3::mbs::fuzz
