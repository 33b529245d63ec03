"""Frames and landmarks come in; one Track per person goes out."""
