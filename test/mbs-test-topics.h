// SPDX-License-Identifier: GPL-2.0-only
// Written by utils/update-source-lists; do not edit.
#ifndef MBS_TEST_TOPICS_H
#define MBS_TEST_TOPICS_H

#include "mbs-test-suite.h"

#include <vector>

namespace ns3::mbs
{

/** @cond each is documented where it is defined */
void AddKeyRingTests(MbsTestSuite& suite);
void AddKeysTests(MbsTestSuite& suite);
void AddCryptoHygieneTests(MbsTestSuite& suite);
void AddDigestAuthenticatorTests(MbsTestSuite& suite);
void AddKeyDerivationTests(MbsTestSuite& suite);
void AddLibsrtpPeerTests(MbsTestSuite& suite);
void AddMikeyTests(MbsTestSuite& suite);
void AddMtkWrapTests(MbsTestSuite& suite);
void AddSrtcpTests(MbsTestSuite& suite);
void AddSrtpTests(MbsTestSuite& suite);
void AddSrtpRocTests(MbsTestSuite& suite);
void AddSrtpVectorTests(MbsTestSuite& suite);
void AddAperTests(MbsTestSuite& suite);
void AddGtpuTests(MbsTestSuite& suite);
void AddIgmpTests(MbsTestSuite& suite);
void AddInnerPacketTests(MbsTestSuite& suite);
void AddIpv4PacketTests(MbsTestSuite& suite);
void AddKeyManagementBodyTests(MbsTestSuite& suite);
void AddNasTests(MbsTestSuite& suite);
void AddNasServiceTests(MbsTestSuite& suite);
void AddNgapTests(MbsTestSuite& suite);
void AddPdcpStatusReportTests(MbsTestSuite& suite);
void AddPfcpTests(MbsTestSuite& suite);
void AddRepeatedBodyTests(MbsTestSuite& suite);
void AddRrcTests(MbsTestSuite& suite);
void AddRrcMeasurementTests(MbsTestSuite& suite);
void AddRtpTests(MbsTestSuite& suite);
void AddRtpCaptureTests(MbsTestSuite& suite);
void AddSbiBodyCommonTests(MbsTestSuite& suite);
void AddSbiBodyJsonTests(MbsTestSuite& suite);
void AddSbiBodyServicesTests(MbsTestSuite& suite);
void AddXnapTests(MbsTestSuite& suite);
void AddCellResultsTests(MbsTestSuite& suite);
void AddKeyUpdateLedgerTests(MbsTestSuite& suite);
void AddLatencyStatisticsTests(MbsTestSuite& suite);
void AddLossMemoryTests(MbsTestSuite& suite);
void AddMembershipLedgerTests(MbsTestSuite& suite);
void AddMergeTests(MbsTestSuite& suite);
void AddMobilityLedgerTests(MbsTestSuite& suite);
void AddResultWriterTests(MbsTestSuite& suite);
void AddTrafficLedgerTests(MbsTestSuite& suite);
void AddTrafficLedgersTests(MbsTestSuite& suite);
void AddDeadlineQueueTests(MbsTestSuite& suite);
void AddHttp2IdealSessionTests(MbsTestSuite& suite);
void AddHttp2OctetSessionTests(MbsTestSuite& suite);
void AddIdealTransportTests(MbsTestSuite& suite);
void AddN2TransportTests(MbsTestSuite& suite);
void AddN4TransportTests(MbsTestSuite& suite);
void AddSbiTests(MbsTestSuite& suite);
void AddSbiMessageTests(MbsTestSuite& suite);
void AddSsmRouterTests(MbsTestSuite& suite);
void AddUdpFastPathTests(MbsTestSuite& suite);
void AddXnTransportTests(MbsTestSuite& suite);
void AddCellSchedulerTests(MbsTestSuite& suite);
void AddGnbTests(MbsTestSuite& suite);
void AddGnbHandoverTests(MbsTestSuite& suite);
void AddGroupReceptionTests(MbsTestSuite& suite);
void AddMrbRecoveryBufferTests(MbsTestSuite& suite);
void AddMulticastRadioBearerTests(MbsTestSuite& suite);
void AddN3RelayTests(MbsTestSuite& suite);
void AddNrPhyTests(MbsTestSuite& suite);
void AddPagingTests(MbsTestSuite& suite);
void AddPdcpReceiverTests(MbsTestSuite& suite);
void AddRanTests(MbsTestSuite& suite);
void AddSinrRadioLinkTests(MbsTestSuite& suite);
void AddUeTests(MbsTestSuite& suite);
void AddAfTests(MbsTestSuite& suite);
void AddAmfTests(MbsTestSuite& suite);
void AddJoinOrderTests(MbsTestSuite& suite);
void AddMbSmfTests(MbsTestSuite& suite);
void AddMbUpfTests(MbsTestSuite& suite);
void AddMbsfTests(MbsTestSuite& suite);
void AddMbssfTests(MbsTestSuite& suite);
void AddMbstfTests(MbsTestSuite& suite);
void AddNodeKeysTests(MbsTestSuite& suite);
void AddProcessingQueueTests(MbsTestSuite& suite);
void AddRepeatedContentTests(MbsTestSuite& suite);
void AddSbiFunctionTests(MbsTestSuite& suite);
void AddSecurityAttributesTests(MbsTestSuite& suite);
void AddSmfTests(MbsTestSuite& suite);
void AddSmfCommandTests(MbsTestSuite& suite);
void AddUpfTests(MbsTestSuite& suite);
void AddAlikeObjectsTests(MbsTestSuite& suite);
void AddBroadcastOptionsTests(MbsTestSuite& suite);
void AddErrorModelRadioLinkTests(MbsTestSuite& suite);
void AddFaultTests(MbsTestSuite& suite);
void AddHelperTests(MbsTestSuite& suite);
void AddKeyActivationTests(MbsTestSuite& suite);
void AddMemoryCheckTests(MbsTestSuite& suite);
void AddOutputFolderTests(MbsTestSuite& suite);
void AddProgramOptionsTests(MbsTestSuite& suite);
void AddRadioCalibrationTests(MbsTestSuite& suite);
void AddRadioScenarioTests(MbsTestSuite& suite);
void AddRankBalanceTests(MbsTestSuite& suite);
void AddScaleTests(MbsTestSuite& suite);
void AddSystemActivationTests(MbsTestSuite& suite);
void AddSystemActivityTests(MbsTestSuite& suite);
void AddSystemAmfsTests(MbsTestSuite& suite);
void AddSystemBroadcastTests(MbsTestSuite& suite);
void AddSystemFastPathTests(MbsTestSuite& suite);
void AddSystemFaultsTests(MbsTestSuite& suite);
void AddSystemHandoverTests(MbsTestSuite& suite);
void AddSystemHygieneTests(MbsTestSuite& suite);
void AddSystemKeysTests(MbsTestSuite& suite);
void AddSystemLatencyTests(MbsTestSuite& suite);
void AddSystemMeasurementTests(MbsTestSuite& suite);
void AddSystemMembershipTests(MbsTestSuite& suite);
void AddSystemMobilityTests(MbsTestSuite& suite);
void AddSystemOutageTests(MbsTestSuite& suite);
void AddSystemRecoveryTests(MbsTestSuite& suite);
void AddSystemRenewalTests(MbsTestSuite& suite);
void AddSystemRepeatTests(MbsTestSuite& suite);
void AddSystemRestartTests(MbsTestSuite& suite);
void AddSystemRocTests(MbsTestSuite& suite);
void AddSystemSessionsTests(MbsTestSuite& suite);
void AddSystemStatesTests(MbsTestSuite& suite);
void AddSystemTrafficTests(MbsTestSuite& suite);
void AddSystemTransportTests(MbsTestSuite& suite);
void AddSystemUnicastTests(MbsTestSuite& suite);
void AddSystemUserPlaneTests(MbsTestSuite& suite);
void AddUeStateOptionsTests(MbsTestSuite& suite);
void AddFuzzTests(MbsTestSuite& suite);

/** @endcond */

/**
 * @ingroup mbs-tests
 * @brief A file of tests and the room whose suite it belongs to.
 */
struct TestTopic
{
    const char* room;                 //!< folder under model/, or "system" for tests of the whole
    void (*add)(MbsTestSuite& suite); //!< adds its tests to a suite
};

/** All topics, room by room. */
const std::vector<TestTopic> TEST_TOPICS = {
    {"keys", AddKeyRingTests},
    {"keys", AddKeysTests},
    {"crypto", AddCryptoHygieneTests},
    {"crypto", AddDigestAuthenticatorTests},
    {"crypto", AddKeyDerivationTests},
    {"crypto", AddLibsrtpPeerTests},
    {"crypto", AddMikeyTests},
    {"crypto", AddMtkWrapTests},
    {"crypto", AddSrtcpTests},
    {"crypto", AddSrtpTests},
    {"crypto", AddSrtpRocTests},
    {"crypto", AddSrtpVectorTests},
    {"messages", AddAperTests},
    {"messages", AddGtpuTests},
    {"messages", AddIgmpTests},
    {"messages", AddInnerPacketTests},
    {"messages", AddIpv4PacketTests},
    {"messages", AddKeyManagementBodyTests},
    {"messages", AddNasTests},
    {"messages", AddNasServiceTests},
    {"messages", AddNgapTests},
    {"messages", AddPdcpStatusReportTests},
    {"messages", AddPfcpTests},
    {"messages", AddRepeatedBodyTests},
    {"messages", AddRrcTests},
    {"messages", AddRrcMeasurementTests},
    {"messages", AddRtpTests},
    {"messages", AddRtpCaptureTests},
    {"messages", AddSbiBodyCommonTests},
    {"messages", AddSbiBodyJsonTests},
    {"messages", AddSbiBodyServicesTests},
    {"messages", AddXnapTests},
    {"measure", AddCellResultsTests},
    {"measure", AddKeyUpdateLedgerTests},
    {"measure", AddLatencyStatisticsTests},
    {"measure", AddLossMemoryTests},
    {"measure", AddMembershipLedgerTests},
    {"measure", AddMergeTests},
    {"measure", AddMobilityLedgerTests},
    {"measure", AddResultWriterTests},
    {"measure", AddTrafficLedgerTests},
    {"measure", AddTrafficLedgersTests},
    {"transport", AddDeadlineQueueTests},
    {"transport", AddHttp2IdealSessionTests},
    {"transport", AddHttp2OctetSessionTests},
    {"transport", AddIdealTransportTests},
    {"transport", AddN2TransportTests},
    {"transport", AddN4TransportTests},
    {"transport", AddSbiTests},
    {"transport", AddSbiMessageTests},
    {"transport", AddSsmRouterTests},
    {"transport", AddUdpFastPathTests},
    {"transport", AddXnTransportTests},
    {"ran", AddCellSchedulerTests},
    {"ran", AddGnbTests},
    {"ran", AddGnbHandoverTests},
    {"ran", AddGroupReceptionTests},
    {"ran", AddMrbRecoveryBufferTests},
    {"ran", AddMulticastRadioBearerTests},
    {"ran", AddN3RelayTests},
    {"ran", AddNrPhyTests},
    {"ran", AddPagingTests},
    {"ran", AddPdcpReceiverTests},
    {"ran", AddRanTests},
    {"ran", AddSinrRadioLinkTests},
    {"ran", AddUeTests},
    {"core", AddAfTests},
    {"core", AddAmfTests},
    {"core", AddJoinOrderTests},
    {"core", AddMbSmfTests},
    {"core", AddMbUpfTests},
    {"core", AddMbsfTests},
    {"core", AddMbssfTests},
    {"core", AddMbstfTests},
    {"core", AddNodeKeysTests},
    {"core", AddProcessingQueueTests},
    {"core", AddRepeatedContentTests},
    {"core", AddSbiFunctionTests},
    {"core", AddSecurityAttributesTests},
    {"core", AddSmfTests},
    {"core", AddSmfCommandTests},
    {"core", AddUpfTests},
    {"system", AddAlikeObjectsTests},
    {"system", AddBroadcastOptionsTests},
    {"system", AddErrorModelRadioLinkTests},
    {"system", AddFaultTests},
    {"system", AddHelperTests},
    {"system", AddKeyActivationTests},
    {"system", AddMemoryCheckTests},
    {"system", AddOutputFolderTests},
    {"system", AddProgramOptionsTests},
    {"system", AddRadioCalibrationTests},
    {"system", AddRadioScenarioTests},
    {"system", AddRankBalanceTests},
    {"system", AddScaleTests},
    {"system", AddSystemActivationTests},
    {"system", AddSystemActivityTests},
    {"system", AddSystemAmfsTests},
    {"system", AddSystemBroadcastTests},
    {"system", AddSystemFastPathTests},
    {"system", AddSystemFaultsTests},
    {"system", AddSystemHandoverTests},
    {"system", AddSystemHygieneTests},
    {"system", AddSystemKeysTests},
    {"system", AddSystemLatencyTests},
    {"system", AddSystemMeasurementTests},
    {"system", AddSystemMembershipTests},
    {"system", AddSystemMobilityTests},
    {"system", AddSystemOutageTests},
    {"system", AddSystemRecoveryTests},
    {"system", AddSystemRenewalTests},
    {"system", AddSystemRepeatTests},
    {"system", AddSystemRestartTests},
    {"system", AddSystemRocTests},
    {"system", AddSystemSessionsTests},
    {"system", AddSystemStatesTests},
    {"system", AddSystemTrafficTests},
    {"system", AddSystemTransportTests},
    {"system", AddSystemUnicastTests},
    {"system", AddSystemUserPlaneTests},
    {"system", AddUeStateOptionsTests},
    {"fuzz", AddFuzzTests},
};

} // namespace ns3::mbs

#endif // MBS_TEST_TOPICS_H
