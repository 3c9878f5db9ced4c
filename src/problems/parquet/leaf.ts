import type { SchemaElement } from 'hyparquet';
import type { SchemaNode } from './schema-tree.ts';

/** A column as it is stored: a top-level column has one leaf, a structure one for each of its innermost fields. */
export interface Leaf {
  /** From the root to the leaf. */
  readonly path: readonly SchemaNode[];
  readonly element: SchemaElement;
  /** Definition level of a value that is there. */
  readonly maxDefinition: number;
  /** 0 outside lists. */
  readonly maxRepetition: number;
  /** Whether its values are images: they are kept as they are read, and never all in memory. */
  readonly isImage: boolean;
}

/** A column of the file's rows that is to be read. */
export interface WantedColumn {
  readonly name: string;
  /** Its part of the schema, without what is not read. */
  readonly tree: SchemaNode;
  readonly leaves: readonly Leaf[];
}
