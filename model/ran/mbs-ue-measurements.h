// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_UE_MEASUREMENTS_H
#define MBS_UE_MEASUREMENTS_H

#include "mbs-sinr-radio-link.h"
#include "mbs-ue.h"

#include "ns3/mbs-rrc-measurement.h"

#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3::mbs
{

/**
 * @ingroup mbs
 * @brief Measurements of UEs that move (TS 38.331 clause 5.5): the RSRP of all cells, filtered, and
 * event A3, at which a UE sends its gNB a MEASUREMENT REPORT.
 *
 *       RSRP                              neighbour  ___----
 *        ^                              __----^^^^^^^
 *        |               __----^^^^^^^^^        > A3Offset + Hysteresis for TimeToTrigger: report
 *        |^^^^^^^^^------........____
 *        |                           ^^^^^^^------- serving cell
 *        +----------------------------------------> time
 *
 * The attributes are the measurement configuration that each gNB gives each UE. What a UE does it
 * does by what it receives itself; this object stands for the receivers of many UEs so that all of
 * them take one event in each interval.
 */
class UeMeasurements : public Object
{
  public:
    /** @return the TypeId ns3::mbs::UeMeasurements */
    static TypeId GetTypeId();

    UeMeasurements();
    ~UeMeasurements() override;

    /**
     * @brief Must come before the first UE.
     * @param link what UEs receive
     * @param cells how many cells there are
     */
    void SetRadio(Ptr<SinrRadioLink> link, uint32_t cells);

    /**
     * @brief Lets a UE measure.
     * @param ue the UE
     * @param device its radio
     */
    void Add(Ptr<Ue> ue, Ptr<UeRadioDevice> device);

    /**
     * @param place which UE, in the order in which they were added
     * @param cell number of a cell
     * @return RSRP behind the filter, dBm; not before the first measurement
     */
    double GetFilteredRsrpDbm(std::size_t place, uint32_t cell) const;

    /**
     * @brief Callback of the trace source `ReportSent`.
     * @param ue number of the UE
     * @param gnb number of the gNB that it is for
     * @param report what it says
     */
    using ReportSentCallback = void (*)(uint32_t ue,
                                        uint32_t gnb,
                                        const RrcMeasurementReport& report);

  protected:
    void DoDispose() override;

  private:
    /** What a UE knows about a cell. */
    struct Neighbour
    {
        double rsrpDbm{0};         //!< filtered
        bool triggered{false};     //!< event A3 is on (cellsTriggeredList)
        std::optional<Time> since; //!< when the condition for the next change was first met
    };

    /** A UE that measures. */
    struct Measuring
    {
        Ptr<Ue> ue;                     //!< the UE
        Ptr<UeRadioDevice> device;      //!< its radio
        bool measured{false};           //!< there was a first measurement
        uint32_t serving{0};            //!< number of the cell to which the triggers belong
        std::vector<Neighbour> cells;   //!< by number
        uint32_t reports{0};            //!< that it has sent since the last trigger
        std::optional<Time> nextReport; //!< when it sends another one
    };

    /** @brief Lets all UEs measure, and again after the interval. */
    void Tick();

    /** @param measuring a UE that takes a measurement of all cells */
    void Filter(Measuring& measuring) const;

    /** @param measuring a UE that looks for event A3 @return true if a cell is new in the list */
    bool Evaluate(Measuring& measuring) const;

    /** @param measuring a UE whose triggers are forgotten */
    static void Reset(Measuring& measuring);

    /** @param measuring a UE that sends a report */
    void Report(Measuring& measuring);

    Time m_interval;              //!< attribute
    double m_coefficient{0};      //!< attribute, k
    double m_offset{0};           //!< attribute, dB
    double m_hysteresis{0};       //!< attribute, dB
    Time m_timeToTrigger;         //!< attribute
    Time m_reportInterval;        //!< attribute
    uint32_t m_reportAmount{0};   //!< attribute
    double m_share{1};            //!< of a new measurement in the filtered one
    Ptr<SinrRadioLink> m_link;    //!< what UEs receive
    uint32_t m_cells{0};          //!< how many there are
    std::vector<Measuring> m_ues; //!< in the order in which they came
    EventId m_tick;               //!< the next measurement

    TracedCallback<uint32_t, uint32_t, const RrcMeasurementReport&> m_reportSent; //!< UE, gNB
};

} // namespace ns3::mbs

#endif // MBS_UE_MEASUREMENTS_H
