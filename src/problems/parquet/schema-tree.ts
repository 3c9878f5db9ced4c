import type { SchemaElement, SchemaTree } from 'hyparquet';
import { parquetSchema } from 'hyparquet/src/metadata.js';
import { ParquetFault } from './parquet-fault.ts';

/** A part of the schema as the library draws it. */
export type SchemaNode = SchemaTree;

const mostElements = 20_000;
const deepest = 16;

/**
 * The schema as a tree. Its flat form is checked first, since the library trusts the counts of children.
 *
 * @throws {ParquetFault} where it is no tree, is too deep, or has two columns of one name
 */
export function schemaTree(elements: readonly SchemaElement[]): SchemaNode {
  checkShape(elements);
  const root = parquetSchema({ schema: elements.map(normal) });
  // Some writers mark the root as repeated, which would shift every level.
  const tree = { ...root, element: { ...root.element, repetition_type: 'REQUIRED' as const } };
  checkNames(tree);
  return tree;
}

/** The leaf paths below a node, each from the root. */
export function leafPaths(path: readonly SchemaNode[]): SchemaNode[][] {
  const node = path.at(-1);
  if (node === undefined) return [];
  return node.children.length === 0 ? [[...path]] : node.children.flatMap((child) => leafPaths([...path, child]));
}

function checkShape(elements: readonly SchemaElement[]): void {
  if (elements.length > mostElements) throw new ParquetFault(`has a schema of ${elements.length} elements`);
  const open: number[] = [1];
  for (const { name, num_children: children = 0 } of elements) {
    if (typeof name !== 'string' || !Number.isInteger(children) || children < 0) throw damaged();
    while (open.at(-1) === 0) open.pop();
    const places = open.pop();
    if (places === undefined) throw damaged();
    open.push(places - 1);
    if (children > 0) open.push(children);
    if (open.length > deepest) throw new ParquetFault(`has a schema that is more than ${deepest} levels deep`);
  }
  if (open.some((places) => places !== 0)) throw damaged();
}

/** Newer writers may mark lists only by their logical type. */
function normal(element: SchemaElement): SchemaElement {
  const { logical_type: logical, converted_type: converted, num_children: children = 0 } = element;
  if (children === 0 || converted !== undefined) return element;
  if (logical?.type === 'LIST' || logical?.type === 'MAP') return { ...element, converted_type: logical.type };
  return element;
}

function checkNames(node: SchemaNode): void {
  const names = new Set(node.children.map(({ element }) => element.name));
  if (names.size !== node.children.length) throw new ParquetFault('has two columns of one name');
  for (const child of node.children) checkNames(child);
}

function damaged(): ParquetFault {
  return new ParquetFault('is damaged: its schema is no tree');
}
