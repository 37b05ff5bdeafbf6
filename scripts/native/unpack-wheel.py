"""Takes the C library and its headers out of a TensorFlow wheel.

python3 unpack-wheel.py WHEEL DEPS   writes DEPS/lib and DEPS/include
"""

import os
import shutil
import sys
import zipfile

LIBRARIES = ("tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2")
INCLUDE = "tensorflow/include/"
HEADERS = tuple(INCLUDE + part for part in ("tensorflow/c/", "tensorflow/core/platform/", "tsl/c/", "tsl/platform/"))


def place_of(name):
    if name in LIBRARIES:
        return os.path.join("lib", os.path.basename(name))
    if name.startswith(HEADERS) and name.endswith(".h"):
        return os.path.join("include", name[len(INCLUDE) :])
    return None


def main(wheel, deps):
    found = 0
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            place = place_of(name)
            if place is None:
                continue
            target = os.path.join(deps, place)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with archive.open(name) as source, open(target, "wb") as copy:
                shutil.copyfileobj(source, copy)
            found += name in LIBRARIES
    if found != len(LIBRARIES):
        sys.exit("The wheel does not hold " + " and ".join(LIBRARIES))


main(*sys.argv[1:])
