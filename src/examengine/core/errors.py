"""The error tree, by who must act.

ExamEngineError
├── BankError            the author of a bank, blueprint or exercise
├── OperatorError        whoever runs the machine
│   ├── SandboxUnavailable
│   └── StoreError
└── UsageError           the caller: a wrong name, option or file

What a candidate may not do is a refusal (a value), never an exception.
"""


class ExamEngineError(Exception):
    """Something a person must act on; `hint` says what to do."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class BankError(ExamEngineError):
    """A bank, blueprint or exercise is not as its format says."""


class OperatorError(ExamEngineError):
    """The machine, its disk or its sandbox does not do what is needed."""


class SandboxUnavailable(OperatorError):  # noqa: N818 - it names a state of the machine
    """The isolation asked for cannot be given here."""


class StoreError(OperatorError):
    """The database of sessions cannot be read or written."""


class UsageError(ExamEngineError):
    """The caller named something that does not exist or does not fit."""
