"""Tracks come in; pictures in which people cannot be recognised go out."""
