"""Panels from incident files: 20 million rows on one machine, and the same lines on PySpark."""

import shutil
import subprocess
import sys
from datetime import date

import ibis
import pytest

from lecen.science.panel import build_panel, checksum

SPAN = {"period": "month", "first": date(2010, 1, 1), "last": date(2019, 12, 31)}
ROWS, UNITS, DAYS = 20_000_000, 18_000, 3652
MAKE = """
COPY (SELECT (hash(i) % {units})::INT AS unit, DATE '2010-01-01' + (hash(i * 7 + 1) % {days})::INT AS at
      FROM range({rows}) rows(i)) TO '{path}' (FORMAT parquet)
"""
# In a process of its own, so that what is measured is the panel alone.
COUNT = """
import resource, sys, time
import ibis
from datetime import date
from lecen.science.panel import build_panel
folder = sys.argv[1]
begun = time.perf_counter()
engine = ibis.duckdb.connect()
incidents, units = engine.read_parquet(folder + "/incidents.parquet"), engine.read_parquet(folder + "/units.parquet")
panel = build_panel(incidents, units, period="month", first=date(2010, 1, 1), last=date(2019, 12, 31),
                    lags=[1, 12], windows=[12])
panel.to_parquet(folder + "/panel.parquet")
taken = time.perf_counter() - begun
row = engine.read_parquet(folder + "/panel.parquet").agg(
    rows=ibis._.count(), counted=ibis._.incidents.sum()).to_pandas().iloc[0]
print(f"{taken:.1f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} {row.loc['rows']:.0f} {row.loc['counted']:.0f}")
"""


def _make(folder, rows: int, units: int) -> None:
    engine = ibis.duckdb.connect()
    engine.raw_sql(MAKE.format(rows=rows, units=units, days=DAYS, path=folder / "incidents.parquet"))
    engine.raw_sql(
        f"COPY (SELECT i::INT AS unit, 1000 + i AS population FROM range({units}) rows(i)) "
        f"TO '{folder / 'units.parquet'}' (FORMAT parquet)"
    )


def bench_twenty_million_incidents(tmp_path):
    _make(tmp_path, ROWS, UNITS)
    done = subprocess.run([sys.executable, "-c", COUNT, tmp_path], capture_output=True, text=True, check=True)
    seconds, gigabytes, rows, counted = done.stdout.split()[-4:]  # DuckDB draws its progress before it

    assert (int(rows), int(counted)) == (UNITS * 120, ROWS)
    print(
        f"\n20,000,000 incidents to 18,000 units x 120 months: {seconds} s, {gigabytes} GiB at the peak (aim 15 s, 1.5 GB)"
    )


@pytest.fixture
def spark(monkeypatch):
    if shutil.which("java") is None:
        pytest.skip("PySpark needs Java 17: apt-get install openjdk-17-jre-headless")
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield ibis.pyspark.connect(session)
    session.stop()


@pytest.mark.filterwarnings("ignore")  # PySpark 4.3 calls pandas 3 by older names, in many places
def bench_the_same_lines_on_spark(tmp_path, spark):
    _make(tmp_path, 100_000, 200)
    sums = {}
    for engine in (ibis.duckdb.connect(), spark):
        tables = [engine.read_parquet(str(tmp_path / f"{name}.parquet")) for name in ("incidents", "units")]
        sums[engine.name] = checksum(build_panel(*tables, **SPAN, lags=[1], windows=[12]))

    assert sums["duckdb"] == sums["pyspark"]
    print(f"\n100,000 incidents on DuckDB and on PySpark: the same checksum {sums['duckdb'][:12]}...")
