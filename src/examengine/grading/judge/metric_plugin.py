"""Metric parts in the judge: the steps of each measurement run as tests after the author's own."""

import importlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, Self

import pytest

from examengine.core.anchors import credit, grid, rounded
from examengine.grading.contract import JudgeSpec
from examengine.grading.judge import metric_checks as checks
from examengine.grading.judge.messages import came_from_candidate
from examengine.grading.judge.metric_data import FaultyData, MetricOrder, Tables, low_half, read_tables, turned
from examengine.grading.judge.metric_scores import best_constant, bound, measure
from examengine.grading.judge.plugin import JudgePlugin, from_submission
from examengine.grading.judge.predictions import MetricFault, read_predictions
from examengine.grading.judge.trust import Distrust
from examengine.grading.wire.frames import WireError

_REPEATS: Final = 2
_FEWEST_ROWS: Final = 4
"""Fewer hold-out rows cannot be told apart from each other."""


class MeasuringPlugin(JudgePlugin):
    """The judge's plug-in for a job with metric parts."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, session: Any, items: list[Any]) -> None:  # type: ignore[override]
        """Add the steps of each measurement after the tests."""
        for told in self._spec.metrics:
            order = _order(told)
            measuring = Measuring(order, self._spec, session.path, self._report)
            items += [MetricStep.made(session, f"metric:{order.part}[{name}]", do) for name, do in measuring.steps()]
        super().pytest_collection_modifyitems(items)


class MetricStep(pytest.Item):
    """One step of a measurement as a test."""

    do: Callable[[], None]

    @classmethod
    def made(cls, session: Any, test: str, do: Callable[[], None]) -> Self:
        """Return the step with exactly this test id."""
        step: Self = cls.from_parent(session, name=test, nodeid=test)
        step.do = do
        return step

    def runtest(self) -> None:
        """Take the step."""
        self.do()

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return where the step stands: nowhere."""
        return self.path, None, self.name


