"""`python docs/make_plot.py`: the figure of the docs, img/plot.png, from a sample clip."""

from pathlib import Path

import gaitcheck

DOCS = Path(__file__).parent
CLIP = DOCS.parent / "sample_videos" / "free_walk.mp4"
DPI = 80

analysis = gaitcheck.analyze(CLIP)
first = analysis.first_independent_step
figure = analysis.plot()[1 if first is None else first.person]
figure.savefig(DOCS / "img" / "plot.png", dpi=DPI)
