"""`python -m benchmarks.support.taught FOLDER`: writes drawn scenes to teach the judge by.

    python -m benchmarks.support.taught DRAWN
    for scenes in DRAWN/*/scenes; do
        python -m benchmarks.studio render --scenes $scenes --out $(dirname $scenes)/clips
    done
    python -m benchmarks.support.fit DRAWN/*/clips --save

475 scenes; the split `tune` is always among those of a fit. To draw them takes an hour of four
cores. The weights that are shipped were fitted on 558 scenes of earlier days, not kept, and tell
more of these, which they have not seen, than weights fitted on these: see NOTES.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.support import along, scenes, towards
from benchmarks.support.draw import Families, write_scenes

SETS: dict[str, tuple[Families, int]] = {
    "scenes_150000": (scenes.FAMILIES, 150_000),
    "scenes_160000": (scenes.FAMILIES, 160_000),
    "scenes_180000": (scenes.FAMILIES, 180_000),
    "along_110000": (along.FAMILIES, 110_000),
    "along_111500": (along.FAMILIES, 111_500),
    "towards_120000": (towards.FAMILIES, 120_000),
}
"""Name of each set: its kinds of scenes and the seed."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.support.taught")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for name, (families, seed) in SETS.items():
        made = write_scenes(families, folder / name / "scenes", seed=seed)
        print(f"{made} scenes in {folder / name / 'scenes'}")


if __name__ == "__main__":
    main()