class Measuring:
    """The measurement of one part: what was predicted and found so far."""

    def __init__(
        self, order: MetricOrder, spec: JudgeSpec, folder: Path, report: Callable[[dict[str, object]], None]
    ) -> None:
        self.order = order
        self._module = spec.module
        self._folder = folder
        self._report = report
        self._tables: Tables | None = None
        self._predictions: dict[int, Any] = {}
        self._values: list[float] = []
        self._bound: float | None = None
        self._checks: list[dict[str, object]] = []
        # An earlier judge that settled a step of this part took what it knew with it.
        self._stopped = any(test.startswith(f"metric:{order.part}[") for test in spec.decided)

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        """Return the steps in order, each with its name."""
        first = self.order.seeds[0]
        named = [(f"seed {seed}", self._seed(seed)) for seed in self.order.seeds]
        return [
            (name, self._step(do))
            for name, do in [
                ("rows", lambda: self._check_rows(first)),
                *named,
                ("labels", lambda: self._check_labels(first)),
                ("bound", self._find_bound),
            ]
        ]

    def _step(self, do: Callable[[], None]) -> Callable[[], None]:
        def take() -> None:
            if self._stopped:
                pytest.skip("not measured, because an earlier step did not end well")
            # Only a step that ends well lets the next one begin.
            self._stopped = True
            try:
                do()
            except (WireError, Distrust):
                raise
            except Exception as error:
                if from_submission(error) is None:
                    said = str(error) if isinstance(error, FaultyData) else type(error).__name__
                    self._report({"kind": "broken", "message": f"part {self.order.part!r}: {said}"})
                raise
            finally:
                self._tell()
            self._stopped = False

        return take

    def _tell(self) -> None:
        self._report(
            {
                "kind": "measured",
                "part": self.order.part,
                "values": self._values,
                "lower_bound": self._bound,
                "checks": self._checks,
            }
        )

    def _note(self, name: str, *, passed: bool, value: float | None = None) -> None:
        self._checks.append({"name": name, "passed": passed, "value": value})

    @property
    def tables(self) -> Tables:
        """Return the rows, read at the first use."""
        if self._tables is None:
            self._tables = read_tables(self._folder, self.order)
        return self._tables

    def _predict(self, train: Any, features: Any, seed: int) -> Any:
        """Let the submission train and predict on copies; return its predictions as plain arrays."""
        function = getattr(importlib.import_module(self._module), self.order.function)
        given = function(train.copy(deep=True), features.reset_index(drop=True).copy(deep=True), seed)
        return read_predictions(given, self.tables, self.order.kind, len(features))

    def _predict_all(self, seed: int) -> Any:
        return self._predict(self.tables.train, self.tables.features, seed)

    def _predict_part(self, places: Any, seed: int) -> Any:
        return self._predict(self.tables.train, self.tables.features.iloc[places], seed)

    # The steps -------------------------------------------------------------------------------

    def _check_rows(self, seed: int) -> None:
        """Predict for half of the rows, in another order, before all rows have been seen; both must agree."""
        tables, kind = self.tables, self.order.kind
        places = low_half(tables)
        if len(tables.features) < _FEWEST_ROWS:
            self._predictions[seed] = self._predict_all(seed)
            return
        part, fault = self._try_part(places, seed)
        whole = self._predictions[seed] = self._predict_all(seed)
        if fault is not None:
            self._note("rows", passed=False)
            raise MetricFault(
                "The function works with all hold-out rows at once but not with a part of them "
                f"({type(fault).__name__}): what it does with one row must not depend on the others."
            ) from fault
        share = checks.differing(kind, part, whole[places])
        if not checks.is_tolerated(share, len(places)) and not self._is_noise(part, whole, places, seed):
            self._note("rows", passed=False, value=share)
            raise MetricFault(
                f"{share:.0%} of the predictions change when the function gets only a part of the hold-out rows: "
                "they depend on the other rows. Fit scalers, imputers, encoders and ranks on the training data alone."
            )
        self._note("rows", passed=True, value=share)

    def _try_part(self, places: Any, seed: int) -> tuple[Any, BaseException | None]:
        try:
            return self._predict_part(places, seed), None
        except WireError:
            raise
        except MetricFault as error:
            return None, error
        except Exception as error:
            if came_from_candidate(error) and not isinstance(error, MemoryError):
                return None, error
            raise

    def _is_noise(self, part: Any, whole: Any, places: Any, seed: int) -> bool:
        """Tell whether runs on the same rows differ as much as those on other rows do."""
        kind = self.order.kind
        again = [self._predict_all(seed) for _ in range(_REPEATS)]
        noise = max(checks.distance(kind, one, whole) for one in again)
        if noise == 0:
            # A choice between two models by chance may come out alike several times.
            return any(
                checks.is_tolerated(checks.differing(kind, one, whole[places]), len(places))
                for one in (self._predict_part(places, seed) for _ in range(_REPEATS))
            )
        parts = [part, self._predict_part(places, seed)]
        apart = min(checks.distance(kind, one, whole[places]) for one in parts)
        local = max(checks.distance(kind, one[places], whole[places]) for one in again)
        return checks.is_noise(apart, max(noise, local))

    def _seed(self, seed: int) -> Callable[[], None]:
        def take() -> None:
            if seed not in self._predictions:
                self._predictions[seed] = self._predict_all(seed)
            predictions = self._predictions[seed]
            if checks.is_constant(predictions) and not checks.is_constant(self.tables.truth):
                self._note("constant", passed=False)
                raise MetricFault("The function predicts the same for every row.")
            self._values.append(self._finite(measure(self.order, self.tables, predictions)))

        return take

    @staticmethod
    def _finite(value: float) -> float:
        if not float("-inf") < value < float("inf"):
            raise MetricFault("The metric cannot be computed from these predictions: they are too large.")
        return value

    def _check_labels(self, seed: int) -> None:
        """Train on turned labels: predictions that stay the same, and good, were not learned from them."""
        order, tables = self.order, self.tables
        constant = best_constant(order, tables)
        value = self._values[0]
        if checks.kept_gain(value, value, constant, greater_is_better=order.greater_is_better) is None:
            self._note("labels", passed=True)
            return
        try:
            predictions = self._predict(turned(tables), tables.features, seed)
        except WireError:
            raise
        except MetricFault:
            predictions = None
        except Exception as error:
            if not came_from_candidate(error) or isinstance(error, MemoryError):
                raise
            # What cannot be done with other labels depends on them.
            predictions = None
        if predictions is None:
            self._note("labels", passed=True)
            return
        reached = measure(order, tables, predictions)
        kept = checks.kept_gain(value, reached, constant, greater_is_better=order.greater_is_better)
        likeness = checks.alike(order.kind, self._predictions[seed], predictions)
        share = kept if kept is not None and float("-inf") < kept < float("inf") else None
        if checks.ignores_labels(share, likeness):
            self._note("labels", passed=False, value=share)
            raise MetricFault(
                "Trained on exchanged labels, the function predicts the same as before: its predictions are not "
                "learned from the training data it is given, but fixed or kept from an earlier call."
            )
        self._note("labels", passed=True, value=share)

    def _find_bound(self) -> None:
        """Find the bound, and tell where it does not earn everything."""
        order = self.order
        self._bound = self._finite(bound(order, self.tables, [self._predictions[seed] for seed in order.seeds]))
        anchors = [(Fraction(value), Fraction(share)) for value, share in order.anchors]
        if credit(anchors, self._bound) == 1:
            return
        digits = max(0, len(str(grid(anchors).denominator)) - 1)
        side = "at least" if order.greater_is_better else "at most"
        raise MetricFault(
            f"The {order.title} is {side} {float(rounded(self._bound, anchors)):.{digits}f} with 95 % confidence; "
            f"all points need {float(anchors[-1][0]):g}."
        )


def _order(told: dict[str, Any]) -> MetricOrder:
    return MetricOrder(
        **{
            **told,
            "anchors": tuple((str(value), str(share)) for value, share in told["anchors"]),
            "seeds": tuple(int(seed) for seed in told["seeds"]),
        }
    )
