## -*- Mode: python; py-indent-offset: 4; indent-tabs-mode: nil; coding: utf-8; -*-
# SPDX-License-Identifier: GPL-2.0-only
#
# For ns-3 up to 3.35: ./waf configure --cxx-standard=-std=c++17 ...; since 3.36 it is
# CMakeLists.txt with the same lists, which are written by utils/update-source-lists.

import subprocess

import wutils

source_files = [
    "helper/mbs-attribute-options.cc",
    "helper/mbs-build-info.cc",
    "helper/mbs-core-topology.cc",
    "helper/mbs-exported-pdu.cc",
    "helper/mbs-helper.cc",
    "helper/mbs-interrupt-cleanup.cc",
    "helper/mbs-output-folder.cc",
    "helper/mbs-program-options.cc",
    "helper/mbs-progress.cc",
    "helper/mbs-random-variable-check.cc",
    "helper/mbs-results-helper.cc",
    "helper/mbs-run-meter.cc",
    "model/core/mbs-af.cc",
    "model/core/mbs-amf.cc",
    "model/core/mbs-mb-smf.cc",
    "model/core/mbs-mb-upf.cc",
    "model/core/mbs-mbsf.cc",
    "model/core/mbs-mbstf.cc",
    "model/core/mbs-network-function.cc",
    "model/core/mbs-octets-header.cc",
    "model/core/mbs-processing-queue.cc",
    "model/core/mbs-sbi-function.cc",
    "model/core/mbs-security-attributes.cc",
    "model/core/mbs-smf.cc",
    "model/crypto/mbs-crypto-primitives.cc",
    "model/crypto/mbs-http-digest.cc",
    "model/crypto/mbs-key-derivation.cc",
    "model/crypto/mbs-key-generator.cc",
    "model/crypto/mbs-mikey-payload.cc",
    "model/crypto/mbs-mikey.cc",
    "model/crypto/mbs-mtk-transform.cc",
    "model/crypto/mbs-mtk-wrap.cc",
    "model/crypto/mbs-srtcp.cc",
    "model/crypto/mbs-srtp-cipher-suite.cc",
    "model/crypto/mbs-srtp-index.cc",
    "model/crypto/mbs-srtp-packet.cc",
    "model/crypto/mbs-srtp-profile.cc",
    "model/crypto/mbs-srtp.cc",
    "model/keys/mbs-bytes.cc",
    "model/keys/mbs-key-id.cc",
    "model/keys/mbs-tmgi.cc",
    "model/measure/mbs-decimal.cc",
    "model/measure/mbs-join-ledger.cc",
    "model/measure/mbs-key-update-ledger.cc",
    "model/measure/mbs-latency-statistics.cc",
    "model/measure/mbs-result-table.cc",
    "model/measure/mbs-result-writer.cc",
    "model/measure/mbs-signalling-counter.cc",
    "model/measure/mbs-traffic-ledger.cc",
    "model/messages/mbs-aper-reader.cc",
    "model/messages/mbs-aper-writer.cc",
    "model/messages/mbs-capture-datagram.cc",
    "model/messages/mbs-capture-reader.cc",
    "model/messages/mbs-gtpu.cc",
    "model/messages/mbs-igmp.cc",
    "model/messages/mbs-inner-packet.cc",
    "model/messages/mbs-internet-checksum.cc",
    "model/messages/mbs-nas-5gmm.cc",
    "model/messages/mbs-nas-5gsm.cc",
    "model/messages/mbs-nas-containers.cc",
    "model/messages/mbs-nas-ie.cc",
    "model/messages/mbs-ngap-code.cc",
    "model/messages/mbs-ngap-container.cc",
    "model/messages/mbs-ngap-distribution.cc",
    "model/messages/mbs-ngap-multicast.cc",
    "model/messages/mbs-ngap-pdu.cc",
    "model/messages/mbs-ngap-session.cc",
    "model/messages/mbs-ngap-ue.cc",
    "model/messages/mbs-pfcp-ie.cc",
    "model/messages/mbs-pfcp-rules.cc",
    "model/messages/mbs-pfcp.cc",
    "model/messages/mbs-quantity.cc",
    "model/messages/mbs-rrc.cc",
    "model/messages/mbs-rtp-capture.cc",
    "model/messages/mbs-rtp.cc",
    "model/messages/mbs-sbi-body-common.cc",
    "model/messages/mbs-sbi-body-json.cc",
    "model/messages/mbs-sbi-body-namf.cc",
    "model/messages/mbs-sbi-body-nmbsf.cc",
    "model/messages/mbs-sbi-body-nmbsmf.cc",
    "model/messages/mbs-sbi-body-nmbstf.cc",
    "model/messages/mbs-sbi-body-nsmf.cc",
    "model/messages/mbs-traffic-plan.cc",
    "model/ran/mbs-gnb-radio-device.cc",
    "model/ran/mbs-gnb.cc",
    "model/ran/mbs-multicast-frame.cc",
    "model/ran/mbs-radio-channel.cc",
    "model/ran/mbs-radio-device.cc",
    "model/ran/mbs-radio-link.cc",
    "model/ran/mbs-radio-transmitter.cc",
    "model/ran/mbs-traffic-key-store.cc",
    "model/ran/mbs-ue-radio-device.cc",
    "model/ran/mbs-ue.cc",
    "model/transport/mbs-http2-session.cc",
    "model/transport/mbs-n2-transport.cc",
    "model/transport/mbs-n4-transport.cc",
    "model/transport/mbs-sbi-endpoint.cc",
    "model/transport/mbs-sbi-message.cc",
    "model/transport/mbs-ssm-router.cc",
    "model/transport/mbs-tcp-stream.cc",
    "model/transport/mbs-transport-anchor.cc",
]

