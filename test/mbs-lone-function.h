// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_LONE_FUNCTION_H
#define MBS_LONE_FUNCTION_H

#include "mbs-test-suite.h"
#include "mbs-transport-topology.h"

#include "ns3/mbs-sbi-function.h"

#include <map>
#include <string>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs-tests
 * @brief A network function on one node, and on the other an SBI endpoint that plays all its
 * neighbours, well or badly.
 * @tparam F the function
 */
template <typename F>
struct LoneFunction
{
    /** Makes an answer to a request. */
    using Answer = std::function<SbiResponse(const SbiRequest& request)>;

    LoneFunction()
        : function(CreateObject<F>()),
          sbi(CreateObject<SbiEndpoint>())
    {
        function->TraceConnectWithoutContext("Dropped", MakeCallback(&LoneFunction::Dropped, this));
        sbi->Install(net.At(1));
        sbi->Listen();
    }

    ~LoneFunction()
    {
        sbi->Dispose();
    }

    LoneFunction(const LoneFunction&) = delete;
    LoneFunction& operator=(const LoneFunction&) = delete;

    void Dropped(const std::string& what, const std::string& why)
    {
        dropped.push_back(what + ": " + why);
    }

    /** @param stop when the function stops, 0 for never */
    void Start(Time stop = Seconds(0))
    {
        function->SetStopTime(stop);
        net.At(0)->AddApplication(function);
        Run();
    }

    /** @param seconds how long to run */
    static void Run(double seconds = 1)
    {
        TwoNodes::RunUntil(Simulator::Now().GetSeconds() + seconds);
    }

    /** @return the link to any neighbour */
    SbiPeer Peer() const
    {
        return {net.Address(0), net.Address(1)};
    }

    /**
     * @brief Says how a neighbour answers from now on.
     * @param method of the requests
     * @param pathTemplate of the requests
     * @param answer to them
     */
    void On(const std::string& method, const std::string& pathTemplate, Answer answer)
    {
        const std::string key = method + " " + pathTemplate;
        const bool known = m_answers.count(key) > 0;
        m_answers[key] = std::move(answer);
        if (!known)
        {
            sbi->On(method,
                    pathTemplate,
                    {"test", key},
                    [this, key](const SbiRequest& request,
                                const std::string&,
                                const SbiEndpoint::Responder& respond) {
                        heard.push_back(request);
                        respond(m_answers.at(key)(request));
                    });
        }
    }

    /**
     * @brief Says how a neighbour answers from now on, whatever the request.
     * @param method of the requests
     * @param pathTemplate of the requests
     * @param answer to them
     */
    void On(const std::string& method, const std::string& pathTemplate, const SbiResponse& answer)
    {
        On(method, pathTemplate, [answer](const SbiRequest&) { return answer; });
    }

    /** @param request goes to the function @return its answer, status 0 if none came */
    SbiResponse Ask(SbiRequest request)
    {
        SbiResponse answer;
        request.operation = {"test", "request"};
        sbi->Send(net.Address(0), 80, std::move(request), [&answer](const SbiResponse& response) {
            answer = response;
        });
        Run();
        return answer;
    }

    /**
     * @param method HTTP method
     * @param path absolute path
     * @param json body
     * @return the function's answer
     */
    SbiResponse Ask(const std::string& method, const std::string& path, const std::string& json)
    {
        return Ask({method,
                    path,
                    method == "PATCH" ? SBI_PATCH_TYPE : SBI_JSON_TYPE,
                    Bytes(json.begin(), json.end()),
                    {}});
    }

    /**
     * @brief Fails unless a request is answered with ProblemDetails of a status.
     * @param check where to report
     * @param response the answer
     * @param status that it should have
     * @param what is shown
     */
    static void ExpectProblem(Check& check,
                              const SbiResponse& response,
                              int status,
                              const std::string& what)
    {
        check.Equal(response.status, status, what + ": status");
        const auto problem = sbi::ProblemDetails::Decode(response.body);
        check.Expect(IsMediaType(response.contentType, SBI_PROBLEM_TYPE) && problem &&
                         problem->status == status && !problem->cause.empty(),
                     what + ": ProblemDetails with status and cause");
    }

    /** @return the drop seen last, or nothing */
    std::string LastDrop() const
    {
        return dropped.empty() ? "nothing" : dropped.back();
    }

    TwoNodes net;                     //!< the function and its neighbours
    Ptr<F> function;                  //!< under test
    Ptr<SbiEndpoint> sbi;             //!< of the neighbours
    std::vector<SbiRequest> heard;    //!< what the function asked of them
    std::vector<std::string> dropped; //!< trace source Dropped

  private:
    std::map<std::string, Answer> m_answers; //!< by method and path
};

} // namespace ns3::mbs

#endif // MBS_LONE_FUNCTION_H
