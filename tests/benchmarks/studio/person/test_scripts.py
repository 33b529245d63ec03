"""Scripts, builds and looks that there are not are refused with the words there are."""

import pytest

from benchmarks.studio.person import ScriptError, make_actor
from benchmarks.studio.person.builds import make_build


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ([{"do": "fly"}], "can do"),
        ([{"do": "walk", "steps": 3, "gait": "gallop"}], "no gait"),
        ([{"do": "walk", "steps": 3, "speed": 2}], "it has"),
        ([{"do": "walk"}], "exactly one"),
        ([{"do": "stand"}], "needs seconds"),
        ([], "empty"),
        ([{"do": "stand", "seconds": 1, "arms": "wings"}], "no arms"),
        ([{"do": "rise"}], "already stands"),
        (
            [{"do": "sit", "seconds": 1, "seat_m": 0.4}, {"do": "walk", "steps": 2}],
            "stand up first",
        ),
        ([{"do": "follow", "who": "ghost"}], "nobody is called"),
    ],
)
def test_a_wrong_script_is_refused_with_the_words_there_are(script: list, says: str) -> None:
    with pytest.raises(ScriptError, match=says):
        make_actor(script=script)


def test_an_unknown_build_or_look_is_refused() -> None:
    with pytest.raises(KeyError, match="no build"):
        make_build("giant")
    with pytest.raises(KeyError, match="a look has no"):
        make_actor(script=[{"do": "stand", "seconds": 1}], look={"cape": True})