header_files = [
    "helper/mbs-attribute-options.h",
    "helper/mbs-build-info.h",
    "helper/mbs-core-topology.h",
    "helper/mbs-exported-pdu.h",
    "helper/mbs-helper.h",
    "helper/mbs-interrupt-cleanup.h",
    "helper/mbs-output-folder.h",
    "helper/mbs-program-options.h",
    "helper/mbs-progress.h",
    "helper/mbs-random-variable-check.h",
    "helper/mbs-results-helper.h",
    "helper/mbs-run-meter.h",
    "model/core/mbs-af.h",
    "model/core/mbs-amf.h",
    "model/core/mbs-mb-smf.h",
    "model/core/mbs-mb-upf.h",
    "model/core/mbs-mbsf.h",
    "model/core/mbs-mbstf.h",
    "model/core/mbs-network-function.h",
    "model/core/mbs-octets-header.h",
    "model/core/mbs-processing-queue.h",
    "model/core/mbs-sbi-function.h",
    "model/core/mbs-sbi-operations.h",
    "model/core/mbs-security-attributes.h",
    "model/core/mbs-smf.h",
    "model/crypto/mbs-crypto-primitives.h",
    "model/crypto/mbs-http-digest.h",
    "model/crypto/mbs-key-derivation.h",
    "model/crypto/mbs-key-generator.h",
    "model/crypto/mbs-mikey-payload.h",
    "model/crypto/mbs-mikey.h",
    "model/crypto/mbs-mtk-transform.h",
    "model/crypto/mbs-mtk-wrap.h",
    "model/crypto/mbs-srtcp.h",
    "model/crypto/mbs-srtp-cipher-suite.h",
    "model/crypto/mbs-srtp-index.h",
    "model/crypto/mbs-srtp-packet.h",
    "model/crypto/mbs-srtp-profile.h",
    "model/crypto/mbs-srtp.h",
    "model/keys/mbs-bytes.h",
    "model/keys/mbs-enum-attribute.h",
    "model/keys/mbs-key-id.h",
    "model/keys/mbs-key-material.h",
    "model/keys/mbs-key-ring.h",
    "model/keys/mbs-secret.h",
    "model/keys/mbs-tmgi.h",
    "model/measure/mbs-decimal.h",
    "model/measure/mbs-join-ledger.h",
    "model/measure/mbs-key-update-ledger.h",
    "model/measure/mbs-latency-statistics.h",
    "model/measure/mbs-result-table.h",
    "model/measure/mbs-result-writer.h",
    "model/measure/mbs-run-results.h",
    "model/measure/mbs-signalling-counter.h",
    "model/measure/mbs-traffic-ledger.h",
    "model/messages/mbs-aper-rules.h",
    "model/messages/mbs-aper.h",
    "model/messages/mbs-capture-datagram.h",
    "model/messages/mbs-capture-reader.h",
    "model/messages/mbs-gtpu.h",
    "model/messages/mbs-igmp.h",
    "model/messages/mbs-inner-packet.h",
    "model/messages/mbs-internet-checksum.h",
    "model/messages/mbs-nas-5gmm.h",
    "model/messages/mbs-nas-5gsm.h",
    "model/messages/mbs-nas-containers.h",
    "model/messages/mbs-nas-ie.h",
    "model/messages/mbs-ngap-code.h",
    "model/messages/mbs-ngap-coder.h",
    "model/messages/mbs-ngap-container.h",
    "model/messages/mbs-ngap-distribution.h",
    "model/messages/mbs-ngap-envelope.h",
    "model/messages/mbs-ngap-ie-id.h",
    "model/messages/mbs-ngap-multicast.h",
    "model/messages/mbs-ngap-pdu.h",
    "model/messages/mbs-ngap-session.h",
    "model/messages/mbs-ngap-types.h",
    "model/messages/mbs-ngap-ue.h",
    "model/messages/mbs-ngap.h",
    "model/messages/mbs-pfcp-codec.h",
    "model/messages/mbs-pfcp-ie.h",
    "model/messages/mbs-pfcp-rules.h",
    "model/messages/mbs-pfcp.h",
    "model/messages/mbs-quantity.h",
    "model/messages/mbs-rrc.h",
    "model/messages/mbs-rtp-capture.h",
    "model/messages/mbs-rtp.h",
    "model/messages/mbs-sbi-body-common.h",
    "model/messages/mbs-sbi-body-json.h",
    "model/messages/mbs-sbi-body-namf.h",
    "model/messages/mbs-sbi-body-nmbsf.h",
    "model/messages/mbs-sbi-body-nmbsmf.h",
    "model/messages/mbs-sbi-body-nmbstf.h",
    "model/messages/mbs-sbi-body-nsmf.h",
    "model/messages/mbs-sbi-paths.h",
    "model/messages/mbs-ssm.h",
    "model/messages/mbs-traffic-plan.h",
    "model/ran/mbs-gnb-radio-device.h",
    "model/ran/mbs-gnb.h",
    "model/ran/mbs-multicast-frame.h",
    "model/ran/mbs-radio-channel.h",
    "model/ran/mbs-radio-device.h",
    "model/ran/mbs-radio-link.h",
    "model/ran/mbs-radio-transmitter.h",
    "model/ran/mbs-traffic-key-store.h",
    "model/ran/mbs-ue-radio-device.h",
    "model/ran/mbs-ue-session.h",
    "model/ran/mbs-ue.h",
    "model/transport/mbs-http2-session.h",
    "model/transport/mbs-n2-transport.h",
    "model/transport/mbs-n4-transport.h",
    "model/transport/mbs-sbi-endpoint.h",
    "model/transport/mbs-sbi-message.h",
    "model/transport/mbs-ssm-router.h",
    "model/transport/mbs-tcp-stream.h",
    "model/transport/mbs-transport-anchor.h",
]

