import type { IncomingMessage } from 'node:http';
import { errorMessage } from '../../core/errors.ts';
import { type ReadGradingItem, readGradingItem } from './grading-item.ts';
import { ItemSplitter } from './item-splitter.ts';
import { RequestError } from './request-error.ts';

/** Most items of one batch, and most characters of their responses. */
const batchItems = 256;
const batchCharacters = 1 << 20;

/**
 * The items of a request's body in batches, as they arrive. Nothing is read while the one who asks is busy, and so the
 * sender waits.
 *
 * @throws {RequestError} 400 with item and field, 413 as soon as the body is longer than `maxBytes`
 */
export async function* readItems(request: IncomingMessage, maxBytes: number): AsyncGenerator<ReadGradingItem[]> {
  const splitter = new ItemSplitter();
  let bytes = 0;
  let index = 0;
  let batch: ReadGradingItem[] = [];
  let characters = 0;
  // The connection is still needed for the answer when reading ends early.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLong(maxBytes);
    for (const found of splitter.push(chunk)) {
      const item = parseItem(found, index);
      index += 1;
      batch.push(item);
      characters += item.response.length;
      if (batch.length < batchItems && characters < batchCharacters) continue;
      yield batch;
      batch = [];
      characters = 0;
    }
  }
  splitter.end();
  if (batch.length > 0) yield batch;
}

/** The refusal of a body that is too long. */
export function tooLong(maxBytes: number): RequestError {
  const megabytes = (maxBytes / (1 << 20)).toFixed(maxBytes % (1 << 20) === 0 ? 0 : 3);
  return new RequestError(
    413,
    `A body may have at most ${maxBytes} bytes (${megabytes} MiB). Send the items in parts.`,
  );
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parseItem(bytes: Buffer, index: number): ReadGradingItem {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch (error) {
    throw new RequestError(400, `items[${index}] is not JSON in UTF-8: ${errorMessage(error)}`, { item: index });
  }
  const read = readGradingItem(value);
  if ('item' in read) return read.item;
  throw new RequestError(400, `items[${index}]${read.field === '' ? '' : `.${read.field}`}: ${read.problem}`, {
    item: index,
    ...(read.field === '' ? {} : { field: read.field }),
  });
}
