"""Clips with exact truth (studio), and how well and how fast gaitcheck reads them."""