test_sources = [
    "test/mbs-af-test.cc",
    "test/mbs-amf-test.cc",
    "test/mbs-aper-test.cc",
    "test/mbs-gnb-test.cc",
    "test/mbs-gtpu-test.cc",
    "test/mbs-helper-test.cc",
    "test/mbs-igmp-test.cc",
    "test/mbs-inner-packet-test.cc",
    "test/mbs-key-derivation-test.cc",
    "test/mbs-key-ring-test.cc",
    "test/mbs-key-update-ledger-test.cc",
    "test/mbs-keys-test.cc",
    "test/mbs-latency-statistics-test.cc",
    "test/mbs-libsrtp-peer-test.cc",
    "test/mbs-mb-smf-test.cc",
    "test/mbs-mb-upf-test.cc",
    "test/mbs-mbsf-test.cc",
    "test/mbs-mbstf-test.cc",
    "test/mbs-mikey-test.cc",
    "test/mbs-mtk-wrap-test.cc",
    "test/mbs-n2-transport-test.cc",
    "test/mbs-n4-transport-test.cc",
    "test/mbs-nas-test.cc",
    "test/mbs-ngap-test.cc",
    "test/mbs-ngap-values.cc",
    "test/mbs-output-folder-test.cc",
    "test/mbs-pfcp-test.cc",
    "test/mbs-processing-queue-test.cc",
    "test/mbs-program-options-test.cc",
    "test/mbs-ran-test.cc",
    "test/mbs-result-writer-test.cc",
    "test/mbs-rrc-test.cc",
    "test/mbs-rtp-capture-test.cc",
    "test/mbs-rtp-test.cc",
    "test/mbs-sbi-body-common-test.cc",
    "test/mbs-sbi-body-json-test.cc",
    "test/mbs-sbi-body-samples.cc",
    "test/mbs-sbi-body-services-test.cc",
    "test/mbs-sbi-function-test.cc",
    "test/mbs-sbi-test.cc",
    "test/mbs-security-attributes-test.cc",
    "test/mbs-smf-test.cc",
    "test/mbs-srtp-roc-test.cc",
    "test/mbs-srtp-test.cc",
    "test/mbs-srtp-vectors-test.cc",
    "test/mbs-ssm-router-test.cc",
    "test/mbs-system-keys-test.cc",
    "test/mbs-system-latency-test.cc",
    "test/mbs-system-repeat-test.cc",
    "test/mbs-system-roc-test.cc",
    "test/mbs-system-run.cc",
    "test/mbs-system-traffic-test.cc",
    "test/mbs-test-suite.cc",
    "test/mbs-traffic-ledger-test.cc",
    "test/mbs-transport-topology.cc",
    "test/mbs-ue-test.cc",
]

