import { PythonLiteralError, readPythonLiteral } from '../python-literal.ts';
import { decodeBase64 } from './decode-base64.ts';

/** What a cell of an image column holds: images, or the `index` of the row whose images it shares. */
export type ImageCell = { readonly images: readonly Buffer[] } | { readonly reference: string };

/** What pandas writes or reads as no value, and people write for it. */
const absent: ReadonlySet<string> = new Set(['', 'nan', 'NaN', 'NA', 'N/A', '<NA>', 'None', 'null', 'NULL']);

/** Up to this length a text names another row; the rule of the readers of this format. */
const longestReference = 64;

/** A cell that holds neither images nor a reference. The message goes on from "The column …". */
export class ImageCellError extends Error {
  override readonly name = 'ImageCellError';
}

/**
 * Reads a cell of an image column: base64, with or without the prefix of a `data:` address; a list of such texts as
 * Python or JSON writes it; the `index` of another row; nothing.
 *
 * @throws {ImageCellError} where it is something else
 */
export function readImageCell(bytes: Buffer): ImageCell {
  const text = bytes.toString('latin1').trim();
  if (absent.has(text)) return { images: [] };
  if (text.startsWith('[') && text.endsWith(']')) return { images: readList(text) };
  const isReference = text.length <= longestReference && !/^data:/i.test(text);
  if (isReference) return { reference: bytes.toString('utf8').trim() };
  return { images: [decode(text, '')] };
}

function readList(text: string): Buffer[] {
  let list: unknown;
  try {
    list = readPythonLiteral(text, text.length);
  } catch (error) {
    if (error instanceof PythonLiteralError) throw new ImageCellError(`holds a list that ${error.message}`);
    throw error;
  }
  if (!Array.isArray(list)) throw new ImageCellError('holds a value where a list of images should be');
  return list.map((item: unknown, index) => {
    const which = ` in place ${index + 1} of its list`;
    if (typeof item !== 'string') throw new ImageCellError(`holds no text${which}`);
    return decode(item, which);
  });
}

function decode(text: string, which: string): Buffer {
  const bytes = decodeBase64(text);
  if (bytes === undefined || bytes.length === 0) {
    const beginning = JSON.stringify(text.slice(0, 24));
    throw new ImageCellError(`holds ${beginning}… (${text.length} characters)${which}, which is not base64`);
  }
  return bytes;
}
