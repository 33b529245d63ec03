"""Tracks of other tools come in by the names of their keypoints; ours go out to them."""
