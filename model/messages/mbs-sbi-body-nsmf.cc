// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-body-nsmf.h"

namespace ns3::mbs::nsmf
{

using sbi::DecodeJson;
using sbi::EncodeJson;
using sbi::Of;

/**
 * @brief The members that request and answer have in common.
 * @param archive where from or to
 * @param value either of the two
 */
template <typename A, typename T>
void
DescribeMessages(A& archive, T& value)
{
    archive.OptionalText("upCnxState", value.upCnxState);
    archive.Optional("n1SmMsg", value.n1SmMsg);
    archive.Optional("n2SmInfo", value.n2SmInfo);
    archive.OptionalText("n2SmInfoType", value.n2SmInfoType);
    // TS 29.502 clauses 6.1.6.2.4 and 6.1.6.2.5: the type is there if the information is.
    archive.Expect(!value.n2SmInfo || !value.n2SmInfoType.empty(), DecodeError::MALFORMED);
}

/** @param archive where from or to @param value a request */
template <typename A>
void
Describe(A& archive, Of<A, SmContextUpdateData>& value)
{
    archive.Flag("toBeSwitched", value.toBeSwitched);
    DescribeMessages(archive, value);
}

/** @param archive where from or to @param value an answer */
template <typename A>
void
Describe(A& archive, Of<A, SmContextUpdatedData>& value)
{
    DescribeMessages(archive, value);
}

std::string
SmContextUpdateData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<SmContextUpdateData>
SmContextUpdateData::Decode(ByteView body)
{
    return DecodeJson<SmContextUpdateData>(body);
}

std::string
SmContextUpdatedData::Encode() const
{
    return EncodeJson(*this);
}

Decoded<SmContextUpdatedData>
SmContextUpdatedData::Decode(ByteView body)
{
    return DecodeJson<SmContextUpdatedData>(body);
}

} // namespace ns3::mbs::nsmf
