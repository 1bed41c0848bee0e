"""What is known of the mutants of a run, kept from pass to pass; .ci/source-mutants calls it.

`found.tsv` in the folder of a run has a line for each answer: kind, digest of the mutated file, name. An
answer counts as long as the file is the same. Of several answers the strongest counts.
"""

import collections
import glob
import hashlib
import os
import re
import shutil
import sys

KINDS = ["missed", "timeout", "caught", "unviable"]
SURVIVORS = ".cargo/mutants-survivors.txt"


def lines(path):
    try:
        return [line.rstrip("\n") for line in open(path, encoding="utf-8")]
    except FileNotFoundError:
        return []


def write(path, some):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in some)


def file_of(name):
    return name.split(":", 1)[0]


def choose(results, tree, most):
    """Which mutants are tried: all, or as many as may be, evenly."""
    for earlier in glob.glob(f"{results}/*/mutants.out"):
        end(results, os.path.basename(os.path.dirname(earlier)))
    names, most = lines(f"{results}/listed.txt"), int(most)
    step = max(1, -(-len(names) // most)) if most else 1
    write(f"{results}/chosen.txt", names[::step])
    files = sorted({file_of(name) for name in names})
    digests = [hashlib.sha256(open(f"{tree}/{file}", "rb").read()).hexdigest() for file in files]
    write(f"{results}/digests.tsv", [f"{file}\t{digest}" for file, digest in zip(files, digests)])


def found(results):
    """The strongest answer to each mutant there is one of."""
    digests = dict(line.split("\t") for line in lines(f"{results}/digests.tsv"))
    strongest = {}
    for line in lines(f"{results}/found.tsv"):
        kind, digest, name = line.split("\t")
        if digests.get(file_of(name)) == digest:
            strongest[name] = max(kind, strongest.get(name, kind), key=KINDS.index)
    return strongest


def begin(results, tree, name, package):
    """Tells cargo-mutants what to leave out, as if caught before; exit code 1 where nothing is left."""
    folder = f"crates/{package.removeprefix('claimproof-')}/"
    known, chosen = found(results), set(lines(f"{results}/chosen.txt"))
    listed = [one for one in lines(f"{results}/listed.txt") if one.startswith(folder)]
    left_out = [one for one in listed if one not in chosen or known.get(one, "missed") != "missed"]
    shutil.rmtree(f"{results}/{name}", ignore_errors=True)
    write(f"{results}/{name}/mutants.out/previously_caught.txt", left_out)
    sys.exit(0 if len(left_out) < len(listed) else 1)


def end(results, name):
    """Keeps what a pass found, whole or cut short."""
    digests = dict(line.split("\t") for line in lines(f"{results}/digests.tsv"))
    with open(f"{results}/found.tsv", "a", encoding="utf-8") as file:
        for kind in KINDS:
            for one in lines(f"{results}/{name}/mutants.out/{kind}.txt"):
                file.write(f"{kind}\t{digests[file_of(one)]}\t{one}\n")


def figures(of, answers, listed):
    count = collections.Counter(answers.get(name, "not run") for name in listed)
    viable = count["caught"] + count["timeout"] + count["missed"]
    rest = f"; {count['not run']} not run" if count["not run"] else ""
    return (
        f"{of}: {viable} viable mutants: {count['caught']} caught, {count['timeout']} hung, "
        f"{count['missed']} survive; {count['unviable']} do not compile{rest}"
    )


def survivors():
    """The list by name, and what is wrong with it."""
    listed, faults = [], []
    stated = [line for line in lines(SURVIVORS) if line and not line.startswith("#")]
    for line, after in zip(stated, stated[1:] + [""]):
        if not line.startswith(" "):
            listed.append(line)
            if not after.startswith(" "):
                faults.append(f"listed without a reason: {line}")
    return collections.Counter(listed), faults


def package_of(name):
    return re.sub(r"^(crates/)?([^/]+)/.*", r"\2", name)


def sum_up(results, mode, *cut):
    listed, answers = lines(f"{results}/listed.txt"), found(results)
    parts = collections.defaultdict(list)
    for name in listed:
        parts[package_of(name)].append(name)
    print(*(figures(part, answers, names) for part, names in parts.items()), figures("all", answers, listed), sep="\n")
    plain = re.compile(r"^([^:]+):\d+:\d+: ")
    cut = [package.removeprefix("claimproof-") for package in cut]
    alive = [name for name in listed if answers.get(name) == "missed"]
    for name in [name for name in alive if package_of(name) in cut]:
        print(f"CUT: survives so far, not tried by all tests: {name}")
        alive.remove(name)
    named = collections.defaultdict(list)
    for name in alive:
        named[plain.sub(r"\1: ", name)].append(name)
    known, faults = survivors()
    for name, all_of_it in named.items():
        faults += [f"survives and is not listed: {one}" for one in all_of_it[known[name] :]]
    if mode != "changed":
        for name, times in known.items():
            faults += [f"listed and no survivor: {name}"] * (times - len(named[name]))
        faults += [f"not run: {name}" for name in listed if name not in answers]
        if len(alive) * 50 >= len([kind for kind in answers.values() if kind != "unviable"]):
            faults.append("two in a hundred survive, or more")
    elif missing := len([name for name in listed if name not in answers]):
        print(f"CUT: {missing} of {len(listed)} mutants of the changed lines were not run (60 mutants, 4 minutes)")
    print(*faults, sep="\n", end="\n" if faults else "")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    {"choose": choose, "begin": begin, "end": end, "sum": sum_up}[sys.argv[1]](*sys.argv[2:])
