"""Reads an exercise's folder: the item for the candidate, the package for grading, the author's wrong solutions."""

from collections.abc import Iterable

from pydantic import ValidationError

from examengine.bank.bank import Exercise, ExerciseFile, ExercisePackage
from examengine.bank.bank_files import BankFiles
from examengine.bank.hidden_tests import find_tests
from examengine.bank.metric_tables import find_faults
from examengine.bank.notebook_exercise import read_notebook_exercise
from examengine.bank.problem_list import ProblemList
from examengine.bank.wording import complaints
from examengine.bank.yaml_file import id_of, read_model, read_tree
from examengine.bank.yaml_source import Fault, Node
from examengine.core.digest import digest_files
from examengine.core.metric import REQUIRES
from examengine.itemtypes.coding.model import SOLUTION, Coding, MetricPart
from examengine.itemtypes.coding.scoring import HIDDEN_TESTS, full_test_id
from examengine.notebooks.assignment import SOURCE as NOTEBOOK

FILE = "exercise.yaml"
SAMPLE_TESTS = "test_sample.py"
_TEXTS = ("statement.md", "starter.py", "reference.py", SAMPLE_TESTS, HIDDEN_TESTS)
_AUTHORS_OWN = ("make_data.py",)
_OTHER_KNOWN = ("README.md", "LICENSE")


def read_exercise(folder: str, files: BankFiles, problems: ProblemList) -> tuple[Exercise | None, Node | None]:
    """Return the exercise of a folder (None where it has errors, which are told) and the tree of its file."""
    if f"{folder}/{NOTEBOOK}" in files.paths:
        return read_notebook_exercise(folder, files, problems)
    return _Reader(folder, files, problems).read()


