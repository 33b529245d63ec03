"""Tracks come in; steps, postures, supports and sequences go out. numpy and scipy only."""
