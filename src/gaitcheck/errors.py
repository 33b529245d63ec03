"""Every error gaitcheck raises on purpose: what is wrong, where, and the cure."""

from __future__ import annotations


class GaitcheckError(Exception):
    """Base of all errors of this library. Its text names the cure."""


class SettingsError(GaitcheckError, ValueError):
    """A setting is out of its range, or two settings contradict each other."""


class VideoError(GaitcheckError):
    """The video cannot be opened or holds no picture."""


class ModelError(GaitcheckError):
    """The pose model is missing, damaged or cannot be fetched."""


class ModelMissingError(ModelError):
    """There is no pose model on this machine and none can be fetched."""


class PoseError(GaitcheckError):
    """The pose estimator cannot be started or broke off."""


class TrackError(GaitcheckError, ValueError):
    """A track's arrays do not fit together."""


class LabelsError(GaitcheckError, ValueError):
    """A file of labels, corrections or an answer cannot be read as one, or does not fit another."""


class MissingPackageError(GaitcheckError, ImportError):
    """A package that only some users need is not installed."""


class OutputError(GaitcheckError):
    """A result could not be written; nothing was left half written."""


class CancelledError(GaitcheckError):
    """The caller asked to stop before the end; there is no result."""
