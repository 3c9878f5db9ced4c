"""Writes the tables of a JSON file as the data sets' own tools do: with pyarrow and pandas.

Usage: write-with-python.py <tables.json>, a list of
  {"path": …, "kind": "parquet", "columns": {name: type}, "rows": […]} with images as {"bytes": base64, "path": …}
  {"path": …, "kind": "tsv", "columns": [name], "rows": [{name: text}]}
"""

import base64
import json
import sys

import pandas
import pyarrow
import pyarrow.parquet

SIMPLE = {"text": pyarrow.string(), "int64": pyarrow.int64(), "double": pyarrow.float64()}


def type_of(column):
    if isinstance(column, dict):
        return pyarrow.struct([(name, type_of(inner)) for name, inner in column["structure"].items()])
    if column == "texts":
        return pyarrow.list_(pyarrow.string())
    if column == "image":
        return pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])
    return SIMPLE[column]


def value_of(column, value):
    if column == "image" and value is not None:
        return {"bytes": base64.b64decode(value["bytes"]), "path": value["path"]}
    return value


def write_parquet(table):
    columns = table["columns"]
    rows = [{name: value_of(column, row[name]) for name, column in columns.items()} for row in table["rows"]]
    schema = pyarrow.schema([(name, type_of(column)) for name, column in columns.items()])
    pyarrow.parquet.write_table(
        pyarrow.Table.from_pylist(rows, schema=schema), table["path"], row_group_size=7, compression=table["compression"]
    )


def number_or_text(values):
    """Columns of whole numbers become numbers with decimals, as they do in pandas once a cell is empty."""
    numbers = [value for value in values if value != ""]
    if len(numbers) > 0 and len(numbers) == sum(value.isdigit() for value in numbers):
        return [float(value) if value != "" else None for value in values]
    return [value if value != "" else None for value in values]


def write_tsv(table):
    columns = {name: number_or_text([row.get(name, "") for row in table["rows"]]) for name in table["columns"]}
    pandas.DataFrame(columns).to_csv(table["path"], sep="\t", index=False)


for each in json.load(open(sys.argv[1], encoding="utf-8")):
    {"parquet": write_parquet, "tsv": write_tsv}[each["kind"]](each)
