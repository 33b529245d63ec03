"""Scenes in, clips with exact truth out: people, rooms, props and cameras, rendered on any machine.

``scene`` reads a scene file; ``build`` makes its world; ``renderer`` and ``effects`` draw it;
``encode`` writes the clip, ``truth`` what happens in it; ``jobs`` runs many at once.
"""
