"""A sum of small decision trees, taught elsewhere: numbers come in, log odds go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
IntArray = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, eq=False)
class Tree:
    """One tree: a row for each node, the root first.

    Parameters
    ----------
    asks : ndarray of int, shape (n_nodes,)
        The number that the node asks for; -1 at leaves.
    limit : ndarray, shape (n_nodes,)
        Up to it one goes on to ``low``, beyond it to ``high``.
    low, high : ndarray of int, shape (n_nodes,)
        Rows of the nodes that follow; a leaf's own.
    value : ndarray, shape (n_nodes,)
        What a leaf adds to the log odds.
    """

    asks: IntArray
    limit: FloatArray
    low: IntArray
    high: IntArray
    value: FloatArray

    def __call__(self, numbers: FloatArray) -> FloatArray:
        """Give what each row of numbers (n, n_numbers) gets, shape (n,)."""
        at, every = np.zeros(len(numbers), dtype=np.intp), np.arange(len(numbers))
        while (self.asks[at] >= 0).any():
            below = numbers[every, np.maximum(self.asks[at], 0)] <= self.limit[at]
            at = np.where(below, self.low[at], self.high[at])
        return np.asarray(self.value[at])


@dataclass(frozen=True, eq=False)
class TreeSum:
    """Trees whose values are summed.

    Parameters
    ----------
    start : float
        Log odds before any tree is asked.
    trees : tuple of Tree
    """

    start: float
    trees: tuple[Tree, ...]

    def __call__(self, numbers: FloatArray) -> FloatArray:
        """Give the log odds of each row of numbers (n, n_numbers), NaN where one is; shape (n,)."""
        known = np.isfinite(numbers).all(axis=1)
        odds = np.full(len(numbers), np.nan)
        told = numbers[known]
        odds[known] = self.start + sum((tree(told) for tree in self.trees), np.zeros(len(told)))
        return odds


def tree_sum(table: dict[str, Any]) -> TreeSum:
    """Read trees as `benchmarks.support.fit_arms` writes them."""
    trees = tuple(
        Tree(
            asks=np.array(rows["asks"], dtype=np.intp),
            limit=np.array(rows["limit"], dtype=np.float64),
            low=np.array(rows["low"], dtype=np.intp),
            high=np.array(rows["high"], dtype=np.intp),
            value=np.array(rows["value"], dtype=np.float64),
        )
        for rows in table["trees"]
    )
    return TreeSum(float(table["start"]), trees)
