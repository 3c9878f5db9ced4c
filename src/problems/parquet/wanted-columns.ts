import type { SchemaElement } from 'hyparquet';
import { getMaxDefinitionLevel, getMaxRepetitionLevel, isListLike } from 'hyparquet/src/schema.js';
import type { Leaf, WantedColumn } from './leaf.ts';
import { listNames, ParquetFault } from './parquet-fault.ts';
import { leafPaths, type SchemaNode } from './schema-tree.ts';

/** What is to be read of each row. */
export interface Wanted {
  /** Names of image columns. */
  readonly images: readonly string[];
  /** Whether the image columns are read at all. */
  readonly readsImages: boolean;
  /** Names of the other columns; undefined reads all. */
  readonly columns: readonly string[] | undefined;
}

/**
 * The columns to read, in the order of the file. Bare bytes are left out, since nothing but an image column may hold
 * them (a preview beside the image could take gigabytes), except where `columns` names them: then they are read as
 * text, which old writers store unmarked.
 *
 * @throws {ParquetFault} where a named column is missing, or an image column holds something else
 */
export function wantedColumns(tree: SchemaNode, wanted: Wanted): WantedColumn[] {
  const names = tree.children.map(({ element }) => element.name);
  for (const name of [...wanted.images, ...(wanted.columns ?? [])]) {
    if (!names.includes(name)) throw new ParquetFault(`has no column "${name}"; its columns are ${listNames(names)}`);
  }
  return tree.children.flatMap((node) => {
    const { name } = node.element;
    if (wanted.images.includes(name)) return wanted.readsImages ? [imageColumn(tree, node)] : [];
    if (wanted.columns?.includes(name) === false) return [];
    const kept = wanted.columns === undefined ? without(node, isBareBytes) : node;
    return kept === undefined ? [] : [column(tree, kept, false)];
  });
}

function imageColumn(root: SchemaNode, node: SchemaNode): WantedColumn {
  const item = isListLike(node) ? itemOf(node) : node;
  const isStructure = item.children.some(({ element }) => element.name === 'bytes' && isBareBytes(element));
  const isFlat =
    item.children.length === 0 && (isBareBytes(item.element) || isText(item.element) || isNull(item.element));
  if (!isStructure && !isFlat) {
    throw new ParquetFault(`has in its column "${node.element.name}" ${describe(item)}, where images should be`);
  }
  const kept = without(
    node,
    ({ name }, path) => isStructure && path.length === item.path.length + 1 && !imageFields.has(name),
  );
  return column(root, kept ?? node, true);
}

const imageFields = new Set(['bytes', 'path']);

/** What a list's items are; lists are written with a group around each item, or without. */
function itemOf(node: SchemaNode): SchemaNode {
  const repeated = node.children[0] ?? node;
  return repeated.children.length === 1 ? (repeated.children[0] ?? repeated) : repeated;
}

function column(root: SchemaNode, tree: SchemaNode, isImage: boolean): WantedColumn {
  const leaves = leafPaths([root, tree]).map((path): Leaf => {
    const element = path.at(-1)?.element ?? tree.element;
    return {
      path,
      element,
      maxDefinition: getMaxDefinitionLevel(path),
      maxRepetition: getMaxRepetitionLevel(path),
      isImage: isImage && isBareBytes(element),
    };
  });
  return { name: tree.element.name, tree, leaves };
}

/** The tree without leaves that are to be dropped; undefined where nothing is left. */
function without(
  node: SchemaNode,
  isDropped: (element: SchemaElement, path: readonly string[]) => boolean,
): SchemaNode | undefined {
  if (node.children.length === 0) return isDropped(node.element, node.path) ? undefined : node;
  const children = node.children.flatMap((child) => without(child, isDropped) ?? []);
  return children.length === 0 ? undefined : { ...node, children };
}

function isText({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return converted === 'UTF8' || converted === 'ENUM' || logical?.type === 'STRING' || logical?.type === 'ENUM';
}

function isNull({ logical_type: logical }: SchemaElement): boolean {
  return logical?.type === 'NULL';
}

/** Bytes that no type says how to read. */
function isBareBytes(element: SchemaElement): boolean {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (type !== 'BYTE_ARRAY' && type !== 'FIXED_LEN_BYTE_ARRAY') return false;
  if (isText(element) || converted === 'DECIMAL') return false;
  if (type === 'BYTE_ARRAY') return converted !== 'JSON';
  return logical?.type !== 'UUID' && logical?.type !== 'FLOAT16';
}

function describe({ children, element }: SchemaNode): string {
  if (children.length > 0) return `a structure of ${listNames(children.map((child) => child.element.name))}`;
  return `values of type ${element.type ?? 'none'}`;
}
