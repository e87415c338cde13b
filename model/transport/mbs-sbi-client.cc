// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-client.h"

#include "ns3/abort.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <map>
#include <sstream>

namespace ns3::mbs
{

namespace
{

/** HTTP status of a request that got no answer (RFC 9110 clause 15.6.5). */
constexpr int STATUS_GATEWAY_TIMEOUT = 504;

/** Header fields of a request, at most. */
constexpr std::size_t MOST_FIELDS = 7;

/**
 * @param method HTTP method
 * @return true if doing it twice is as good as once (RFC 9110 clause 9.2.2)
 */
bool
IsIdempotent(const std::string& method)
{
    return method != "POST" && method != "PATCH";
}

/**
 * @param text a decimal status
 * @return it, 0 if it is none
 */
int
StatusFrom(const std::string& text)
{
    int status = 0;
    for (const char c : text)
    {
        if (c < '0' || c > '9' || status > 99)
        {
            return 0;
        }
        status = status * 10 + (c - '0');
    }
    return status;
}

} // namespace

SbiEndpoint::Client::Client(SbiEndpoint& owner)
    : m_owner(owner),
      m_timeouts([this](uint64_t id) { OnTimeout(id); })
{
}

void
SbiEndpoint::Client::Connect(const PeerKey& peer)
{
    Peer& entry = m_peers[peer];
    if (entry.connection == 0 && entry.attempt.IsExpired())
    {
        entry.connection = m_owner.m_connections->Open(peer)->id;
    }
}

void
SbiEndpoint::Client::Send(const PeerKey& peer, SbiRequest request, Done done)
{
    Connect(peer);
    const uint64_t id = ++m_lastId;
    Pending& pending = m_pending[id];
    pending.peer = peer;
    pending.request = std::move(request);
    pending.done = std::move(done);
    pending.timeout = m_timeouts.Start(m_owner.m_requestTimeout, id);
    Submit(id);
}

std::size_t
SbiEndpoint::Client::Outstanding() const
{
    return m_pending.size();
}

void
SbiEndpoint::Client::Forget()
{
    m_timeouts.Clear();
    for (auto& entry : m_peers)
    {
        entry.second.attempt.Cancel();
    }
    m_pending.clear();
    m_peers.clear();
}

const SbiOperation&
SbiEndpoint::Client::NoteSent(uint64_t id)
{
    Pending& pending = m_pending.at(id);
    pending.sent = true;
    return pending.request.operation;
}

void
SbiEndpoint::Client::Submit(uint64_t id)
{
    Pending& pending = m_pending.at(id);
    Peer& peer = m_peers[pending.peer];
    if (peer.connection != 0 &&
        !m_owner.m_connections->Find(peer.connection)->session->TakesRequests())
    {
        // It said goodbye or ran out of streams: it lives on for the answers it owes.
        peer.connection = 0;
    }
    if (peer.connection == 0)
    {
        if (!peer.attempt.IsExpired())
        {
            peer.waiting.push_back(id);
            return;
        }
        peer.connection = m_owner.m_connections->Open(pending.peer)->id;
    }
    const Ptr<Connection> connection = m_owner.m_connections->Find(peer.connection);
    const SbiRequest& request = pending.request;
    if (peer.authority.empty())
    {
        std::ostringstream authority;
        authority << pending.peer.first << ':' << pending.peer.second;
        peer.authority = authority.str();
    }
    const std::string length = std::to_string(request.body.size());
    std::vector<Http2Session::FieldView> fields;
    fields.reserve(MOST_FIELDS);
    fields.emplace_back(":method", request.method);
    fields.emplace_back(":scheme", "http");
    fields.emplace_back(":authority", peer.authority);
    fields.emplace_back(":path", request.path);
    if (!request.body.empty())
    {
        fields.emplace_back("content-type", request.contentType);
        fields.emplace_back("content-length", length);
    }
    if (!request.authorization.empty())
    {
        fields.emplace_back("authorization", request.authorization);
    }
    pending.sent = false;
    pending.connection = connection->id;
    pending.stream = connection->session->Request(fields, request.body);
    connection->requests[pending.stream] = id;
    m_owner.m_connections->Run(connection);
}

void
SbiEndpoint::Client::HandleResponse(const Ptr<Connection>& connection, Http2Session::Event& event)
{
    const auto request = connection->requests.find(event.stream);
    if (request == connection->requests.end())
    {
        // The answer crossed the timeout's cancellation.
        m_owner.m_receivedTrace(ControlOperation(), false, event.octets);
        return;
    }
    const uint64_t id = request->second;
    m_owner.m_receivedTrace(m_pending.at(id).request.operation, true, event.octets);
    SbiResponse response;
    response.status = StatusFrom(Http2Session::TakeValue(event.fields, ":status"));
    response.contentType = Http2Session::TakeValue(event.fields, "content-type");
    response.location = Http2Session::TakeValue(event.fields, "location");
    response.wwwAuthenticate = Http2Session::TakeValue(event.fields, "www-authenticate");
    response.authenticationInfo = Http2Session::TakeValue(event.fields, "authentication-info");
    response.body = std::move(event.body);
    Finish(id, response);
}

void
SbiEndpoint::Client::Finish(uint64_t id, const SbiResponse& response)
{
    const auto entry = m_pending.find(id);
    Pending pending = std::move(entry->second);
    m_pending.erase(entry);
    m_timeouts.Stop(pending.timeout);
    const Ptr<Connection> connection = m_owner.m_connections->Find(pending.connection);
    if (connection)
    {
        connection->requests.erase(pending.stream);
    }
    if (pending.done)
    {
        pending.done(response);
    }
}

void
SbiEndpoint::Client::HandleClosed(const Ptr<Connection>& connection,
                                  const Http2Session::Event& event)
{
    const auto request = connection->requests.find(event.stream);
    if (request == connection->requests.end())
    {
        return;
    }
    const uint64_t id = request->second;
    connection->requests.erase(request);
    Pending& pending = m_pending.at(id);
    pending.connection = 0;
    if (event.error == Http2Session::REFUSED_STREAM)
    {
        pending.sent = false;
    }
    if (!pending.sent)
    {
        Again(id);
        return;
    }
    m_owner.Drop(connection->peer.first,
                 "an answer was reset, HTTP/2 error " + std::to_string(event.error));
    Fail(id, "the answer was reset");
}

void
SbiEndpoint::Client::ConnectionLost(const Ptr<Connection>& connection)
{
    Peer& peer = m_peers[connection->peer];
    if (peer.connection == connection->id)
    {
        peer.connection = 0;
        if (!connection->wasUp && !connection->requests.empty())
        {
            // Nobody listens there now; the requests' own timeouts bound how often this goes on.
            peer.attempt = Simulator::Schedule(m_owner.m_retryInterval,
                                               &Client::OnAttempt,
                                               this,
                                               connection->peer);
        }
    }
    const Ptr<SbiEndpoint> self(&m_owner);
    // In the order in which they were sent.
    const std::map<int32_t, uint64_t> requests(connection->requests.begin(),
                                               connection->requests.end());
    connection->requests.clear();
    for (const auto& request : requests)
    {
        const auto pending = m_pending.find(request.second);
        if (pending == m_pending.end())
        {
            continue;
        }
        pending->second.connection = 0;
        if (connection->wasUp)
        {
            Again(request.second);
        }
        else
        {
            Submit(request.second);
        }
    }
    if (connection->wasUp && m_owner.m_peerLost)
    {
        const PeerLost peerLost = m_owner.m_peerLost;
        peerLost(connection->peer.first);
    }
}

void
SbiEndpoint::Client::Again(uint64_t id)
{
    Pending& pending = m_pending.at(id);
    const bool safe = !pending.sent || IsIdempotent(pending.request.method);
    if (pending.retries >= m_owner.m_maxRetries || !(safe || m_owner.m_retryNonIdempotent))
    {
        Fail(id, "the connection was lost before the answer");
        return;
    }
    ++pending.retries;
    Submit(id);
}

void
SbiEndpoint::Client::Fail(uint64_t id, const std::string& why)
{
    SbiResponse response = Problem(STATUS_GATEWAY_TIMEOUT, "TARGET_NF_NOT_REACHABLE", why);
    response.local = true;
    Finish(id, response);
}

void
SbiEndpoint::Client::OnTimeout(uint64_t id)
{
    Pending& pending = m_pending.at(id);
    const Ptr<Connection> connection = m_owner.m_connections->Find(pending.connection);
    if (connection)
    {
        connection->session->Cancel(pending.stream);
        connection->requests.erase(pending.stream);
        pending.connection = 0;
    }
    auto& waiting = m_peers[pending.peer].waiting;
    // The oldest time out first: what is looked for is at the front.
    const auto place = std::find(waiting.begin(), waiting.end(), id);
    if (place != waiting.end())
    {
        waiting.erase(place);
    }

    const Ptr<SbiEndpoint> self(&m_owner);
    m_owner.m_timedOutTrace(pending.request.operation, pending.peer.first);
    SbiResponse response =
        Problem(STATUS_GATEWAY_TIMEOUT, "TIMED_OUT_REQUEST", "no answer in time");
    response.local = true;
    Finish(id, response);
    if (connection && !m_owner.m_disposed)
    {
        m_owner.m_connections->Run(connection);
    }
}

void
SbiEndpoint::Client::OnAttempt(PeerKey peer)
{
    std::deque<uint64_t> waiting;
    waiting.swap(m_peers[peer].waiting);
    for (const uint64_t id : waiting)
    {
        Submit(id);
    }
}

} // namespace ns3::mbs
