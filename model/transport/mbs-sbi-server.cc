// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-sbi-server.h"

namespace ns3::mbs
{

namespace
{

/** HTTP statuses used here (RFC 9110 clause 15). */
constexpr int STATUS_BAD_REQUEST = 400;
constexpr int STATUS_NOT_FOUND = 404;
constexpr int STATUS_METHOD_NOT_ALLOWED = 405;

/** Header fields of an answer, at most, but for those of an error. */
constexpr std::size_t USUAL_FIELDS = 6;

} // namespace

SbiEndpoint::Server::Server(SbiEndpoint& owner)
    : m_owner(owner)
{
}

SbiRouter&
SbiEndpoint::Server::Router()
{
    return m_router;
}

void
SbiEndpoint::Server::HandleRequest(const Ptr<Connection>& connection, Http2Session::Event& event)
{
    SbiRequest request;
    request.method = Http2Session::TakeValue(event.fields, ":method");
    request.path = Http2Session::TakeValue(event.fields, ":path");
    request.contentType = Http2Session::TakeValue(event.fields, "content-type");
    request.body = std::move(event.body);
    request.authorization = Http2Session::TakeValue(event.fields, "authorization");
    request.peer = connection->peer.first;

    const SbiRouter::Match match = m_router.Find(request.method, request.path);
    request.operation = match.route != nullptr ? match.route->operation : UnknownOperation();
    connection->received[event.stream] = request.operation;
    m_owner.m_receivedTrace(request.operation, false, event.octets);
    if (match.route != nullptr)
    {
        const std::weak_ptr<Server> weak = weak_from_this();
        const uint64_t number = connection->id;
        const int32_t stream = event.stream;
        const std::shared_ptr<const SbiHandler> handler = match.route->handler;
        (*handler)(std::move(request),
                   match.id,
                   [weak, number, stream](const SbiResponse& response) {
                       const std::shared_ptr<Server> server = weak.lock();
                       if (server)
                       {
                           server->Respond(number, stream, response, {});
                       }
                   });
        return;
    }
    if (match.allowed.empty())
    {
        m_owner.Drop(connection->peer.first, "a request named no resource of this endpoint");
        const bool isPath = !request.path.empty() && request.path.front() == '/';
        Respond(connection->id,
                event.stream,
                isPath ? Problem(STATUS_NOT_FOUND,
                                 "RESOURCE_URI_STRUCTURE_NOT_FOUND",
                                 "no resource " + request.path)
                       : Problem(STATUS_BAD_REQUEST, "INVALID_API", "no path"),
                {});
        return;
    }
    m_owner.Drop(connection->peer.first, "a request used a method its resource does not have");
    Respond(connection->id,
            event.stream,
            Problem(STATUS_METHOD_NOT_ALLOWED, "", request.path + " has " + match.allowed),
            {{"allow", match.allowed}});
}

void
SbiEndpoint::Server::Respond(uint64_t number,
                             int32_t stream,
                             const SbiResponse& response,
                             const std::vector<Http2Session::FieldView>& more)
{
    const Ptr<Connection> connection = m_owner.m_connections->Find(number);
    if (!connection)
    {
        return;
    }
    if (!response.operation.name.empty() && connection->received.count(stream) != 0)
    {
        connection->received[stream] = response.operation;
    }
    const std::string status = std::to_string(response.status);
    const std::string length = std::to_string(response.body.size());
    std::vector<Http2Session::FieldView> fields;
    fields.reserve(USUAL_FIELDS + more.size());
    fields.emplace_back(":status", status);
    if (!response.body.empty())
    {
        fields.emplace_back("content-type", response.contentType);
        fields.emplace_back("content-length", length);
    }
    if (!response.location.empty())
    {
        fields.emplace_back("location", response.location);
    }
    if (!response.wwwAuthenticate.empty())
    {
        fields.emplace_back("www-authenticate", response.wwwAuthenticate);
    }
    if (!response.authenticationInfo.empty())
    {
        fields.emplace_back("authentication-info", response.authenticationInfo);
    }
    fields.insert(fields.end(), more.begin(), more.end());
    if (connection->session->Respond(stream, fields, response.body))
    {
        m_owner.m_connections->Run(connection);
    }
}

void
SbiEndpoint::Server::HandleClosed(const Ptr<Connection>& connection,
                                  const Http2Session::Event& event)
{
    connection->received.erase(event.stream);
    if (event.error != Http2Session::NO_ERROR_CODE && event.error != Http2Session::CANCEL)
    {
        m_owner.Drop(connection->peer.first,
                     "a request was reset, HTTP/2 error " + std::to_string(event.error));
    }
}

} // namespace ns3::mbs
