// SPDX-License-Identifier: GPL-2.0-only
#include "mbs-test-suite.h"

#include "ns3/mbs-attribute-options.h"
#include "ns3/mbs-program-options.h"

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/data-rate.h"
#include "ns3/double.h"
#include "ns3/enum.h"
#include "ns3/global-value.h"
#include "ns3/integer.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv6-address.h"
#include "ns3/mac48-address.h"
#include "ns3/object-vector.h"
#include "ns3/object.h"
#include "ns3/pointer.h"
#include "ns3/random-variable-stream.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"
#include "ns3/vector.h"

#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

namespace ns3::mbs
{

/** An object with an attribute of every kind. */
class OptionsProbe : public Object
{
  public:
    /** @return the type */
    static TypeId GetTypeId()
    {
        static TypeId tid =
            TypeId("ns3::mbs::OptionsProbe")
                .SetParent<Object>()
                .AddConstructor<OptionsProbe>()
                .AddAttribute("Count",
                              "A count.",
                              UintegerValue(1),
                              MakeUintegerAccessor(&OptionsProbe::m_count),
                              MakeUintegerChecker<uint32_t>(1, 10))
                .AddAttribute("Level",
                              "A level.",
                              IntegerValue(0),
                              MakeIntegerAccessor(&OptionsProbe::m_level),
                              MakeIntegerChecker<int32_t>(-5, 5))
                .AddAttribute("Share",
                              "A share.",
                              DoubleValue(0.5),
                              MakeDoubleAccessor(&OptionsProbe::m_share),
                              MakeDoubleChecker<double>(0, 1))
                .AddAttribute("AtLeast",
                              "Without an upper bound.",
                              DoubleValue(0.5),
                              MakeDoubleAccessor(&OptionsProbe::m_atLeast),
                              MakeDoubleChecker<double>(0))
                .AddAttribute("Delay",
                              "A delay.",
                              TimeValue(MilliSeconds(1)),
                              MakeTimeAccessor(&OptionsProbe::m_delay),
                              MakeTimeChecker(Seconds(0), Seconds(10)))
                .AddAttribute("Rate",
                              "A rate.",
                              DataRateValue(DataRate("1Mbps")),
                              MakeDataRateAccessor(&OptionsProbe::m_rate),
                              MakeDataRateChecker())
                .AddAttribute("On",
                              "A switch.",
                              BooleanValue(false),
                              MakeBooleanAccessor(&OptionsProbe::m_on),
                              MakeBooleanChecker())
                .AddAttribute("Name",
                              "A name.",
                              StringValue("x"),
                              MakeStringAccessor(&OptionsProbe::m_name),
                              MakeStringChecker())
                .AddAttribute("Where",
                              "A place.",
                              VectorValue(Vector(0, 0, 0)),
                              MakeVectorAccessor(&OptionsProbe::m_where),
                              MakeVectorChecker())
                .AddAttribute("Ip4",
                              "An address.",
                              Ipv4AddressValue(Ipv4Address("10.0.0.1")),
                              MakeIpv4AddressAccessor(&OptionsProbe::m_ip4),
                              MakeIpv4AddressChecker())
                .AddAttribute("Mask",
                              "A mask.",
                              Ipv4MaskValue(Ipv4Mask("255.0.0.0")),
                              MakeIpv4MaskAccessor(&OptionsProbe::m_mask),
                              MakeIpv4MaskChecker())
                .AddAttribute("Ip6",
                              "An address.",
                              Ipv6AddressValue(Ipv6Address("2001:db8::1")),
                              MakeIpv6AddressAccessor(&OptionsProbe::m_ip6),
                              MakeIpv6AddressChecker())
                .AddAttribute("Mac",
                              "An address.",
                              Mac48AddressValue(Mac48Address("00:00:00:00:00:01")),
                              MakeMac48AddressAccessor(&OptionsProbe::m_mac),
                              MakeMac48AddressChecker())
                .AddAttribute("Class",
                              "A class.",
                              TypeIdValue(Object::GetTypeId()),
                              MakeTypeIdAccessor(&OptionsProbe::m_class),
                              MakeTypeIdChecker())
                .AddAttribute("Random",
                              "A random variable.",
                              StringValue("ns3::ConstantRandomVariable[Constant=0]"),
                              MakePointerAccessor(&OptionsProbe::m_random),
                              MakePointerChecker<RandomVariableStream>())
                .AddAttribute("Object",
                              "An object without a default.",
                              PointerValue(),
                              MakePointerAccessor(&OptionsProbe::m_object),
                              MakePointerChecker<OptionsProbe>());
        return tid;
    }