# What the module needs beside ns-3: (name, header, library or None)
libraries = [
    ("CRYPTO", "openssl/evp.h", "crypto"),
    ("NGHTTP2", "nghttp2/nghttp2.h", "nghttp2"),
    ("JSON", "nlohmann/json.hpp", None),
    ("BOOST_HISTOGRAM", "boost/histogram.hpp", None),
]


def configure(conf):
    missing = []
    for name, header, library in libraries:
        check = {"header_name": header, "uselib_store": "MBS_" + name}
        if library:
            check["lib"] = library
        # Not a definition for all of ns-3, which would be compiled anew because of it.
        check["global_define"] = False
        if not conf.check_nonfatal(**check):
            missing.append(header)
    # An older standard may have been asked for in CXXFLAGS or by --cxx-standard.
    if any(flag in conf.env["CXXFLAGS"] for flag in ("-std=c++11", "-std=c++14")):
        missing.append("--cxx-standard=-std=c++17")

    conf.report_optional_feature("mbs", "5G MBS security", not missing, "needs " + ", ".join(missing))
    if missing:
        conf.env["MODULES_NOT_BUILT"].append("mbs")


def build(bld):
    if "mbs" in bld.env["MODULES_NOT_BUILT"]:
        return

    module = bld.create_ns3_module("mbs", ["core", "network", "internet", "point-to-point"])
    module.source = source_files
    module.use += ["MBS_CRYPTO", "MBS_NGHTTP2"]

    # The header that names version and commit changes only when these do.
    generated = bld.path.get_bld().make_node("mbs-generated")
    subprocess.check_call(
        [
            bld.path.find_node("utils/write-version-header").abspath(),
            generated.make_node("mbs-version.h").abspath(),
            wutils.VERSION,
        ]
    )
    module.includes = [generated.abspath()]

    module_test = bld.create_ns3_module_test_library("mbs")
    module_test.source = test_sources
    module_test.use += ["MBS_CRYPTO", "MBS_NGHTTP2"]

    headers = bld(features="ns3header")
    headers.module = "mbs"
    headers.source = header_files

    if bld.env["ENABLE_EXAMPLES"]:
        bld.recurse("examples")
