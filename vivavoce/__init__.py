"""The front desk: settings, the pipeline and the command line."""

__version__ = "0.1.0"
