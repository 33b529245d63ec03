"""Bodies on an even time grid come in; each cue gives scores 0 to 1 over time, NaN where blind."""