    uint32_t m_count{0};                //!< Count
    int32_t m_level{0};                 //!< Level
    double m_share{0};                  //!< Share
    double m_atLeast{0};                //!< AtLeast
    Time m_delay;                       //!< Delay
    DataRate m_rate;                    //!< Rate
    bool m_on{false};                   //!< On
    std::string m_name;                 //!< Name
    Vector m_where;                     //!< Where
    Ipv4Address m_ip4;                  //!< Ip4
    Ipv4Mask m_mask;                    //!< Mask
    Ipv6Address m_ip6;                  //!< Ip6
    Mac48Address m_mac;                 //!< Mac
    TypeId m_class;                     //!< Class
    Ptr<RandomVariableStream> m_random; //!< Random
    Ptr<OptionsProbe> m_object;         //!< Object
};

NS_OBJECT_ENSURE_REGISTERED(OptionsProbe);

/** A class that inherits all its attributes. */
class OptionsProbeChild : public OptionsProbe
{
  public:
    /** @return the type */
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::mbs::OptionsProbeChild")
                                .SetParent<OptionsProbe>()
                                .AddConstructor<OptionsProbeChild>();
        return tid;
    }
};

NS_OBJECT_ENSURE_REGISTERED(OptionsProbeChild);

namespace
{

/** A program's options and their variables. */
struct Program
{
    uint32_t ues{100};               //!< --ues
    uint32_t gnbs{3};                //!< --gnbs
    Time duration{Seconds(60)};      //!< --duration
    Time offset{Seconds(0)};         //!< --offset, may be negative
    bool pcap{false};                //!< --pcap
    bool verbose{true};              //!< --verbose
    std::string procedure{"cp"};     //!< --procedure
    std::string radio{"fixed:0.01"}; //!< --radio
    std::string out{"results"};      //!< --out
    ProgramOptions options{"mbs-test", "Shows how a program's options work."}; //!< the options

    Program()
    {
        options.AddCount("ues", ues, 1, 1000000, "user equipments");
        options.AddCount("gnbs", gnbs, 1, 10000, "base stations");
        options.AddTime("duration", duration, NanoSeconds(1), Hours(24), "simulated time");
        options.AddTime("offset", offset, Seconds(-1), Seconds(1), "offset of the clock");
        options.AddFlag("pcap", pcap, "write captures");
        options.AddFlag("verbose", verbose, "say more");
        options.AddChoice("procedure", procedure, {"cp", "up", "both"}, "which procedure");
        options.AddText(
            "radio",
            radio,
            "ideal|fixed:LOSS",
            [](const std::string& text) {
                return std::string(text == "ideal" || text.compare(0, 6, "fixed:") == 0
                                       ? ""
                                       : "must be ideal or fixed:LOSS; for example --radio=ideal");
            },
            "the radio leg");
        options.AddText("out", out, "DIR", nullptr, "where results go", "results/<program>");
    }

