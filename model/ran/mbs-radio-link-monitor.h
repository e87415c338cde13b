// SPDX-License-Identifier: GPL-2.0-only
#ifndef MBS_RADIO_LINK_MONITOR_H
#define MBS_RADIO_LINK_MONITOR_H

#include "mbs-sinr-radio-link.h"
#include "mbs-ue.h"

#include "ns3/event-id.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/traced-callback.h"

#include <optional>
#include <vector>

namespace ns3::mbs
{

class GnbRadioDevice;

/**
 * @ingroup mbs
 * @brief Radio link monitoring (TS 38.133 clause 8.1, TS 38.331 clause 5.3.10), the selection of a
 * cell behind a radio link failure or a handover that failed (TS 38.331 clause 5.3.7.3), and the
 * reselection of cells by UEs that have become idle (TS 38.304 clause 5.2.4), for all UEs that
 * move.
 *
 *     SINR < Qout, N310 times in a row           T310 runs out
 *     connected ----------------> T310 runs -----------------> no cell
 *         ^                          |                            | SearchTime, then the strongest
 *         |<-- SINR > Qin, N311 times in a row                    | cell, once it is suitable
 *         |                                                       v
 *         +<-------------- the cell takes the UE ---------- re-establishment
 *                                                                 |
 *     T301 there, or T311 without a cell: idle, and the next cell is asked for a new connection
 *
 * What a UE does it does by what it receives itself; this object stands for the receivers of many
 * UEs so that all of them take one event in each interval. A timer that runs out is seen at the
 * first interval from then on.
 */
class RadioLinkMonitor : public Object
{
  public:
    /** @return the TypeId ns3::mbs::RadioLinkMonitor */
    static TypeId GetTypeId();

    RadioLinkMonitor();
    ~RadioLinkMonitor() override;

    /**
     * @brief Must come before the first UE.
     * @param link what UEs receive
     * @param cells by gNB number, each with a PagingChannel and a RandomAccess
     */
    void SetRadio(Ptr<SinrRadioLink> link, std::vector<Ptr<GnbRadioDevice>> cells);

    /**
     * @brief Watches over a UE.
     * @param ue the UE, which may lose its cell
     * @param device its radio
     */
    void Watch(Ptr<Ue> ue, Ptr<UeRadioDevice> device);

    /**
     * @param ue number of a UE
     * @param cell number of a cell
     * @return whether the UE may select it: Srxlev > 0 (TS 38.304 clause 5.2.3.2)
     */
    bool IsSuitable(uint32_t ue, uint32_t cell) const;

    /**
     * @brief Callback of the trace sources `T310Started` and `T310Stopped`.
     * @param ue number of the UE
     * @param gnb number of the gNB of its cell
     */
    using T310Callback = void (*)(uint32_t ue, uint32_t gnb);

    /**
     * @brief Callback of the trace source `CellSelected`.
     * @param ue number of the UE
     * @param gnb number of the gNB of that cell
     * @param rsrpDbm how strong the UE receives it, dBm
     */
    using CellSelectedCallback = void (*)(uint32_t ue, uint32_t gnb, double rsrpDbm);

  protected:
    void DoDispose() override;

  private:
    /** A UE that it watches over. */
    struct Watched
    {
        Ptr<Ue> ue;                    //!< the UE
        Ptr<UeRadioDevice> device;     //!< its radio
        uint32_t outOfSync{0};         //!< indications in a row
        uint32_t inSync{0};            //!< indications in a row
        std::optional<Time> t310;      //!< since when it runs
        std::optional<Time> searching; //!< since when it looks for a cell
        std::optional<Time> selected;  //!< when it found the cell that has not taken it yet
        std::optional<Time> better;    //!< since when a neighbour of its idle cell is better
    };

    /** @brief Looks at all UEs, and again after the interval. */
    void Tick();

    /** @param watched a UE with a cell */
    void Monitor(Watched& watched);

    /** @param watched begins to look for a cell */
    static void BeginSearch(Watched& watched);

    /** @param watched a UE without a cell */
    void Search(Watched& watched);

    /** @param watched an idle UE */
    void Camp(Watched& watched);

    /** @param watched a UE whose counters and timers of its radio link begin anew */
    static void Reset(Watched& watched);

    /** @param watched a UE whose cell has not taken it yet */
    void AwaitAccess(Watched& watched);

    /** @param watched loses its cell @param cause why */
    void Lose(Watched& watched, CellLoss cause);

    Time m_interval;                          //!< attribute
    double m_qOut{0};                         //!< attribute, dB
    double m_qIn{0};                          //!< attribute, dB
    uint32_t m_n310{1};                       //!< attribute
    uint32_t m_n311{1};                       //!< attribute
    Time m_t310;                              //!< attribute
    double m_qRxLevMin{0};                    //!< attribute, dBm
    Time m_searchTime;                        //!< attribute
    double m_qHyst{0};                        //!< attribute, dB
    Time m_tReselection;                      //!< attribute
    Ptr<SinrRadioLink> m_link;                //!< what UEs receive
    std::vector<Ptr<GnbRadioDevice>> m_cells; //!< by gNB number
    std::vector<Watched> m_watched;           //!< in the order in which they came
    EventId m_tick;                           //!< the next look

    TracedCallback<uint32_t, uint32_t> m_t310Started;          //!< UE, gNB
    TracedCallback<uint32_t, uint32_t> m_t310Stopped;          //!< UE, gNB
    TracedCallback<uint32_t, uint32_t, double> m_cellSelected; //!< UE, gNB, RSRP
};

} // namespace ns3::mbs

#endif // MBS_RADIO_LINK_MONITOR_H
