import { errorMessage, SynthrlError } from '../core/errors.ts';
import { ZipFile } from '../problems/zip/zip-file.ts';
import type { PlacedRecord } from './records.ts';

/** Text of one sheet or of the table of strings: some 5,000 rows with full cells. */
const largestMemberBytes = 400 * 1024 * 1024;
/** Excel keeps no more characters of a cell. */
const longestCell = 32_767;
/** A formula's cell: its place and what was typed, up to a length that an equation typed by a model stays below. */
const formulaCell = /<c r="([A-Z]{1,3}\d{1,7})"[^>]{0,200}><f[^>]{0,200}>([^<]{0,40000})<\/f>/g;

interface Sheet {
  readonly rows: readonly PlacedRecord[];
  readonly notes: () => readonly string[];
}

/**
 * The first sheet of an .xlsx workbook as records by the names in its first row. Numbers and yes/no become text as Python
 * would write it; an empty cell is ''. A formula becomes the text that was typed: a response that begins with `=` is one
 * to some writers of this format.
 *
 * @throws {SynthrlError} `IMPORT_INVALID` where it is no such workbook or beyond 400 MiB of text
 */
export async function openSheet(path: string): Promise<Sheet> {
  const formulas = await checkMembers(path);
  const { readSheet } = await import('read-excel-file/node');
  const cells = await readSheet(path, { trim: false }).catch((cause: unknown) => {
    throw new SynthrlError('IMPORT_INVALID', `${path} is not a workbook that can be read: ${errorMessage(cause)}.`, {
      cause,
    });
  });
  const [head, ...body] = cells;
  const columns = (head ?? []).map((name) => cellText(name).trim());
  const rows = body.map((cells, row): PlacedRecord => {
    const value = columns.map((name, column) => {
      const formula = formulas.get(`${columnName(column)}${row + 2}`);
      return [name, formula ?? cellText(cells[column] ?? '')] as const;
    });
    return { value: Object.fromEntries(value), where: `${path}, row ${row + 2}` };
  });
  return { rows, notes: () => notesOf(rows, formulas.size) };
}

/**
 * Inflates what the reader will inflate once under a limit, since it knows none itself.
 *
 * @returns what was typed, by the place of each formula in the first sheet
 */
async function checkMembers(path: string): Promise<Map<string, string>> {
  const formulas = new Map<string, string>();
  const zip = await ZipFile.open(path);
  try {
    for (const name of zip.members.keys()) {
      if (!/^(?:xl\/|\[Content_Types\]).*\.(?:xml|rels)$/.test(name)) continue;
      const bytes = await zip.read(name, largestMemberBytes);
      if (name !== 'xl/worksheets/sheet1.xml') continue;
      if (bytes.includes('<f')) {
        for (const [, place = '', typed = ''] of bytes.toString('utf8').matchAll(formulaCell)) {
          formulas.set(place, `=${unescaped(typed)}`);
        }
      }
    }
  } catch (cause) {
    if (!(cause instanceof SynthrlError)) throw cause;
    throw new SynthrlError('IMPORT_INVALID', `${path} is not a workbook that can be read: ${cause.message}`, { cause });
  } finally {
    await zip.close();
  }
  return formulas;
}

function cellText(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return cell ? 'True' : 'False';
  if (cell instanceof Date) return cell.toISOString();
  return cell === null || cell === undefined ? '' : String(cell);
}

function notesOf(rows: readonly PlacedRecord[], formulas: number): string[] {
  const cut = rows.filter(({ value }) => String(value['prediction'] ?? '').length === longestCell).length;
  return [
    ...(cut === 0
      ? []
      : [`${cut} responses are exactly ${longestCell} characters long, which is where Excel cuts a cell.`]),
    ...(formulas === 0 ? [] : [`${formulas} cells are formulas; what was typed is taken as text.`]),
  ];
}

/** A, B, …, Z, AA, … for 0, 1, … */
function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}

function unescaped(xml: string): string {
  const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return xml.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => characters[name] ?? '');
}
