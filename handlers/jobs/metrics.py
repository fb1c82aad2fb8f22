"""Metrics of the jobs, as lines that CloudWatch reads out of the log (embedded metric format)."""

from __future__ import annotations

from collections.abc import Mapping

# The package is loaded with the logger already: this import costs nothing more.
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

NAMESPACE = "Bellwether/Jobs"
UNITS = {"Milliseconds": MetricUnit.Milliseconds}


def emit(job: str, values: Mapping[str, float]) -> None:
    """One line with all the values of one run; what is not in milliseconds is a count."""
    metrics = EphemeralMetrics(namespace=NAMESPACE, service="bellwether")
    metrics.add_dimension("Job", job)
    for name, value in values.items():
        metrics.add_metric(name, UNITS.get(name, MetricUnit.Count), value)
    metrics.flush_metrics()