    /** @param words of the command line @return what went wrong, or what was printed */
    std::string Parse(const std::vector<std::string>& words)
    {
        std::ostringstream text;
        try
        {
            if (options.Parse(words, text))
            {
                return "";
            }
            return text.str();
        }
        catch (const UserError& error)
        {
            return std::string("error ") + error.what();
        }
    }
};

void
DefaultsStayAndValuesAreTaken(Check& check)
{
    Program untouched;
    check.Equal(untouched.Parse({}), "", "no option");
    check.Expect(untouched.ues == 100 && untouched.duration == Seconds(60) && !untouched.pcap &&
                     untouched.procedure == "cp" && untouched.radio == "fixed:0.01",
                 "defaults");
    Program program;
    check.Equal(program.Parse({"--ues=1000000",
                               "--gnbs=10000",
                               "--duration=1500ms",
                               "--offset=-20us",
                               "--pcap",
                               "--verbose=false",
                               "--procedure=both",
                               "--radio=fixed:0.5",
                               "--out=a=b"}),
                "",
                "all given");
    check.Equal(program.ues, 1000000u, "count up to its bound");
    check.Equal(program.gnbs, 10000u, "count");
    check.Expect(program.duration == MilliSeconds(1500), "time");
    check.Expect(program.offset == MicroSeconds(-20), "negative where that may be");
    check.Expect(program.pcap && !program.verbose, "flags");
    check.Equal(program.procedure, "both", "choice");
    check.Equal(program.radio, "fixed:0.5", "text");
    check.Equal(program.out, "a=b", "the value goes on behind a second equals sign");
    check.Equal(program.Parse({"--pcap=false", "--verbose=true", "--duration=2"}), "", "again");
    check.Expect(!program.pcap && program.verbose && program.duration == Seconds(2), "again");

    const char* argv[] = {"program", "--ues=5"};
    std::ostringstream out;
    check.Expect(program.options.Parse(2, argv, out) && program.ues == 5, "argc and argv");
}

void
WhatIsGivenTwiceIsRefused(Check& check)
{
    const auto says = [&check](const std::vector<std::string>& words, const std::string& sentence) {
        Program program;
        check.Equal(program.Parse(words), sentence, "sentence");
    };
    says({"--ues=5", "--pcap", "--ues=6"},
         "error --ues=6: --ues=5 was given before; give --ues once");
    says({"--pcap", "--pcap=false"},
         "error --pcap=false: --pcap was given before; give --pcap once");
    says({"--ns3::mbs::Ue::T3581=8s", "--ns3::mbs::Ue::T3581=9s"},
         "error --ns3::mbs::Ue::T3581=9s: --ns3::mbs::Ue::T3581=8s was given before; give "
         "--ns3::mbs::Ue::T3581 once");
    says({"--RngRun=1", "--RngRun=2"},
         "error --RngRun=2: --RngRun=1 was given before; give --RngRun once");
    says({"--ues=5", "--ues=5"}, "error --ues=5: --ues=5 was given before; give --ues once");
    says({"--ues=5", "--ues=default"}, "");
    says({"--ues=default", "--ues=5"}, "");
    Program program;
    program.options.SetRepeatable("radio");
    check.Equal(program.Parse({"--radio=ideal", "--radio=fixed:0.5"}), "", "what may be repeated");
    check.Equal(program.Parse({"--radio=ideal", "--radio=ideal"}), "", "in whichever way");
}

void
MisuseIsOneSentenceWithTheFix(Check& check)
{
    /** Words and the sentence they lead to. */
    struct Sample
    {
        const char* word;     //!< of the command line
        const char* sentence; //!< the whole of it
    };

    for (const Sample& sample :
         {Sample{"--ues=0",
                 "--ues=0: must be a whole number from 1 to 1000000; for example --ues=100"},
          {"--ues",
           "--ues: needs a value, must be a whole number from 1 to 1000000; for example --ues=100"},
          {"--uess=3", "--uess=3: no such option; did you mean --ues? (--help lists all)"},
          {"--UES=3", "--UES=3: no such option; did you mean --ues? (--help lists all)"},
          {"--dur=3", "--dur=3: no such option; did you mean --duration? (--help lists all)"},
          {"--rngrun=3", "--rngrun=3: no such option; did you mean --RngRun? (--help lists all)"},
          {"--hepl", "--hepl: no such option; did you mean --help? (--help lists all)"},
          {"--quantumFlux", "--quantumFlux: no such option (--help lists all)"},
          {"--", "--: no such option (--help lists all)"},
          {"--duration=0s",
           "--duration=0s: must be a time from 1ns to 24h, a number with ns, us, ms, s, min or h; "
           "for example --duration=60s"},
          {"--pcap=maybe", "--pcap=maybe: must be true or false; for example --pcap=true"},
          {"--procedure=", "--procedure=: must be cp, up or both; for example --procedure=cp"},
          {"--radio=wire", "--radio=wire: must be ideal or fixed:LOSS; for example --radio=ideal"},
          {"--radio=", "--radio=: must be ideal or fixed:LOSS; for example --radio=ideal"},
          {"--out=", "--out=: must be DIR"},
          {"ues=3",
           "'ues=3': not an option, options look like --name=value; did you mean --ues? (--help "
           "lists all)"},
          {"-ues=3",
           "'-ues=3': not an option, options look like --name=value; did you mean --ues? (--help "
           "lists all)"},
          {"", "'': not an option, options look like --name=value (--help lists all)"},
          {"--RngRun", "--RngRun: needs a value; for example --RngRun=VALUE"},
          {"--RngRun=-1",
           "--RngRun=-1: must be a whole number from 0 to 18446744073709551615; for example "
           "--RngRun=2"},
          {"--RngSeed=0",
           "--RngSeed=0: must be a whole number from 1 to 4294944442; for example --RngSeed=2"}})
    {
        Program program;
        check.Equal(program.Parse({sample.word}),
                    std::string("error ") + sample.sentence,
                    "sentence");
    }
    for (const char* text : {"12abc",
                             "-1",
                             "1e9999",
                             "",
                             "nan",
                             "99999999999999999999",
                             "1.5",
                             "1000001",
                             "4294967297",
                             " 1"})
    {
        Program program;
        check.Expect(program.Parse({std::string("--ues=") + text}).find("error --ues=") == 0, text);
        check.Equal(program.ues, 100u, "left alone");
    }
    for (const char* text : {"-1s", "-0.1ns", "", "s", "5parsec", "1e9999", "nan", "25h", "1 s"})
    {
        Program program;
        check.Expect(program.Parse({std::string("--duration=") + text}).find("error ") == 0, text);
    }
    const UserError error = ProgramOptions::Error("gnbs", "9", "must be at most --ues=3");
    check.Equal(std::string(error.what()), "--gnbs=9: must be at most --ues=3", "cross-check");
}

void
HelpIsCompleteAndNarrow(Check& check)
{
    for (const char* word : {"--help", "-h"})
    {
        Program program;
        // What follows is not looked at any more.
        const std::string help = program.Parse({word, "--nonsense"});
        std::size_t at = 0;
        for (const char* text : {"Usage: mbs-test",
                                 "Shows how",
                                 "--ues=N",
                                 "user equipments [100, from 1 to 1000000]",
                                 "--gnbs=N",
                                 "--duration=T",
                                 "simulated time [60s, from 1ns to 24h]",
                                 "--offset=T",
                                 "[0s, from -1s to 1s]",
                                 "--pcap ",
                                 "write captures [off]",
                                 "--verbose",
                                 "[on]",
                                 "--procedure=cp|up|both",
                                 "[cp]",
                                 "--radio=ideal|fixed:LOSS",
                                 "[fixed:0.01]",
                                 "--out",
                                 "[results/<program>]",
                                 "--RngRun=N",
                                 "--RngSeed=N",
                                 "--ns3::Class::Attribute=VALUE",
                                 "--PrintAttributes",
                                 "--describe",
                                 "--help",
                                 "ns, us, ms, s, min or h"})
        {
            const std::size_t found = help.find(text, at);
            check.Expect(found != std::string::npos, std::string("in order: ") + text);
            at = found == std::string::npos ? at : found;
        }
        std::istringstream lines(help);
        std::string line;
        while (std::getline(lines, line))
        {
            check.Expect(line.size() <= 100, "at most 100 columns: " + line);
            check.Expect(line.empty() || line.back() != ' ', "no blank at the end: " + line);
        }
    }
    std::ostringstream out;
    PrintWrapped(out, "one two three", 2, 0, 8);
    check.Equal(out.str(), "one two\n  three\n", "wrapped");
    uint32_t value = 1;
    ProgramOptions wide("w", "w");
    wide.AddCount("anOptionWithAVeryLongNameThatNeedsItsOwnLine", value, 0, 1, "help");
    std::ostringstream help;
    wide.PrintHelp(help);
    check.Expect(help.str().find("OwnLine=N\n") != std::string::npos, "long names break the line");
}

void
AttributesAreSet(Check& check)
{
    Program program;
    const std::string name = "--ns3::mbs::OptionsProbe::";
    check.Equal(program.Parse({name + "Count=7",
                               name + "Level=-3",
                               name + "Share=0.25",
                               name + "AtLeast=1e6",
                               name + "Delay=2ms",
                               name + "Rate=10Mbps",
                               name + "On=true",
                               name + "Name=any text",
                               name + "Where=1:2:3.5",
                               name + "Ip4=192.0.2.1",
                               name + "Mask=255.255.0.0",
                               name + "Ip6=2001:db8::2",
                               name + "Mac=00:00:00:00:00:0a",
                               name + "Class=ns3::Object",
                               name + "Random=ns3::UniformRandomVariable[Min=1|Max=2]"}),
                "",
                "all set");
    const Ptr<OptionsProbe> probe = CreateObject<OptionsProbe>();
    check.Equal(probe->m_count, 7u, "count");
    check.Equal(probe->m_level, -3, "level");
    check.Equal(probe->m_share, 0.25, "share");
    check.Equal(probe->m_atLeast, 1e6, "without upper bound");
    check.Expect(probe->m_delay == MilliSeconds(2), "delay");
    check.Expect(probe->m_rate == DataRate("10Mbps"), "rate");
    check.Expect(probe->m_on, "switch");
    check.Equal(probe->m_name, "any text", "text");
    check.Equal(probe->m_where.z, 3.5, "vector");
    check.Expect(probe->m_ip4 == Ipv4Address("192.0.2.1"), "IPv4 address");
    check.Expect(probe->m_mask == Ipv4Mask("255.255.0.0"), "IPv4 mask");
    check.Expect(probe->m_ip6 == Ipv6Address("2001:db8::2"), "IPv6 address");
    check.Expect(probe->m_mac == Mac48Address("00:00:00:00:00:0a"), "MAC address");
    const double drawn = probe->m_random->GetValue();
    check.Expect(drawn >= 1 && drawn <= 2, "random variable");
    const Ptr<OptionsProbe> other = CreateObject<OptionsProbe>();
    check.Expect(other->m_random != probe->m_random,
                 "each object has a random variable of its own");
    check.Equal(program.Parse({name + "Random=ns3::ConstantRandomVariable"}), "", "bare class");
    check.Equal(program.Parse({name + "Random=ns3::ConstantRandomVariable[]"}), "", "no attribute");
    check.Equal(
        program.Parse({name + "Random=ns3::ConstantRandomVariable[Constant=0]", name + "Count=1"}),
        "",
        "as it was");
}

void
RandomVariablesWithoutValuesAreRefused(Check& check)
{
    /** A random variable and a part of the sentence, empty if it is good. */
    struct Sample
    {
        const char* text; //!< class and parameters without what all have
        const char* part; //!< of the sentence
    };

    for (const Sample& sample :
         {Sample{"Constant|Constant=1e300", "Constant must be a number from -1e+09 to 1e+09"},
          {"Constant|Constant=1e9", ""},
          {"Uniform|Min=2|Max=1", "Min must not be above Max"},
          {"Uniform|Min=1|Max=1", ""},
          {"Sequential|Max=1|Consecutive=0", "Consecutive must be a number from 1"},
          {"Sequential|Max=1", ""},
          {"Exponential|Mean=-1", "Mean must be a number above 0"},
          {"Exponential|Mean=1|Bound=0.001", "Bound must be one that at least a thousandth"},
          {"Exponential|Mean=1|Bound=-1", "or 0 for no bound"},
          {"Exponential|Mean=1|Bound=0.002", ""},
          {"Pareto|Scale=0", "Scale must be a number above 0"},
          {"Pareto|Shape=0", "Shape must be a number above 0"},
          {"Pareto|Scale=1|Bound=1", "Bound must be"},
          {"Pareto|Scale=1|Bound=-1", "Bound must be"},
          {"Pareto|Scale=1|Bound=1.1", ""},
          {"Weibull|Shape=0", "Shape must be a number from 0.01"},
          {"Weibull|Bound=0.0005", "Bound must be"},
          {"Weibull|Bound=-1", "Bound must be"},
          {"Weibull|Bound=0.01", ""},
          {"Normal|Variance=-1", "Variance must be a number from 0"},
          {"Normal|Bound=0.001", "or 1e307 for no bound"},
          {"Normal|Bound=-1", "Bound must be"},
          {"Normal|Mean=1|Variance=0|Bound=0.001", ""},
          {"Normal|Bound=0.01", ""},
          {"LogNormal|Mu=1000", "Mu must be a number from -100 to 20"},
          {"LogNormal|Sigma=-1", "Sigma must be a number from 0 to 10"},
          {"LogNormal|Mu=-7|Sigma=1", ""},
          {"Gamma|Alpha=0", "Alpha must be a number above 0"},
          {"Gamma|Beta=-1", "Beta must be a number above 0"},
          {"Gamma", ""},
          {"Erlang|K=4294967295", "K must be a number from"},
          {"Erlang|K=0", "K must be a number from 1 to 100000"},
          {"Erlang|K=2|Lambda=0", "Lambda must be a number above 0"},
          {"Erlang|K=2|Lambda=100", ""},
          {"Triangular|Min=2|Max=1", "Min must not be above Max"},
          {"Triangular|Mean=0.9", "Mean must be from 0.333333 to 0.666667 with that Min and Max"},
          {"Triangular", ""},
          {"Zipf|N=0", "N must be a number from 1 to 100000"},
          {"Zipf|N=10|Alpha=-1", "Alpha must be a number from 0 to 1000"},
          {"Zipf|N=10|Alpha=1", ""},
          {"Zeta|Alpha=1", "Alpha must be a number from 1.01 to 1000"},
          {"Zeta|Alpha=2", ""}})
    {
        Program program;
        std::string text = sample.text;
        const std::size_t bar = std::min(text.find('|'), text.size());
        text = "ns3::" + text.substr(0, bar) + "RandomVariable" +
               (bar < text.size() ? "[" + text.substr(bar + 1) + "]" : "");
        const std::string result = program.Parse({"--ns3::mbs::OptionsProbe::Random=" + text});
        const bool good = *sample.part == '\0' ? result.empty()
                                               : result.find("error ") == 0 &&
                                                     result.find(sample.part) != std::string::npos;
        check.Expect(good, text + " -> " + result);
    }
    Program program;
    program.Parse({"--ns3::mbs::OptionsProbe::Random=ns3::ConstantRandomVariable[Constant=0]"});
}

void
WrongAttributesAreExplained(Check& check)
{
    /** What follows `--ns3::mbs::OptionsProbe::` and a part of the sentence. */
    struct Sample
    {
        const char* word; //!< of the command line
        const char* part; //!< of the sentence
    };

    for (const Sample& sample :
         {Sample{"Count=0", "must be a number from 1 to 10"},
          {"Count=11", "must be a number from 1 to 10"},
          {"Count=abc", "must be a whole number from 1 to 10"},
          {"Count=-1", "must be a whole number from 1 to 10"},
          {"Count=", "must be a whole number from 1 to 10"},
          {"Count", "needs a value"},
          {"Level=1.5", "must be a whole number from -5 to 5"},
          {"Level=-6", "must be a number from -5 to 5"},
          {"Share=half", "must be a number from 0 to 1"},
          {"Share=nan", "must be a number from 0 to 1"},
          {"Share=1.1", "must be a number from 0 to 1"},
          {"AtLeast=-1", "must be a number of at least 0"},
          {"Delay=soon", "must be a time from 0s to 10s, a number with ns"},
          {"Delay=-1s", "must be a time from 0s to 10s"},
          {"Delay=11s", "must be a time from 0s to 10s"},
          {"Rate=fast", "must be a bit rate such as 100Mbps"},
          {"Rate=1e3bps", "must be a bit rate"},
          {"On=maybe", "must be true or false"},
          {"Where=1:2", "must be metres"},
          {"Where=1:2:x", "must be metres"},
          {"Ip4=1.2.3", "must be an IPv4 address"},
          {"Mask=255", "must be an IPv4 mask"},
          {"Ip6=::g", "must be an IPv6 address"},
          {"Mac=1:2", "must be a MAC address"},
          {"Mac=00:00:00:00:00:0g", "must be a MAC address"},
          {"Class=ns3::Objekt", "must be the name of a class; did you mean ns3::Object?"},
          {"Random=", "must be a class with its attributes"},
          {"Random=0.5", "must be a class with its attributes"},
          {"Random=ns3::ConstRandomVariable", "did you mean"},
          {"Random=ns3::Object", "must be a kind of ns3::RandomVariableStream such as ns3::"},
          {"Random=ns3::RandomVariableStream", "must be a kind of"},
          {"Random=ns3::ConstantRandomVariable]", "must be a class with"},
          {"Random=ns3::ConstantRandomVariable[", "without brackets"},
          {"Random=ns3::ConstantRandomVariable[Constant=1", "without brackets"},
          {"Random=ns3::ConstantRandomVariable[Constant=1]]", "without brackets"},
          {"Random=ns3::ConstantRandomVariable[Constant= 1]", "without brackets"},
          {"Random=ns3::ConstantRandomVariable[Constant]", "must be a class with"},
          {"Random=ns3::ConstantRandomVariable[Konstant=1]", "did you mean Constant?"},
          {"Random=ns3::ConstantRandomVariable[Constant=x]", "Constant must be a number"},
          {"Random=ns3::ConstantRandomVariable[Constant=1|]", "must be a class with"},
          {"Random=ns3::ExponentialRandomVariable[Mean=0]", "Mean must be a number above 0"},
          {"Cuont=1", "did you mean --ns3::mbs::OptionsProbe::Count?"},
          {"Nothing=1", "no such attribute (--PrintAttributes=ns3::mbs::OptionsProbe lists them)"}})
    {
        Program program;
        const std::string word = std::string("--ns3::mbs::OptionsProbe::") + sample.word;
        const std::string result = program.Parse({word});
        check.Expect(result.find("error " + word + ": ") == 0 &&
                         result.find(sample.part) != std::string::npos,
                     word + " -> " + result);
    }
    Program program;
    check.Equal(program.Parse({"--ns3::mbs::OptionsProb::Count=1"}),
                "error --ns3::mbs::OptionsProb::Count=1: no such class; did you mean "
                "ns3::mbs::OptionsProbe? (--PrintAttributes lists what can be set)",
                "class");
    check.Expect(program.Parse({"--ns3::=1"}).find("error --ns3::=1: no such class") == 0, "none");
    check.Equal(program.Parse({"--ns3::mbs::OptionsProbeChild::Count=1"}),
                "error --ns3::mbs::OptionsProbeChild::Count=1: this attribute is one of "
                "ns3::mbs::OptionsProbe; give --ns3::mbs::OptionsProbe::Count=1",
                "inherited");
    // Checked only: an object that holds its like by default would never end.
    check.Equal(CheckAttributeText("ns3::mbs::OptionsProbe[Object=ns3::mbs::OptionsProbeChild]",
                                   MakePointerChecker<OptionsProbe>()),
                "",
                "an object in an object");
    check.Equal(CheckAttributeText("x", MakeObjectVectorChecker<OptionsProbe>()),
                "cannot be set by a text",
                "a container");
}

void
GlobalValuesAreSet(Check& check)
{
    UintegerValue run;
    UintegerValue seed;
    GlobalValue::GetValueByName("RngRun", run);
    GlobalValue::GetValueByName("RngSeed", seed);
    Program program;
    check.Equal(program.Parse({"--RngRun=77", "--RngSeed=78"}), "", "set");
    UintegerValue now;
    GlobalValue::GetValueByName("RngRun", now);
    check.Equal(now.Get(), 77u, "run");
    GlobalValue::GetValueByName("RngSeed", now);
    check.Equal(now.Get(), 78u, "seed");
    check.Expect(program.options.IsGiven("RngRun") && !program.options.IsGiven("SchedulerType"),
                 "which were given is known");
    Config::SetGlobal("RngRun", run);
    Config::SetGlobal("RngSeed", seed);

    const auto fails = [&check](const std::string& word, const std::string& part) {
        Program other;
        const std::string result = other.Parse({word});
        check.Expect(result.find("error " + word + ": ") == 0 &&
                         result.find(part) != std::string::npos,
                     word + " -> " + result);
    };
    fails("--SchedulerType=ns3::Object", "must be a kind of ns3::Scheduler such as ns3::");
    fails("--SchedulerType=ns3::HeapSchedular", "did you mean ns3::HeapScheduler?");
    fails("--SchedulerType=ns3::HeapScheduler[]", "must be a class without attributes");
    fails("--SimulatorImplementationType=x", "must be the name of a class derived from ns3::Sim");
    fails("--RngSeed=4294967295", "from 1 to 4294944442");
    check.Equal(program.Parse({"--SchedulerType=ns3::MapScheduler"}), "", "the default scheduler");
    check.Equal(SetGlobalValue("NoSuchValue", "1"), "no such option", "unknown");
}

void
AttributesAreListed(Check& check)
{
    Program program;
    const std::string all = program.Parse({"--PrintAttributes"});
    for (const char* text : {"--ns3::mbs::OptionsProbe::Count=1\n    A count.\n",
                             "--ns3::mbs::OptionsProbe::Random=ns3::ConstantRandomVariable[",
                             "--ns3::mbs::OptionsProbe::Object\n    An object without"})
    {
        check.Expect(all.find(text) != std::string::npos, std::string("lists ") + text);
    }
    check.Expect(all.find("ns3::UniformRandomVariable::Min") == std::string::npos, "this module's");
    const std::string one = program.Parse({"--PrintAttributes=ns3::UniformRandomVariable"});
    check.Expect(one.find("--ns3::UniformRandomVariable::Min=0\n") == 0, "of a class");
    check.Expect(program.Parse({"--PrintAttributes=nobody"}).find("error ") == 0, "of no class");
}

void
OptionsAreDescribedAsJson(Check& check)
{
    Program program;
    program.options.SetResultFiles({"summary.json"});
    program.options.SetRepeatable("out");
    const auto json = nlohmann::json::parse(program.Parse({"--ues=7", "--describe", "--ues=x"}));
    check.Equal(json.at("program").get<std::string>(), "mbs-test", "program");
    check.Expect(json.at("result_files") == nlohmann::json::array({"summary.json"}), "files");
    check.Expect(!json.at("ns3_version").get<std::string>().empty() &&
                     !json.at("compiler_flags").get<std::string>().empty(),
                 "versions");
    const auto option = [&json](const std::string& name) {
        for (const auto& entry : json.at("options"))
        {
            if (entry.at("name") == name)
            {
                return entry;
            }
        }
        return nlohmann::json();
    };
    check.Expect(option("ues") == nlohmann::json({{"name", "ues"},
                                                  {"type", "count"},
                                                  {"default", "100"},
                                                  {"shown_default", "100, from 1 to 1000000"},
                                                  {"syntax", "N"},
                                                  {"min", "1"},
                                                  {"max", "1000000"},
                                                  {"help", "user equipments"}}),
                 "a count, with its default and not what was given");
    check.Expect(option("offset").at("min") == "-1s" && option("offset").at("unit") == "s", "time");
    check.Expect(option("procedure").at("choices") == nlohmann::json({"cp", "up", "both"}),
                 "choice");
    check.Equal(option("verbose").at("default").get<std::string>(), "true", "flag");
    check.Equal(option("out").at("type").get<std::string>(), "text", "text");
    check.Expect(option("out").at("repeatable") == true && !option("ues").contains("repeatable"),
                 "what may be given several times");
    bool listed = false;
    for (const auto& entry : json.at("attributes"))
    {
        listed = listed || entry.at("name") == "ns3::mbs::OptionsProbe::Count";
    }
    check.Expect(listed, "attributes");
    check.Equal(json.at("global_values").size(), GlobalValueNames().size(), "global values");
}

void
OptionsAreListedAsNs3Does(Check& check)
{
    Program program;
    const std::string text = program.Parse({"--PrintHelp"});
    // What SEM does: the part between two titles, and of each line the last name behind two dashes
    // that a colon follows, and the last brackets.
    const std::regex part("Program\\s(?:Options|Arguments):([^]*)General\\sArguments");
    std::smatch found;
    check.Expect(std::regex_search(text, found, part), "titles");
    std::istringstream lines(found[1].str());
    std::set<std::string> names;
    const std::regex option(".*--(.*?)[?:|=].*\\[(.*?)\\]");
    for (std::string line; std::getline(lines, line);)
    {
        if (std::regex_search(line, found, option))
        {
            names.insert(found[1].str());
            check.Equal(found[2].str(), "default", line);
        }
    }
    check.Expect(names == std::set<std::string>({"ues",
                                                 "gnbs",
                                                 "duration",
                                                 "offset",
                                                 "pcap",
                                                 "verbose",
                                                 "procedure",
                                                 "radio",
                                                 "out"}),
                 text);
    const std::string globals = program.Parse({"--PrintGlobals"});
    check.Expect(globals.find("    --RngRun=[") != std::string::npos, globals);
}

void
DefaultIsAsIfNotGiven(Check& check)
{
    Program program;
    check.Equal(
        program.Parse(
            {"--ues=default", "--verbose=default", "--procedure=up", "--procedure=default"}),
        "",
        "taken");
    check.Expect(!program.options.IsGiven("ues") && program.options.IsGiven("procedure"), "given");
    Program python;
    check.Equal(python.Parse({"--verbose=False"}), "", "a flag as Python writes it");
    check.Expect(!python.verbose, "off");
}

void
AttributesAreWrittenAsTheyAre(Check& check)
{
    const std::string name = "ns3::mbs::OptionsProbe::Name";
    check.Equal(SetAttributeDefault(name, "a,\"b\""), "", "set");
    std::ostringstream out;
    WriteAttributes(out);
    SetAttributeDefault(name, "x");
    for (const char* line : {"attribute,value\n",
                             "\nns3::mbs::OptionsProbe::Name,\"a,\"\"b\"\"\"\n",
                             "\nns3::mbs::OptionsProbe::Object,\n",
                             "\nns3::UniformRandomVariable::Min,0\n",
                             "\nRngRun,"})
    {
        check.Expect(out.str().find(line) != std::string::npos, line);
    }
}

void
NearestNameIsFound(Check& check)
{
    check.Equal(EditDistance("", ""), 0u, "nothing");
    check.Equal(EditDistance("", "abc"), 3u, "inserted");
    check.Equal(EditDistance("kitten", "sitting"), 3u, "Levenshtein's example");
    for (std::size_t limit = 0; limit < 6; ++limit)
    {
        check.Equal(EditDistance("kitten", "sitting", limit),
                    std::min<std::size_t>(limit, 3),
                    "no more than the limit");
        check.Equal(EditDistance("kitten", "k", limit),
                    std::min<std::size_t>(limit, 5),
                    "no more than the limit for lengths that differ");
    }
    check.Equal(EditDistance("UES", "ues"), 0u, "case");
    check.Equal(EditDistance("gnsb", "gnbs"), 1u, "swapped");
    check.Equal(NearestName("gnsb", {"ues", "gnbs", "smfs"}), "gnbs", "nearest");
    check.Equal(NearestName("xy", {"ues", "gnbs"}), "", "none is near");
    check.Equal(NearestName("ab", {"cd"}), "", "nothing in common");
}

} // namespace

