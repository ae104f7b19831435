#!/usr/bin/env python3
"""Removes each guard of core in a copy of the project, and shows that a test fails without it.

Usage: guards.py [--only TEXT] [--rows FROM-TO] [--list]

The guards are in guards.txt. Each has a name, a file, the text to find (lines with "-"), the text that replaces it (lines
with "+", or none) and one or more tests (class#method). The copy is compiled once, with Maven (environment variable MVN,
"mvn" if unset). All tests must pass there. Then each mutant is one javac of the changed file into a folder in front of the
class path, and one JVM with its tests. A test that does not end within two minutes counts as failed.

Prints a table. Exits with 1 if a mutant survives, if a text is not found exactly once, or if a mutant does not compile.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[3]
SOURCES = pathlib.Path("core/src/main/java/dev/touchstone")
SECONDS = 120


class Guard:
    def __init__(self, name):
        self.name = name
        self.file = None
        self.find = []
        self.put = []
        self.tests = []

    def text(self):
        return "\n".join(self.find)

    def replacement(self):
        return "\n".join(self.put)


def read_guards():
    guards = []
    for number, line in enumerate((HERE / "guards.txt").read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("guard: "):
            guards.append(Guard(line[7:].strip()))
        elif line.startswith("file: "):
            guards[-1].file = line[6:].strip()
        elif line.startswith("test: "):
            guards[-1].tests.append("dev.touchstone." + line[6:].strip())
        elif line[0] == "-":
            guards[-1].find.append(line[1:])
        elif line[0] == "+":
            guards[-1].put.append(line[1:])
        else:
            sys.exit(f"guards.txt:{number}: a line begins with guard:, file:, test:, - or +, not \"{line}\"")
    for guard in guards:
        if not (guard.file and guard.find and guard.tests):
            sys.exit(f"guards.txt: \"{guard.name}\" needs a file, a text to find and a test")
    return guards


def changed(guard, sources):
    """Returns the changed source of a guard's file; None if the text does not occur exactly once."""
    source = (sources / guard.file).read_text(encoding="utf-8")
    return source.replace(guard.text(), guard.replacement()) if source.count(guard.text()) == 1 else None


def copy_project(target):
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT, check=True, stdout=subprocess.PIPE).stdout.decode().split("\0")
    for name in filter(None, names):
        if (PROJECT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, target / name)


def compile_copy(copy):
    """Compiles core and its tests; returns the class path of the tests."""
    listed = copy / "classpath"
    subprocess.run(
        [os.environ.get("MVN", "mvn"), "-o", "-B", "-ntp", "-q", "-pl", "core", "-Dspotless.check.skip=true",
         "test-compile", "dependency:build-classpath", "-Dmdep.includeScope=test", f"-Dmdep.outputFile={listed}"],
        cwd=copy, check=True, stdout=sys.stderr)
    jars = listed.read_text().strip().split(os.pathsep)
    engine = next(jar for jar in jars if pathlib.Path(jar).name.startswith("junit-platform-engine-"))
    launcher = engine.replace("junit-platform-engine", "junit-platform-launcher")
    if launcher not in jars:
        jars.append(launcher)
    target = copy / "core" / "target"
    path = os.pathsep.join([str(target / "classes"), str(target / "test-classes"), *jars])
    compile_with_javac(HERE / "RunTests.java", path, target / "test-classes")
    return path


def compile_with_javac(file, path, into):
    """Compiles one file; returns what javac prints, or nothing if it compiles."""
    into.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["javac", "--release", "17", "-proc:none", "-implicit:none", "-nowarn", "-encoding", "UTF-8",
         "-cp", path, "-d", str(into), str(file)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.stdout if done.returncode else ""


def run_tests(tests, path, folder, seconds):
    """Runs tests; returns 0 if they pass, 1 if one fails or does not end, anything else if they do not run."""
    try:
        done = subprocess.run(
            ["java", "-Xmx512m", "-cp", path, "RunTests", *tests],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return 1, "did not end"
    return done.returncode, done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help="guards whose name or file contains this text")
    parser.add_argument("--rows", help="guards with these numbers, such as 1-10")
    parser.add_argument("--list", action="store_true", help="check that every text is found, and run nothing")
    options = parser.parse_args()

    rows = list(enumerate(read_guards(), 1))
    if options.only:
        rows = [(n, g) for n, g in rows if options.only.lower() in (g.name + " " + g.file).lower()]
    if options.rows:
        first, _, last = options.rows.partition("-")
        rows = [(n, g) for n, g in rows if int(first) <= n <= int(last or first)]
    if not rows:
        sys.exit("no guard is chosen")

    lost = [f"{n} {g.name}" for n, g in rows if changed(g, PROJECT / SOURCES) is None]
    if lost:
        sys.exit("the text of these guards is not found exactly once: " + "; ".join(lost))
    if options.list:
        for number, guard in rows:
            print(f"| {number} | {guard.name} | {', '.join(guard.tests)} |")
        return

    failed = []
    with tempfile.TemporaryDirectory(prefix="guards-") as folder:
        copy = pathlib.Path(folder)
        copy_project(copy)
        path = compile_copy(copy)
        tests = sorted({test for _, guard in rows for test in guard.tests})
        code, output = run_tests(tests, path, copy / "core", 20 * SECONDS)
        if code:
            sys.exit("a test fails although every guard is there:\n" + output[-5000:])
        print("| | guard | test | red? |")
        print("|---:|---|---|---|")
        for number, guard in rows:
            patch = copy / "patch" / str(number)
            mutant = copy / "mutant" / str(number) / pathlib.Path(guard.file).name
            mutant.parent.mkdir(parents=True)
            mutant.write_text(changed(guard, copy / SOURCES), encoding="utf-8")
            problem = compile_with_javac(mutant, path, patch)
            if problem:
                verdict = "does not compile"
                print(problem, file=sys.stderr)
            else:
                survived = []
                for test in guard.tests:
                    code, output = run_tests([test], str(patch) + os.pathsep + path, copy / "core", SECONDS)
                    if code != 1:
                        survived.append(test if code == 0 else f"{test} does not run")
                verdict = "yes" if not survived else "NO: " + ", ".join(survived)
            if verdict != "yes":
                failed.append(f"{number} {guard.name}")
            names = ", ".join(test[len("dev.touchstone."):] for test in guard.tests)
            print(f"| {number} | {guard.name} | `{names}` | {verdict} |", flush=True)
    if failed:
        sys.exit("not red: " + "; ".join(failed))


if __name__ == "__main__":
    main()
