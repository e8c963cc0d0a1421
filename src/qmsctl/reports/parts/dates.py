"""The days a record speaks of."""

from qmsctl.core.record_days import closed_on, days_of, in_period

__all__ = ["closed_on", "days_of", "in_period"]