/** @param suite gets the tests of command lines */
void AddProgramOptionsTests(MbsTestSuite& suite);

void
AddProgramOptionsTests(MbsTestSuite& suite)
{
    const auto add = [&suite](const char* name, FunctionTestCase::Body body) {
        suite.Add(new FunctionTestCase(name, body));
    };
    add("defaults stay and given values are taken", DefaultsStayAndValuesAreTaken);
    add("what is given twice is refused with both values", WhatIsGivenTwiceIsRefused);
    add("misuse is one sentence with the fix", MisuseIsOneSentenceWithTheFix);
    add("help is complete, in order and narrow", HelpIsCompleteAndNarrow);
    add("any attribute can be set", AttributesAreSet);
    add("wrong attributes are explained and end nothing", WrongAttributesAreExplained);
    add("random variables without values are refused", RandomVariablesWithoutValuesAreRefused);
    add("global values are set and checked", GlobalValuesAreSet);
    add("attributes are listed", AttributesAreListed);
    add("options are described as JSON", OptionsAreDescribedAsJson);
    add("options are listed as ns-3 does, for SEM", OptionsAreListedAsNs3Does);
    add("the value default is as if an option was not given", DefaultIsAsIfNotGiven);
    add("attributes are written as they are in force", AttributesAreWrittenAsTheyAre);
    add("the nearest name is found", NearestNameIsFound);
}

} // namespace ns3::mbs
