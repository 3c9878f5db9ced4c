"""Writes the Parquet files of test/problems/parquet/fixtures, each with what pyarrow reads back (.json).

Usage: python write-parquet-fixtures.py <folder>    (pyarrow 26.0.1)
"""

import base64
import datetime
import decimal
import json
import math
import pathlib
import struct
import sys
import zlib

import pyarrow
import pyarrow.parquet as parquet
import pyarrow.parquet.encryption as encryption

folder = pathlib.Path(sys.argv[1])


def png(shade):
    """A picture of one grey pixel."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes([0, shade]), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


image = pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])


def hub_rows():
    """Rows as the Hugging Face hub stores visual questions; every third repeats a picture."""
    rows = []
    for index in range(10):
        picture = {"bytes": png(20 * (index - index % 3)), "path": f"{index}.png"}
        rows.append(
            {
                "id": str(index),
                "question": f"How many sides has figure {index}? «ß»",
                "image": f"images/{index}.png",
                "decoded_image": [picture, None, {"bytes": None, "path": f"elsewhere/{index}.png"}][0 if index < 6 else index % 3],
                "pages": [[picture, {"bytes": png(255), "path": None}], [], None][index % 3],
                "raw": png(7) if index % 2 else None,
                "raws": [png(1), png(2)] if index == 4 else None,
                "choices": [["3", "4", None], [], None][index % 3],
                "precision": [None, 1.0, 2.0][index % 3],
                "pid": 2**60 + index if index == 9 else index,
                "solved": [True, False, None][index % 3],
                "metadata": None if index == 5 else {"subject": "geometry", "levels": [index, None], "nested": {"a": None if index % 2 else "x"}},
                "nothing": None,
            }
        )
    return rows


hub_schema = pyarrow.schema(
    [
        ("id", pyarrow.string()),
        ("question", pyarrow.string()),
        ("image", pyarrow.string()),
        ("decoded_image", image),
        ("pages", pyarrow.list_(image)),
        ("raw", pyarrow.binary()),
        ("raws", pyarrow.list_(pyarrow.large_binary())),
        ("choices", pyarrow.list_(pyarrow.string())),
        ("precision", pyarrow.float64()),
        ("pid", pyarrow.int64()),
        ("solved", pyarrow.bool_()),
        (
            "metadata",
            pyarrow.struct(
                [
                    ("subject", pyarrow.string()),
                    ("levels", pyarrow.list_(pyarrow.int32())),
                    ("nested", pyarrow.struct([("a", pyarrow.string())])),
                ]
            ),
        ),
        ("nothing", pyarrow.null()),
    ]
)
image_columns = ["decoded_image", "pages", "raw", "raws"]


def type_table():
    """The other types, 12 rows each with nulls."""
    moment = datetime.datetime(2024, 2, 29, 12, 30, 15, 250000)
    every = range(12)
    some = lambda make: [None if index % 5 == 3 else make(index) for index in every]
    return pyarrow.table(
        {
            "large": pyarrow.array(some(lambda index: f"text {index} ✓"), pyarrow.large_string()),
            "category": pyarrow.array(some(lambda index: "abc"[index % 3])).dictionary_encode(),
            "small": pyarrow.array(some(lambda index: index - 6), pyarrow.int8()),
            "unsigned": pyarrow.array(some(lambda index: 2**64 - 1 - index), pyarrow.uint64()),
            "single": pyarrow.array(some(lambda index: index / 4), pyarrow.float32()),
            "half": pyarrow.array(some(lambda index: index / 4), pyarrow.float16()),
            "number": pyarrow.array(some(lambda index: math.nan if index == 2 else index / 3), pyarrow.float64()),
            "price": pyarrow.array(some(lambda index: decimal.Decimal(index) / 4), pyarrow.decimal128(10, 2)),
            "day": pyarrow.array(some(lambda index: moment.date() + datetime.timedelta(index))),
            "second": pyarrow.array(some(lambda index: moment + datetime.timedelta(hours=index)), pyarrow.timestamp("us")),
            "zoned": pyarrow.array(some(lambda index: moment), pyarrow.timestamp("ms", "UTC")),
            "grid": pyarrow.array(some(lambda index: [[1, 2], [], None, [index]][: index % 5]), pyarrow.list_(pyarrow.list_(pyarrow.int64()))),
            "points": pyarrow.array(some(lambda index: [{"x": index, "y": None}, None][: index % 3]), pyarrow.list_(pyarrow.struct([("x", pyarrow.int16()), ("y", pyarrow.string())]))),
            "pairs": pyarrow.array(some(lambda index: [("k", index)]), pyarrow.map_(pyarrow.string(), pyarrow.int32())),
            "sorted": pyarrow.array([f"prefix {index:04}" for index in every]),
            "count": pyarrow.array([index * index for index in every], pyarrow.int32()),
        }
    )


def told(value):
    """A value as the reader should give it."""
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53 - 1:
        return str(value)
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, list) and value and all(isinstance(item, tuple) for item in value):
        return {key: told(inner) for key, inner in value}
    if isinstance(value, list):
        return [told(item) for item in value]
    if isinstance(value, dict):
        return {key: told(item) for key, item in value.items()}
    return value


def write(name, table, **options):
    path = folder / f"{name}.parquet"
    parquet.write_table(table, path, **options)
    rows = [told(row) for row in parquet.read_table(path).to_pylist()]
    (folder / f"{name}.json").write_text("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n")


class Keys(encryption.KmsClient):
    """Wraps keys by not hiding them."""

    def __init__(self, configuration):
        encryption.KmsClient.__init__(self)

    def wrap_key(self, key, master):
        return base64.b64encode(key)

    def unwrap_key(self, key, master):
        return base64.b64decode(key)


def write_encrypted(name, plaintext_footer):
    factory = encryption.CryptoFactory(Keys)
    configuration = encryption.EncryptionConfiguration(footer_key="f", column_keys={"c": ["secret"]}, plaintext_footer=plaintext_footer)
    properties = factory.file_encryption_properties(encryption.KmsConnectionConfig(), configuration)
    table = pyarrow.table({"id": ["1", "2"], "secret": ["a", "b"]})
    with parquet.ParquetWriter(folder / f"{name}.parquet", table.schema, encryption_properties=properties) as writer:
        writer.write_table(table)


hub = pyarrow.Table.from_pylist(hub_rows(), hub_schema)
write("hub-snappy", hub, row_group_size=4)
write("hub-zstd-page-index", hub, compression="zstd", row_group_size=5, write_page_index=True, write_page_checksum=True)
write("hub-plain-pages", hub, compression="none", use_dictionary=False, data_page_size=64, write_batch_size=2)
write("types-gzip", type_table(), compression="gzip")
write("types-brotli-2", type_table(), compression="brotli", data_page_version="2.0", version="1.0")
write("types-lz4", type_table(), compression="lz4", row_group_size=7, data_page_version="2.0")
write(
    "types-encodings",
    type_table(),
    use_dictionary=False,
    compression="zstd",
    column_encoding={
        "large": "DELTA_LENGTH_BYTE_ARRAY",
        "sorted": "DELTA_BYTE_ARRAY",
        "count": "DELTA_BINARY_PACKED",
        "unsigned": "DELTA_BINARY_PACKED",
        "number": "BYTE_STREAM_SPLIT",
    },
)
write_encrypted("encrypted-columns", True)
write_encrypted("encrypted-whole", False)
parquet.write_table(hub.slice(0, 0), folder / "empty.parquet")
