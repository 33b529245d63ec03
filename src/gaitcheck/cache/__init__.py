"""Pose tracks that were made once are kept: content and settings in, tracks out."""
