"""The exit codes of every command, and which error leads to which."""

from enum import IntEnum

from examengine.core.errors import BankError, ExamEngineError, OperatorError, UsageError


class ExitCode(IntEnum):
    """What a script may rely on."""

    OK = 0
    """Done; for `grade` and `bank check`: everything passed."""
    FAILED = 1
    """Something that was tested failed: a test, a bank."""
    USAGE = 2
    """The call names something that does not exist, or its words are off."""
    UNAVAILABLE = 3
    """The machine cannot do it: sandbox, disk, a missing package, a session open elsewhere."""
    BANK = 4
    """A bank cannot be read, or cannot meet the blueprint."""
    INTERNAL = 70
    """A fault of examengine."""
    INTERRUPTED = 130
    """Stopped with ctrl-c."""


def exit_code_of(error: ExamEngineError) -> ExitCode:
    """Return the exit code of an error."""
    match error:
        case UsageError():
            return ExitCode.USAGE
        case OperatorError():
            return ExitCode.UNAVAILABLE
        case BankError():
            return ExitCode.BANK
    return ExitCode.INTERNAL
