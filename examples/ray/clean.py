#!/usr/bin/env python3
"""Cleans the pages of a Parquet table with newsclean, on every core of a Ray cluster.

    python clean.py pages.parquet articles.parquet --newsclean newsclean

The articles stand in the column `text`; all other columns stay. A row that cannot be cleaned stays as it is, with the
reason in `error`. The program must be found under the same name on every machine.
"""

import argparse
import json
import subprocess

import pyarrow as pa
import ray

# Pages that one process cleans: enough that its start costs nothing, few enough that all cores have work.
BATCH = 1000


def clean(pages: pa.Table, command: list[str], field: str) -> pa.Table:
    """The pages with their articles: one process for all, one JSON record for each."""
    lines = [json.dumps({field: page}) for page in pages[field].to_pylist()]
    run = subprocess.run(command, input="\n".join(lines).encode(), stdout=subprocess.PIPE)
    records = [json.loads(line) for line in run.stdout.splitlines()]
    # It ends with 1 if a record could not be cleaned, which that record tells.
    if run.returncode not in (0, 1) or len(records) != len(lines):
        raise RuntimeError(f"newsclean ended with {run.returncode} after {len(records)} of {len(lines)} records")
    pages = put(pages, "text", [record.get("text") for record in records])
    return put(pages, "error", [record.get("newsclean", {}).get("error") for record in records])


def put(table: pa.Table, name: str, values: list[str | None]) -> pa.Table:
    """The table with the values in the column of that name."""
    column = pa.array(values, pa.large_string())
    place = table.schema.get_field_index(name)
    return table.append_column(name, column) if place < 0 else table.set_column(place, name, column)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", help="Parquet table to read")
    parser.add_argument("articles", help="folder to write Parquet files to")
    parser.add_argument("--newsclean", default="newsclean", metavar="FILE", help="the program [default: %(default)s]")
    parser.add_argument("--field", default="text", help="column that holds the pages, as text or HTML [default: %(default)s]")
    parser.add_argument("--templates", metavar="FILE", help="lines of sites, as `newsclean learn` writes them")
    args = parser.parse_args()

    # One thread a batch: Ray works on as many batches as there are cores. What somebody has configured on a machine does not count.
    command = [args.newsclean, "--jsonl", "--field", args.field, "-j1", "--no-config"]
    if args.templates:
        command += ["--templates", args.templates]
    pages = ray.data.read_parquet(args.pages)
    articles = pages.map_batches(clean, fn_args=(command, args.field), batch_size=BATCH, batch_format="pyarrow")
    articles.write_parquet(args.articles)


if __name__ == "__main__":
    main()
