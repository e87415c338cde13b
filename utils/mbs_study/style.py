# SPDX-License-Identifier: GPL-2.0-only
"""How figures for a paper look: sizes, fonts, colours that colour-blind readers can tell apart."""

import os

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt  # noqa: E402  (after the choice of the backend)

# Widths of a column and of a page in two columns, inches.
WIDTHS = {"single": 3.5, "double": 7.16}
# The palette of Okabe and Ito; dashes and markers tell lines apart in grey too.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C6D1F", "#444444"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X", "*"]
DASHES = ["-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (3, 1)), (0, (1, 1)), (0, (8, 2))]
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "axes.titlesize": 8.5,
    "axes.labelsize": 8,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "legend.fontsize": 7.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#555555",
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.5,
    "lines.linewidth": 1.2,
    "lines.markersize": 4,
    "legend.frameon": False,
    "savefig.dpi": 300,
    # Type 42: fonts are embedded as outlines that printers and publishers take.
    "pdf.fonttype": 42,
    "ps.fonttype": 42,
    "svg.hashsalt": "mbs",
    "svg.fonttype": "path",
}


def figure(width, height, panels=1, **arguments):
    """A figure of one column or two, with its axes in a list."""
    with plt.rc_context(STYLE):
        made, axes = plt.subplots(1, panels, figsize=(WIDTHS[width], height), squeeze=False,
                                  constrained_layout=True, **arguments)
    return made, list(axes[0])


def covers(legend, margin=2):
    """Whether a legend, with a margin in pixels, lies over a curve, a mark or a bar of its axes."""
    box = legend.get_window_extent().padded(margin)
    drawn = [line for line in legend.axes.lines if line.get_visible()]
    if any(path.transformed(line.get_transform()).intersects_bbox(box, filled=False)
           for line in drawn for path in [line.get_path()] if len(path.vertices)):
        return True
    spots = [point for line in drawn
             for point in line.get_transform().transform(line.get_xydata())]
    spots += [point for lines in legend.axes.collections if hasattr(lines, "get_segments")
              for segment in lines.get_segments()
              for point in lines.get_transform().transform(segment)]
    return any(box.contains(*point) for point in spots) or any(
        patch.get_window_extent().overlaps(box) for patch in legend.axes.patches)


def place_legends(made, legends):
    """Puts legends above their axes, all of them, if one would lie over what is drawn; then the
    figure gets higher. legends is a list of axes and the arguments of their legends."""
    with plt.rc_context(STYLE):
        drawn = [axes.legend(**{"loc": "best", **arguments}) for axes, arguments in legends]
        made.canvas.draw()
        if not any(covers(legend) for legend in drawn):
            return
        room = 0
        for (axes, arguments), legend in zip(legends, drawn):
            # As many columns as the axes are wide, the width of one being that of all inside.
            size = legend.get_window_extent()
            columns = max(1, int(axes.get_window_extent().width // size.width))
            room = max(room, size.height / made.dpi / columns)
            axes.legend(**{**arguments, "loc": "lower left", "bbox_to_anchor": (-0.02, 1.0),
                           "ncol": columns, "borderpad": 0.1})
        made.set_figheight(made.get_figheight() + room)


def save(made, folder, name):
    """Writes a figure as PNG, PDF and SVG, the same octets each time; their paths."""
    paths = []
    with plt.rc_context(STYLE):
        for kind, metadata in (("png", {"Software": None}), ("pdf", {"CreationDate": None}),
                               ("svg", {"Date": None})):
            path = os.path.join(folder, f"{name}.{kind}")
            part = os.path.join(folder, f"{name}.part.{kind}")
            try:
                made.savefig(part, metadata=metadata)
                os.replace(part, path)
            except OSError as error:
                if os.path.exists(part):
                    os.remove(part)
                raise OSError(error.errno, error.strerror, path) from None
            paths.append(path)
    plt.close(made)
    return paths
