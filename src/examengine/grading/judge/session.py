# ruff: noqa: SLF001 - there is no public way to go through the start of pytest in two steps
"""A pytest session that is made before it is known what it will run.

Most of pytest's start (plug-ins, options, fixtures) is the same for every grading. The warm parent
goes through it once, up to the point where pytest would collect; each judge inherits the result
with its fork, tells it its folder and its tests, and goes on from there.

It leans on parts of pytest that are not public. Where one of them is missing, `prepare` gives None
and the judge starts pytest the ordinary way.
"""

import contextlib
import io
import logging
import os
import pdb  # noqa: T100 - pytest replaces its set_trace
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from _pytest import config as pytest_config
from _pytest.main import Failed, Session
from _pytest.outcomes import Exit

_PLUGINS_OFF: Final = (
    "cacheprovider",
    "doctest",
    "faulthandler",
    "junitxml",
    "nose",
    "pastebin",
    "setuponly",
    "setupplan",
    "stepwise",
    "terminalprogress",
    "threadexception",
    "unraisableexception",
)
_OPTIONS: Final = (
    "-c",
    os.devnull,
    "--import-mode=prepend",
    "--continue-on-collection-errors",
    "--capture=sys",
    "--tb=no",
    "-q",
    "--no-header",
    "--no-summary",
    *(part for name in _PLUGINS_OFF for part in ("-p", f"no:{name}")),
)
_VARIABLES: Final = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")


def run_from_scratch(folder: str, test_files: tuple[str, ...], room: str | None, plugin: object) -> int:
    """Run these files of `folder` in a session of their own; return pytest's exit code.

    `room`: where temporary folders of the tests go.
    """
    _switch_off_surroundings()
    arguments = [*_OPTIONS, f"--rootdir={folder}", f"--confcutdir={folder}"]
    if room is not None:
        arguments.append(f"--basetemp={room}/pytest")
    arguments += [str(Path(folder) / name) for name in test_files]
    with _hidden():
        return int(pytest.main(arguments, plugins=[plugin]))


class PreparedSession:
    """A session up to its collection. It serves one run, in a fork of the process that made it."""

    def __init__(self) -> None:
        """Make the session; standard streams, import hooks and descriptors stay as they were.

        Raises:
            Exception: this pytest has not the parts that this needs.
        """
        hooks, set_trace = list(sys.meta_path), pdb.set_trace
        # The folder is not known yet: the root stands for it, and no conftest is looked for.
        arguments = [*_OPTIONS, "--rootdir=/", "--confcutdir=/", "--noconftest", "/"]
        with _hidden(), _without_variables(), warnings.catch_warnings():
            self.config: Any = pytest_config._prepareconfig(arguments, [])
            self.session: Any = Session.from_config(self.config)
            self.config._do_configure()
            # Its words would go nowhere: the judge's own plug-in reports.
            self.config.pluginmanager.unregister(name="terminalreporter")
            self.config.hook.pytest_sessionstart(session=self.session)
            self.capture: Any = self.config.pluginmanager.getplugin("capturemanager")
            self.capture.suspend_global_capture(in_=True)
        self._hooks = [hook for hook in sys.meta_path if hook not in hooks]
        sys.meta_path[:] = hooks
        self._set_trace, pdb.set_trace = pdb.set_trace, set_trace
        self._close_log_file()
        for part in ("_rootpath", "invocation_params", "known_args_namespace", "args", "_tmp_path_factory"):
            getattr(self.config, part)
        _ = self.session._bestrelpathcache

    def _close_log_file(self) -> None:
        """Close the file that pytest's logging opens at once, here the null device."""
        plugin = self.config.pluginmanager.getplugin("logging-plugin")
        handler = getattr(plugin, "log_file_handler", None)
        if isinstance(handler, logging.FileHandler):
            handler.close()

    def run(self, folder: str, test_files: tuple[str, ...], room: str | None, plugin: object) -> int:
        """Run these files of `folder`; return the exit code that pytest would end with."""
        code = int(pytest.ExitCode.OK)
        with _hidden():
            try:
                self._settle(folder, test_files, room, plugin)
                self.config.hook.pytest_collection(session=self.session)
                self.config.hook.pytest_runtestloop(session=self.session)
                if self.session.testsfailed:
                    code = int(pytest.ExitCode.TESTS_FAILED)
            except pytest.UsageError:
                code = int(pytest.ExitCode.USAGE_ERROR)
            except Failed:
                code = int(pytest.ExitCode.TESTS_FAILED)
            except Exit as error:
                code = int(pytest.ExitCode.INTERRUPTED if error.returncode is None else error.returncode)
            except KeyboardInterrupt:
                code = int(pytest.ExitCode.INTERRUPTED)
            except BaseException:  # noqa: BLE001 - pytest itself broke, or a hook of the tests
                code = int(pytest.ExitCode.INTERNAL_ERROR)
            self.session.exitstatus = code
            with contextlib.suppress(Exception):
                os.chdir(folder)
                self.config.hook.pytest_sessionfinish(session=self.session, exitstatus=code)
        return code

    def _settle(self, folder: str, test_files: tuple[str, ...], room: str | None, plugin: object) -> None:
        """Tell the session what a new one would have been given on its command line."""
        config, session = self.config, self.session
        root = Path(folder)
        files = [str(root / name) for name in test_files]
        os.environ["PYTEST_VERSION"] = pytest.__version__
        sys.meta_path[:0] = self._hooks
        pdb.set_trace = self._set_trace
        config._rootpath = root
        config.invocation_params = type(config.invocation_params)(args=files, plugins=[plugin], dir=root)
        config.args = files
        config.option.rootdir = config.option.confcutdir = folder
        config.option.noconftest = False
        config.option.file_or_dir = files
        session.path = root
        session._bestrelpathcache = type(session._bestrelpathcache)(root)
        if room is not None:
            config._tmp_path_factory._given_basetemp = Path(room, "pytest")
        manager = config.pluginmanager
        manager.register(plugin)
        known = config.known_args_namespace
        known.rootdir = known.confcutdir = folder
        known.noconftest = False
        known.file_or_dir = files
        before = manager.get_plugins()
        self.capture.resume_global_capture()
        try:
            config.pytest_load_initial_conftests(config)
        finally:
            self.capture.suspend_global_capture()
        if len(manager.get_plugins()) > len(before):
            # A conftest may begin the session too.
            begin = manager.subset_hook_caller("pytest_sessionstart", before)
            begin(session=session)


def prepare() -> PreparedSession | None:
    """Return a session for the forks to come, or None where this pytest cannot be prepared."""
    try:
        return PreparedSession()
    except Exception:  # noqa: BLE001 - the ordinary start works without it
        return None


def _switch_off_surroundings() -> None:
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in _VARIABLES:
        os.environ.pop(name, None)


@contextlib.contextmanager
def _without_variables() -> Iterator[None]:
    """Let no variable and no installed plug-in have a say, and leave the environment as it was."""
    before = dict(os.environ)
    _switch_off_surroundings()
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextlib.contextmanager
def _hidden() -> Iterator[None]:
    """Let nothing that is printed come out."""
    nowhere = io.StringIO()
    with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        yield
