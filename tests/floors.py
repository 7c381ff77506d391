#!/usr/bin/env python3
"""Hold newsclean's figures against tests/floors.toml (standard library only).

    tests/floors.py --bin target/release/newsclean --eval ../shared/eval

Runs inject.py (every kind) and score.py (tracks harm, text and html), prints each figure that has a floor, and ends with 1 if one is
missed. A floor is only raised, except with a reason in the commit message: it keeps what was reached.
"""
import argparse, json, pathlib, subprocess, sys, tempfile, tomllib

FLOORS = pathlib.Path(__file__).resolve().with_name('floors.toml')
AT_MOST = {'lost', 'left'}  # of these, less is better

def figures(binary, scripts, section, folder):
    """The figures of one section of floors.toml, as the script writes them."""
    script, args = {'inject': ('inject.py', []), 'harm': ('score.py', ['--track', 'harm']), 'text': ('score.py', ['--track', 'text']),
                    'html': ('score.py', ['--track', 'html'])}[section]
    out = pathlib.Path(folder) / f'{section}.json'
    run = subprocess.run([sys.executable, scripts / script, '--bin', binary, '--json', out, *args], stdout=subprocess.DEVNULL)
    if run.returncode != 0:
        sys.exit(f'{script} {" ".join(args)}: exit code {run.returncode}')
    return json.loads(out.read_text())

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--bin', required=True, type=pathlib.Path)
    ap.add_argument('--eval', required=True, type=pathlib.Path, help='folder of inject.py and score.py')
    ap.add_argument('--only', choices=['inject', 'harm', 'text', 'html'], help='one section')
    a = ap.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for section, rows in tomllib.loads(FLOORS.read_text()).items():
            if a.only and section != a.only:
                continue
            have = figures(a.bin.resolve(), a.eval.resolve(), section, folder)
            for row, floors in rows.items():
                for name, floor in floors.items():
                    value = have[row][name]
                    bad = value > floor if name in AT_MOST else value < floor
                    missed += bad
                    sign = '<=' if name in AT_MOST else '>='
                    print(f'{section:8}{row:14}{name:12}{value:9.5f} {sign} {floor:<9}{" MISSED" if bad else ""}')
    if missed:
        sys.exit(f'{missed} figures miss their floor in {FLOORS.name}')

if __name__ == '__main__':
    main()
