"""The metrics that a part of an exercise may be measured by, and one such measurement as it is ordered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from examengine.core.model import Exact, Model

Kind = Literal["labels", "scores", "probabilities", "values"]
"""What the predictions are: labels of the training data; any numbers, greater where the positive label is
likelier; probabilities of the positive label (or one column for each label); or numbers such as prices."""

MetricName = Literal[
    "accuracy",
    "balanced_accuracy",
    "f1",
    "f1_macro",
    "precision",
    "recall",
    "quadratic_kappa",
    "roc_auc",
    "average_precision",
    "log_loss",
    "brier",
    "mse",
    "rmse",
    "mae",
    "r2",
]


@dataclass(frozen=True, slots=True)
class MetricRule:
    """What is known of a metric before anything is measured."""

    title: str
    kind: Kind
    greater_is_better: bool = True
    lowest: int | None = 0
    highest: int | None = 1
    is_binary: bool = False
    """Whether the labels must be two, one of them positive."""


METRICS: dict[str, MetricRule] = {
    "accuracy": MetricRule("accuracy", "labels"),
    "balanced_accuracy": MetricRule("balanced accuracy", "labels"),
    "f1": MetricRule("F1", "labels", is_binary=True),
    "f1_macro": MetricRule("macro F1", "labels"),
    "precision": MetricRule("precision", "labels", is_binary=True),
    "recall": MetricRule("recall", "labels", is_binary=True),
    "quadratic_kappa": MetricRule("quadratic kappa", "labels", lowest=-1),
    "roc_auc": MetricRule("area under the ROC curve", "scores", is_binary=True),
    "average_precision": MetricRule("average precision", "scores", is_binary=True),
    "log_loss": MetricRule("log loss", "probabilities", greater_is_better=False, highest=None),
    "brier": MetricRule("Brier score", "probabilities", greater_is_better=False, is_binary=True),
    "mse": MetricRule("mean squared error", "values", greater_is_better=False, highest=None),
    "rmse": MetricRule("root mean squared error", "values", greater_is_better=False, highest=None),
    "mae": MetricRule("mean absolute error", "values", greater_is_better=False, highest=None),
    "r2": MetricRule("R²", "values", lowest=None),
}

REQUIRES = ("pandas", "sklearn")
"""What an exercise with such a part needs; as imported."""

PREFIX = "metric:"
LEVEL = 95
"""Of 100 repetitions with other rows and seeds, how many would reach the lower bound or more."""

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=100)]
FileName = Annotated[str, StringConstraints(pattern=r"^[\w-]+\.csv$", max_length=100)]
Seed = Annotated[int, Field(ge=0, lt=2**32)]


class MetricTask(Model):
    """One measurement: which function is trained on what, and how its predictions are judged."""

    part: str
    metric: MetricName
    function: Name
    train: FileName
    """Among the job's data or support files; features and target, a header line first."""
    holdout: FileName
    """Among the job's support files alone; the same columns."""
    target: str
    positive: str | None = None
    """The positive label as the file writes it; none: the greater one."""
    anchors: tuple[tuple[Exact, Exact], ...]
    seeds: tuple[Seed, ...]

    def order(self) -> dict[str, object]:
        """Return the task as plain values that JSON can hold, with what the judge must know of its metric."""
        rule = METRICS[self.metric]
        return {
            **self.model_dump(mode="json"),
            "kind": rule.kind,
            "title": rule.title,
            "greater_is_better": rule.greater_is_better,
            "is_binary": rule.is_binary,
        }


def metric_test(part: str) -> str:
    """Return the test id that stands for the measurement of a part and all its steps."""
    return f"{PREFIX}{part}"


def metric_steps(part: str, seeds: Sequence[int]) -> tuple[str, ...]:
    """Return the ids of the steps of a measurement; the last one compares the bound with the last anchor."""
    names = ("rows", *(f"seed {seed}" for seed in seeds), "labels", "bound")
    return tuple(f"{PREFIX}{part}[{name}]" for name in names)
