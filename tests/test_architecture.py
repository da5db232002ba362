"""A room under src/ includes only rooms of lower floors, and rooms of one floor do not know each other.

The table of floors stands here; everything else is read from the sources.
"""

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parent.parent / "src"

# Highest first. A room may include the rooms of the lines below its own, and nothing else.
FLOORS = [
    {"cli"},
    {"server"},
    {"jobs"},
    {"clips", "stories"},
    {"captions", "vision", "speech", "language", "imagery"},
    {"inference", "storage"},
    {"media", "net", "transcript", "stage", "database"},
    {"core"},
]
FLOOR = {room: number for number, rooms in enumerate(reversed(FLOORS), start=1) for room in rooms}

# What the rooms' tests share lies outside src/; the program itself must not need it.
TEST_MATERIAL = {"support", "material"}

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)


def source_files(sources):
    return sorted(f for f in sources.rglob("*") if f.suffix in {".h", ".hpp", ".cpp", ".cc"})


def included_rooms(file, sources):
    """Each room that `file` names in an include, with the include as written."""
    for quote, name in INCLUDE.findall(file.read_text(encoding="utf-8")):
        # <net/if.h> is the system's header, unless it is a file of ours.
        if "/" in name and (quote == '"' or (sources / name).exists()):
            yield name.split("/")[0], name


def is_for_tests(file):
    return file.stem.endswith("_test") or file.stem.startswith("test_")


def complaint(file, room, other, name, sources):
    where = f"{file.relative_to(sources)} includes {name}"
    if other in TEST_MATERIAL:
        return None if is_for_tests(file) else f"{where}: only tests may use what tests share"
    if other not in FLOOR:
        return f"{where}: no room of that name stands in the table of floors"
    # src/main.cpp lies in no room: it is above them all.
    if other == room or room is None or FLOOR[other] < FLOOR[room]:
        return None
    return f"{where}: floor {FLOOR[room]} may not know {other} on floor {FLOOR[other]}"


def complaints(sources):
    """One sentence for every include that the table does not allow and every room that it does not name."""
    found = [
        f"{folder.name}/ is not in the table of floors"
        for folder in sorted(sources.iterdir())
        if folder.is_dir() and folder.name not in FLOOR
    ]
    for file in source_files(sources):
        parts = file.relative_to(sources).parts
        room = parts[0] if len(parts) > 1 else None
        if room is not None and room not in FLOOR:
            continue  # named above already
        for other, name in included_rooms(file, sources):
            found.append(complaint(file, room, other, name, sources))
    return [sentence for sentence in found if sentence is not None]


def test_rooms_include_only_lower_floors():
    assert source_files(SOURCES), "no sources were found"
    assert complaints(SOURCES) == []


def test_the_rooms_that_stand_are_seen():
    seen = {other for file in source_files(SOURCES) for other, _ in included_rooms(file, SOURCES)}
    assert {"core", "media", "transcript", "stage", "inference", "speech", "clips"} <= seen


def make_tree(root, files):
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root


def test_a_good_tree_passes(tmp_path):
    tree = make_tree(
        tmp_path,
        {
            "main.cpp": '#include "cli/main.h"\n',
            "cli/main.cpp": '#include "cli/main.h"\n#include "clips/clip.h"\n#include <net/if.h>\n',
            "clips/clip.h": '#include <vector>\n#include "media/reader.h"\n#include "local.h"\n',
            "media/reader_test.cpp": '#include "support/fixture.h"\n#include "core/error.h"\n',
            "core/error.h": "#pragma once\n",
        },
    )
    assert complaints(tree) == []


@pytest.mark.parametrize(
    ("name", "include", "expected"),
    [
        ("core/a.h", '"media/b.h"', "floor 1 may not know media on floor 2"),  # upwards
        ("media/a.cpp", '"stage/b.h"', "floor 2 may not know stage on floor 2"),  # sideways
        ("stage/a.cpp", '"transcript/b.h"', "floor 2 may not know transcript on floor 2"),
        ("transcript/a.cpp", '"media/b.h"', "floor 2 may not know media on floor 2"),
        ("speech/a_test.cpp", '"vision/b.h"', "floor 4 may not know vision on floor 4"),  # tests are no exception
        ("clips/deep/a.cpp", '"jobs/b.h"', "floor 5 may not know jobs on floor 6"),
        ("media/a.h", '"cellar/b.h"', "no room of that name"),
        ("media/a.h", '"../core/b.h"', "no room of that name"),  # a way around the table
        ("media/a.h", '"support/b.h"', "only tests may use"),
        ("media/a.cpp", '"material/b.h"', "only tests may use"),
        ("main.cpp", '"attic/b.h"', "no room of that name"),
    ],
)
def test_each_bad_include_is_found(tmp_path, name, include, expected):
    tree = make_tree(tmp_path, {name: f"#pragma once\n  #  include {include}  // why\n"})
    found = complaints(tree)
    assert len(found) == 1
    assert name in found[0]
    assert expected in found[0]


def test_angle_brackets_do_not_hide_a_room(tmp_path):
    tree = make_tree(tmp_path, {"media/a.h": "#include <stage/b.h>\n", "stage/b.h": ""})
    assert complaints(tree) == ["media/a.h includes stage/b.h: floor 2 may not know stage on floor 2"]


def test_a_room_outside_the_table_is_found(tmp_path):
    tree = make_tree(tmp_path, {"attic/a.cpp": '#include "core/error.h"\n', "core/error.h": ""})
    assert complaints(tree) == ["attic/ is not in the table of floors"]
