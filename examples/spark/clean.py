#!/usr/bin/env python3
"""Cleans the pages of a Parquet table with newsclean, on every core of a Spark cluster.

    spark-submit clean.py pages.parquet articles.parquet --newsclean ./newsclean

The program is shipped to the workers, where nothing needs to be installed. The articles stand in the column `text`; all other
columns stay. A row that cannot be cleaned stays as it is, with the reason in `newsclean.error`.
"""

import argparse
import shlex
from pathlib import Path

from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql.functions import struct, to_json
from pyspark.sql.types import StringType, StructField, StructType

# Rows travel as JSON and back: empty fields are kept, moments to the microsecond, and a line that is none is an error and not a row
# without values.
MOMENT = "yyyy-MM-dd'T'HH:mm:ss.SSSSSS"
JSON = {"ignoreNullFields": "false", "timestampFormat": f"{MOMENT}XXX", "timestampNTZFormat": MOMENT, "mode": "FAILFAST"}
# newsclean ends with 1 if a record could not be cleaned, which its row tells. Anything else fails the task, and Spark tries again.
TOLERANT = '"$0" "$@" || test $? -eq 1'


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", help="Parquet table to read")
    parser.add_argument("articles", help="Parquet table to write")
    parser.add_argument("--newsclean", default="newsclean", metavar="FILE", help="the program [default: %(default)s]")
    parser.add_argument("--field", default="text", help="column that holds the pages, as text or HTML [default: %(default)s]")
    parser.add_argument("--templates", metavar="FILE", help="lines of sites, as `newsclean learn` writes them")
    return parser.parse_args()


def ship(spark: SparkSession, file: str) -> str:
    """Sends a file to all workers, and says how a task calls it there."""
    spark.sparkContext.addFile(file)
    name = Path(file).name
    # In local mode tasks run in the folder of this script; on a cluster, in that of the files.
    is_local = spark.sparkContext.master.partition("[")[0] == "local"
    return SparkFiles.get(name) if is_local else f"./{name}"


def result_schema(pages: StructType) -> StructType:
    """The columns of the pages, and what newsclean adds."""
    error = StructType([StructField("error", StringType())])
    columns = [column for column in pages if column.name != "newsclean"]
    if "text" not in pages.names:
        columns.append(StructField("text", StringType()))
    return StructType([*columns, StructField("newsclean", error)])


def main() -> None:
    args = arguments()
    spark = SparkSession.builder.appName("newsclean").getOrCreate()
    pages = spark.read.parquet(args.pages)

    # One thread a task: Spark runs as many tasks as there are cores. What somebody has configured on a worker does not count.
    command = ["sh", "-c", TOLERANT, ship(spark, args.newsclean), "--jsonl", "--field", args.field, "-j1", "--no-config"]
    if args.templates:
        command += ["--templates", ship(spark, args.templates)]

    records = pages.select(to_json(struct("*"), JSON)).rdd.map(lambda row: row[0])
    lines = records.pipe(shlex.join(command), checkCode=True)
    articles = spark.read.schema(result_schema(pages.schema)).options(**JSON).json(lines)
    articles.write.parquet(args.articles)

    before, after = pages.count(), spark.read.parquet(args.articles).count()
    if before != after:
        raise SystemExit(f"{before} pages went in and {after} came out: the logs of the workers say why")
    print(f"{after} pages cleaned")
    spark.stop()


if __name__ == "__main__":
    main()
