#!/usr/bin/env python3
"""Cleans a table on a Spark cluster of two workers, and holds the result against a plain run, record for record.

    tests/spark.py --bin target/release/newsclean        # with a Python that has PySpark, and Java 17 or later

What runs is examples/spark/clean.py, as the README tells users to start it: on all records, and on some of them with a profile that
was learned on others.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

ROOT = Path(__file__).resolve().parent.parent
CLUSTER = "local-cluster[2,1,1024]"  # two workers of one core and 1024 MB
COUNT = 20_000
HUGE = 5_000_000
SAMPLE = slice(0, 600)  # what the profile is learned on
SOME = slice(6_500, 8_500)  # what is cleaned with it
SCHEMA = "id long, url string, seen timestamp_ntz, text string"
# What breaks a pipe of lines that is not careful: ends of lines to some readers, quotes, and characters outside the base plane.
HOSTILE = ["\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\t", '"', "\\", "\\n", "'", "$HOME", "`id`", "\u0000", "😀", "\ufeff"]

Record = dict[str, object]


def fixture_pages() -> list[str]:
    """The pages of the repository, text and HTML, as far as they are UTF-8."""
    pages = []
    for path in sorted(ROOT.glob("fixtures/*/page.*")):
        try:
            pages.append(path.read_text("utf-8"))
        except UnicodeDecodeError:
            continue
    return pages


def records() -> list[Record]:
    """Pages of all kinds, no two alike; one is missing, one is empty, one is huge."""
    pages = fixture_pages()
    made: list[Record] = []
    for number in range(COUNT):
        page = pages[number % len(pages)]
        sign = HOSTILE[number % len(HOSTILE)]
        last = f"The clerk wrote the number {number} beside{sign}the last of the names that were read out on Monday, and closed the book."
        seen = f"2024-05-06T07:08:09.{number:06}"
        made.append({"id": number, "url": f"https://example.org/{number}?a={sign}", "seen": seen, "text": f"{page}\n{last}\n"})
    made[7_000]["text"] = None
    made[8_000]["text"] = ""
    page = str(made[9_000]["text"])
    made[9_000]["text"] = "\n".join(f"{part}. {page}" for part in range(HUGE // len(page.encode()) + 1))
    return made


def plain_run(binary: Path, made: list[Record], *options: str | Path) -> list[Record]:
    """What one process makes of the records."""
    run = subprocess.run([binary, "--jsonl", *options], input=as_lines(made).encode(), capture_output=True)
    # One record cannot be cleaned.
    if run.returncode != 1:
        sys.exit(f"the plain run ended with {run.returncode}: {run.stderr.decode()}")
    return [json.loads(line) for line in run.stdout.splitlines()]


def as_lines(made: list[Record]) -> str:
    """The records as JSON, one a line."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in made)


def submit(binary: Path, pages: Path, articles: Path, count: int, *options: str | Path) -> str:
    """Runs the job on a table of so many pages and gives its log."""
    job = [ROOT / "examples/spark/clean.py", pages, articles, "--newsclean", binary, *options]
    program = Path(pyspark.__file__).parent / "bin/spark-submit"
    run = subprocess.run([program, "--master", CLUSTER, *job], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if run.returncode != 0 or f"{count} pages cleaned" not in run.stdout:
        sys.exit(f"{run.stdout[-8000:]}\nthe Spark job ended with {run.returncode}")
    return run.stdout


def result(spark: SparkSession, articles: Path) -> list[Record]:
    """The rows of a table as the records that they came from."""
    rows = [row.asDict(recursive=True) for row in spark.read.parquet(str(articles)).sort("id").collect()]
    for row in rows:
        row["seen"] = row["seen"].isoformat(timespec="microseconds")
        if row["newsclean"] is None:
            del row["newsclean"]
    return rows


def compare(expected: list[Record], found: list[Record]) -> None:
    """Ends the test if one record differs."""
    for want, have in zip(expected, found):
        if want != have:
            sys.exit(f"record {want['id']} differs\nplain: {str(want)[:2000]}\nSpark: {str(have)[:2000]}")
    if len(found) != len(expected):
        sys.exit(f"{len(expected)} records from the plain run, {len(found)} from Spark")


def learned(binary: Path, sample: list[Record], folder: Path) -> Path:
    """A profile of the sample's sites."""
    records, profile = folder / "sample.jsonl", folder / "sites.toml"
    records.write_text(as_lines(sample), "utf-8")
    subprocess.run([binary, "learn", "--jsonl", records, "-o", profile], check=True, stderr=subprocess.DEVNULL)
    return profile


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, type=Path, help="the newsclean that is tested")
    binary = parser.parse_args().bin.resolve()
    # A machine whose name leads nowhere is common in CI; and workers must run the Python that has PySpark.
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "SPARK_HOME": str(Path(pyspark.__file__).parent)}

    made = records()
    expected = plain_run(binary, made)
    if (errors := [record["id"] for record in expected if "newsclean" in record]) != [7_000]:
        sys.exit(f"errors in other records than expected: {errors}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile = learned(binary, made[SAMPLE], folder)
        by_profile = plain_run(binary, made[SOME], "--templates", profile)
        if by_profile == expected[SOME]:
            sys.exit("the profile changes nothing")
        spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
        logs = []
        for run, want, options in [("all", expected, []), ("some", by_profile, ["--templates", profile])]:
            source, pages, articles = (folder / f"{run}{end}" for end in (".jsonl", ".parquet", "-articles.parquet"))
            source.write_text("".join(json.dumps(record) + "\n" for record in made[slice(None) if run == "all" else SOME]))
            spark.read.schema(SCHEMA).json(str(source)).repartition(6).write.parquet(str(pages))
            logs.append(submit(binary, pages, articles, len(want), *options))
            compare(want, result(spark, articles))
        spark.stop()
    for log in logs:
        workers = set(re.findall(r"Finished task .* \(executor (\d+)\)", log))
        if workers != {"0", "1"}:
            sys.exit(f"not both workers had work: {sorted(workers)}")
    count = len(by_profile)
    print(f"{COUNT} records, and {count} with a profile: a Spark cluster of {len(workers)} workers and a plain run agree")


if __name__ == "__main__":
    main()
