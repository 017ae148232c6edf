import os
import subprocess
import sys


def test_communicate():
    process = subprocess.Popen(
        [sys.executable, "solution.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    out, err = process.communicate("3 4\n", timeout=10)
    assert (out, err, process.returncode) == ("7\n", "", 0)


def test_written_line_by_line():
    process = subprocess.Popen([sys.executable, "solution.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(b"1 ")
    process.stdin.write(b"2\n")
    process.stdin.close()
    assert process.stdout.read() == b"3\n"
    assert process.wait() == 0


def test_with_block():
    with subprocess.Popen([sys.executable, "solution.py", "5"], stdout=subprocess.PIPE, text=True) as process:
        assert [line.strip() for line in process.stdout] == ["5"]


def test_exit_code_by_call():
    assert subprocess.call([sys.executable, "solution.py", "x"], stderr=subprocess.DEVNULL) == 2


def test_input_from_a_file(tmp_path):
    (tmp_path / "in.txt").write_text("10 20")
    with open(tmp_path / "in.txt") as file:
        done = subprocess.run([sys.executable, "solution.py"], stdin=file, capture_output=True, text=True)
    assert done.stdout == "30\n"


def test_environment():
    done = subprocess.run(
        [sys.executable, "solution.py", "1"], env={**os.environ, "PREFIX": "= "}, capture_output=True, text=True
    )
    assert done.stdout == "= 1\n"
    assert "PREFIX" not in os.environ
