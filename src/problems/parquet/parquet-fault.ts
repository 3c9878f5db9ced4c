/** What is wrong with a Parquet file, as the end of a sentence whose beginning says where: `is cut off`, `declares …`. */
export class ParquetFault extends Error {
  override readonly name = 'ParquetFault';
}
