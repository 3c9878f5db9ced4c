import { readChunks } from './read-chunks.ts';
import { tsvError } from './tsv-error.ts';
import { type FieldReader, type TsvRecord, TsvSplitter } from './tsv-splitter.ts';

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The rows of a tab-separated file, the header first. Memory holds one row at a time.
 *
 * @throws {SynthrlError} `DATA_INVALID` naming file and line where the file cannot be read, is UTF-16 or binary, or ends
 * within a quoted field
 */
export async function* readRecords<Field>(path: string, reader: FieldReader<Field>): AsyncGenerator<TsvRecord<Field>> {
  const splitter = new TsvSplitter(reader);
  let isFirst = true;
  for await (const chunk of readChunks(path)) {
    if (isFirst && isUtf16(chunk)) throw tsvError(path, 'is not UTF-8 text; it looks like UTF-16', 'Save it as UTF-8.');
    const text = isFirst && chunk.subarray(0, 3).equals(byteOrderMark) ? chunk.subarray(3) : chunk;
    isFirst = false;
    const zero = text.indexOf(0);
    yield* splitter.rows(zero < 0 ? text : text.subarray(0, zero));
    if (zero >= 0) throw tsvError(`${path}:${splitter.line}`, 'has a zero byte; the file is no text, or damaged');
  }
  const { openQuoteLine } = splitter;
  if (openQuoteLine !== undefined) {
    throw tsvError(
      `${path}:${openQuoteLine}`,
      'begins a field with a quotation mark, and the file ends before the closing one',
      'The file is cut off: download it again. Or the mark is part of the text: then quote the field and double the mark.',
    );
  }
  const last = splitter.end();
  if (last !== undefined) yield last;
}

function isUtf16(chunk: Buffer): boolean {
  const mark = chunk.length >= 2 ? chunk.readUInt16BE(0) : 0;
  return mark === 0xfffe || mark === 0xfeff || chunk.subarray(0, 64).includes(0);
}
