"""Sums of decision trees."""

from __future__ import annotations

import numpy as np

from gaitcheck.gait.trees import tree_sum

TABLE = {
    "start": -1.0,
    "trees": [
        # 1 up to 0.5 of the first number; beyond, 10 or 20 by the second one
        {
            "asks": [0, -1, 1, -1, -1],
            "limit": [0.5, 0.0, 2.0, 0.0, 0.0],
            "low": [1, 1, 3, 3, 4],
            "high": [2, 1, 4, 3, 4],
            "value": [0.0, 1.0, 0.0, 10.0, 20.0],
        },
        {"asks": [-1], "limit": [0.0], "low": [0], "high": [0], "value": [100.0]},
    ],
}


def test_each_row_gets_its_leaf_of_every_tree():
    rows = np.array([[0.5, 9.0], [0.6, 2.0], [0.6, 2.1]])
    assert tree_sum(TABLE)(rows).tolist() == [100.0, 109.0, 119.0]


def test_what_is_not_known_gets_no_odds():
    odds = tree_sum(TABLE)(np.array([[0.0, np.nan], [0.0, 0.0]]))
    assert np.isnan(odds).tolist() == [True, False]


def test_no_rows_and_no_trees():
    assert tree_sum(TABLE)(np.zeros((0, 2))).shape == (0,)
    assert tree_sum({"start": 0.3, "trees": []})(np.zeros((2, 5))).tolist() == [0.3, 0.3]