class _Reader:
    """The reading of one folder; `self.item` names it in every problem."""

    def __init__(self, folder: str, files: BankFiles, problems: ProblemList) -> None:
        self.folder = folder
        self.files = files
        self.problems = problems
        self.file = f"{folder}/{FILE}"
        self.item = folder.rsplit("/", 1)[-1]
        self.names = {name.removeprefix(f"{folder}/") for name in files.under(folder)}
        self.is_sound = True

    def read(self) -> tuple[Exercise | None, Node | None]:
        if FILE not in self.names:
            self._fault(FILE, "missing-file", f"`{FILE}` is missing", "see docs/bank-format.md")
            return None, None
        root = read_tree(self.files, self.file, self.problems)
        if root is None:
            return None, None
        self.item = id_of(root, self.item)
        before = len(self.problems.found)
        head = read_model(ExerciseFile, root, self.file, self.problems, self.item)
        texts = {name: self._text(name) for name in _TEXTS if name in self.names or not _may_lack(name, head)}
        # Where nothing but metrics decides, an empty file stands for the hidden tests.
        texts.setdefault(HIDDEN_TESTS, "")
        support, data = self._support(), self._beside("data")
        hidden = {name: self._text(name) for name in sorted(self.names) if _is_hidden(name)}
        hidden.setdefault(HIDDEN_TESTS, texts[HIDDEN_TESTS])
        self._check_names(support, data, hidden)
        self._check_unknown_files()
        readable = {name: text for name, text in hidden.items() if text is not None}
        if head is not None:
            if len(readable) == len(hidden):
                self._check_tests(head, root, readable)
            self._check_metrics(head, root, support, data)
            self._check_wrong(head, root)
        # Every text is there once nothing was told; the loop narrows the type as well.
        whole = {name: text for name, text in texts.items() if text is not None}
        tests = {name: text.encode() for name, text in readable.items()}
        if head is None or len(whole) < len(texts) or len(tests) < len(hidden):
            return None, root
        package_files = {
            FILE: self.files.contents[self.file],
            **{name: whole[name].encode() for name in ("statement.md", "starter.py", SAMPLE_TESTS)},
            **{f"tests/{name}": content for name, content in tests.items()},
            **{f"support/{name}": content for name, content in support.items()},
            **{f"data/{name}": content for name, content in data.items()},
        }
        item = self._item(head, whole, data, digest_files(package_files), root)
        has_errors = any(p.severity == "error" for p in self.problems.found[before:])
        if item is None or has_errors or not self.is_sound:
            return None, root
        wrong_files = {wrong.file: self.files.contents[f"{self.folder}/{wrong.file}"] for wrong in head.wrong}
        package = ExercisePackage(item=item, tests=tests, support=support, data=data)
        exercise = Exercise(
            package=package,
            wrong=head.wrong,
            wrong_files=wrong_files,
            reference=whole["reference.py"].encode(),
            folder=self.folder,
            survivors=head.survivors,
            quarantined=head.quarantined,
        )
        return exercise, root

    def _item(
        self, head: ExerciseFile, texts: dict[str, str], data: dict[str, bytes], digest: str, root: Node
    ) -> Coding | None:
        fields = head.model_dump(exclude={"wrong", "survivors", "quarantined"})
        try:
            return Coding(
                type="coding",
                **fields,
                stem=texts["statement.md"],
                seconds=head.minutes * 60,
                starter={SOLUTION: texts["starter.py"]},
                sample_tests={SAMPLE_TESTS: texts[SAMPLE_TESTS]},
                data_files=tuple(sorted(data)),
                package_digest=digest,
            )
        except ValidationError as error:
            for detail in error.errors():
                if detail["loc"][:1] == ("stem",):
                    self._fault("statement.md", "invalid", "the statement is empty or too long")
                    return None
            for complaint in complaints(error, Coding, root):
                self._fault(FILE, complaint.code, complaint.message, complaint.hint, place=complaint.place)
            return None

    def _text(self, name: str) -> str | None:
        if name not in self.names:
            self._fault(name, "missing-file", f"`{name}` is missing", "add it; see docs/bank-format.md")
            return None
        text = self.files.read_text(f"{self.folder}/{name}", item=self.item)
        if text is not None and name.endswith(".py"):
            parsed = find_tests(text)
            if isinstance(parsed, Fault):
                self._fault(name, parsed.code, parsed.message, place=(parsed.line, parsed.column))
        return text

    def _support(self) -> dict[str, bytes]:
        support = self._beside("holdout")
        for name in sorted(self.names):
            is_own = name in _TEXTS and name != "reference.py"
            if "/" in name or not name.endswith(".py") or is_own or name in _AUTHORS_OWN or _is_hidden(name):
                continue
            if name in support:
                self._fault(f"holdout/{name}", "name-clash", f"`{name}` stands beside the tests twice", "rename one")
            content = self.files.read(f"{self.folder}/{name}")
            if content is not None:
                support[name] = content
        return support

    def _beside(self, folder: str) -> dict[str, bytes]:
        found = {}
        for name in sorted(self.names):
            if not name.startswith(f"{folder}/"):
                continue
            plain = name.removeprefix(f"{folder}/")
            if "/" in plain:
                self._fault(name, "nested-data", f"`{folder}` holds a folder", "put its files side by side")
                continue
            content = self.files.read(f"{self.folder}/{name}")
            if content is None:
                self.is_sound = False
            else:
                found[plain] = content
        return found

    def _check_names(self, support: Iterable[str], data: Iterable[str], hidden: Iterable[str]) -> None:
        places: dict[str, str] = {SOLUTION: "the candidate's file", SAMPLE_TESTS: "the sample tests"}
        for kind, names in (("a hidden test file", hidden), ("support", support), ("data", data)):
            for name in names:
                if name in places:
                    self._fault(FILE, "name-clash", f"`{name}` is both {places[name]} and {kind}", "rename one of them")
                places[name] = kind

    def _check_unknown_files(self) -> None:
        for name in sorted(self.names):
            top = name.split("/", 1)[0] if "/" in name else ""
            is_code = name.endswith(".py") and top in {"", "wrong"}
            if is_code or top in {"data", "holdout"} or name in {FILE, *_TEXTS, *_OTHER_KNOWN}:
                continue
            self._fault(
                name, "unknown-file", "no part of an exercise has this name", "see docs/bank-format.md", is_warning=True
            )

    def _check_tests(self, head: ExerciseFile, root: Node, hidden: dict[str, str]) -> None:
        defined: dict[str, tuple[str, int]] = {}
        for name, text in hidden.items():
            tests = find_tests(text)
            if isinstance(tests, Fault):
                return  # told already; without the file's tests the rest would be noise
            defined.update({f"{name}::{test}": (name, line) for test, line in tests.items()})
        listed: dict[str, str] = {}
        for part_index, part in enumerate(head.parts):
            if isinstance(part, MetricPart):
                continue
            nodes = root.fields["parts"].entries[part_index].fields["tests"].entries
            for test, node in zip(part.tests, nodes, strict=True):
                function = full_test_id(test).split("[", 1)[0]
                place = (node.line, node.column)
                if function not in defined:
                    self._unknown_test(test, function, list(defined), place)
                elif listed.get(function, test) != test and ("[" not in test or "[" not in listed[function]):
                    self._fault(
                        FILE, "test-twice", f"test '{test}' is listed before", "each test counts once", place=place
                    )
                listed.setdefault(function, test)
        for function, (name, line) in defined.items():
            if function not in listed:
                short = function.removeprefix(f"{HIDDEN_TESTS}::")
                self._fault(
                    name,
                    "test-without-part",
                    f"{function.split('::', 1)[1]} belongs to no part",
                    f"list '{short}' under the tests of a part in {FILE}",
                    place=(line, 1),
                )

    def _check_metrics(self, head: ExerciseFile, root: Node, support: dict[str, bytes], data: dict[str, bytes]) -> None:
        for index, part in enumerate(head.parts):
            if not isinstance(part, MetricPart):
                continue
            node = root.fields["parts"].entries[index]
            place = (node.line, node.column)
            lacking = [name for name in REQUIRES if name not in head.requires]
            if lacking:
                self._fault(
                    FILE,
                    "metric-requires",
                    f"part '{part.id}' is measured, which needs {' and '.join(lacking)}",
                    f"add to `requires`: [{', '.join((*head.requires, *lacking))}]",
                    place=place,
                )
            task = part.task()
            names = {"train": f"data/{task.train}", "holdout": f"holdout/{task.holdout}"}
            if task.train not in data and task.train in support:
                names["train"] = f"holdout/{task.train}"
            train, holdout = data.get(task.train, support.get(task.train)), support.get(task.holdout)
            for name, content in (("train", train), ("holdout", holdout)):
                if content is None:
                    self._fault(FILE, "missing-file", f"`{names[name]}` does not exist", "add the table", place=place)
            if train is not None and holdout is not None:
                for fault in find_faults(part, train, holdout):
                    self._fault(
                        names[fault.table],
                        fault.code,
                        f"part '{part.id}': {fault.message}",
                        fault.hint,
                        place=(fault.line, 1),
                        is_warning=fault.is_warning,
                    )

    def _unknown_test(self, test: str, function: str, defined: list[str], place: tuple[int, int]) -> None:
        hint = self.problems.nearest(function, defined, all_up_to=0).replace(f"{HIDDEN_TESTS}::", "")
        self._fault(FILE, "unknown-test", f"test '{test}' is in no hidden test file", hint, place=place)

    def _check_wrong(self, head: ExerciseFile, root: Node) -> None:
        possible = sum(part.points for part in head.parts)
        for index, wrong in enumerate(head.wrong):
            node = root.fields["wrong"].entries[index]
            if wrong.file not in self.names:
                file = node.fields["file"]
                self._fault(
                    FILE,
                    "missing-file",
                    f"`{wrong.file}` does not exist",
                    self.problems.nearest(wrong.file, sorted(n for n in self.names if n.startswith("wrong/"))),
                    place=(file.line, file.column),
                )
            elif self.files.read(f"{self.folder}/{wrong.file}") is None:
                self.is_sound = False
            if wrong.most > possible:
                most = node.fields["most"]
                self._fault(
                    FILE,
                    "out-of-bounds",
                    f"`most` is {wrong.most:g}, but the exercise has {float(possible):g} points",
                    place=(most.line, most.column),
                )
        named = [wrong.file for wrong in head.wrong]
        for name in sorted(self.names):
            if name.startswith("wrong/") and name.endswith(".py") and name not in named:
                self._fault(name, "unlisted-file", f"{FILE} does not list this wrong solution", "add it to `wrong`")
        for name in sorted({name for name in named if named.count(name) > 1}):
            self._fault(FILE, "repeated", f"`{name}` is listed twice", "list each wrong solution once")

    def _fault(
        self,
        name: str,
        code: str,
        message: str,
        hint: str = "",
        *,
        place: tuple[int, int] = (1, 1),
        is_warning: bool = False,
    ) -> None:
        self.problems.add(
            f"{self.folder}/{name}",
            code,
            message,
            hint,
            place=place,
            item=self.item,
            severity="warning" if is_warning else "error",
        )


def _may_lack(name: str, head: ExerciseFile | None) -> bool:
    return name == HIDDEN_TESTS and head is not None and all(isinstance(part, MetricPart) for part in head.parts)


def _is_hidden(name: str) -> bool:
    return name == HIDDEN_TESTS or (name.startswith("test_hidden_") and name.endswith(".py") and "/" not in name)
