"""Which folders a child sees: what Python needs, and nothing of ours."""

import json
import os
import sys
from pathlib import Path

from examengine.grading.sandbox import namespaces, trees


def inside(path, folders):
    return any(path == one or path.startswith(one.rstrip("/") + "/") for one in folders)


def test_the_standard_library_and_installed_packages_are_granted():
    granted = trees.grants(trees.find(["pytest"]))

    assert inside(os.path.realpath(json.__file__), granted)
    assert inside(os.path.realpath(sys.modules["pytest"].__file__), granted)


def test_our_own_package_is_never_granted_although_its_neighbours_are():
    found = trees.find()

    assert not inside(trees.OWN_PACKAGE + "/core/model.py", trees.grants(found))
    assert found.hidden == (trees.OWN_PACKAGE,)


def test_a_package_beside_others_is_left_out_and_the_others_stay(tmp_path):
    for name in ("ours", "numpyish", "ours_too"):
        (tmp_path / "site" / name).mkdir(parents=True)
    found = trees.Trees((str(tmp_path / "site"),), (str(tmp_path / "site" / "ours"),), ())

    assert trees.grants(found) == (
        str(tmp_path / "site" / "numpyish"),
        str(tmp_path / "site" / "ours_too"),
    )


def test_no_tree_lies_in_another_and_none_is_a_home_or_root():
    found = trees.find()

    for one in found.visible:
        assert not any(other != one and inside(one, [other]) for other in found.visible)
        assert one not in {"/", "/usr", "/home", "/root", str(Path.home())}


def test_links_on_the_way_are_kept_so_that_paths_still_lead_there(tmp_path):
    (tmp_path / "real" / "pack").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real")

    links, target = trees._links_and_target(str(tmp_path / "link" / "pack"))

    assert target == os.path.realpath(tmp_path / "real" / "pack")
    assert (str(tmp_path / "link"), "real") in links


def test_a_loop_of_links_ends(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")

    links, _ = trees._links_and_target(str(tmp_path / "a" / "x"))

    assert links


def test_the_shared_folder_never_covers_a_library():
    plain = trees.Trees(("/usr/lib",), (), ())
    odd = trees.Trees(("/tmp/env/lib", "/usr/lib"), (), ())

    assert namespaces.exchange_place(plain) == "/tmp"
    assert namespaces.exchange_place(odd) == "/box/shared"
