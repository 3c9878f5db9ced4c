import { createHash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';

/** One member as it is to be written; what is not given is right. */
export interface MadeMember {
  readonly name: string | Buffer;
  readonly content?: Uint8Array | string;
  readonly stored?: boolean;
  /** Compressed bytes that say something else than `content`. */
  readonly compressed?: Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  /** Length that both headers state. */
  readonly bytes?: number;
  readonly crc32?: number;
  /** Unix mode with the file's type. */
  readonly mode?: number;
  /** Lengths and position stand in the Zip64 field. */
  readonly zip64?: boolean;
}

/** A zip file, right or wrong as told; written by hand so that it can lie. */
export function makeZip(
  members: readonly MadeMember[],
  options: { zip64?: boolean; count?: number; comment?: string } = {},
): Buffer {
  const pieces: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const member of members) {
    const { local, central } = headers(member, at);
    pieces.push(local);
    list.push(central);
    at += local.length;
  }
  const directory = Buffer.concat(list);
  const count = options.count ?? members.length;
  const comment = Buffer.from(options.comment ?? '');
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(options.zip64 ? 0xffff : count, 8);
  end.writeUInt16LE(options.zip64 ? 0xffff : count, 10);
  end.writeUInt32LE(options.zip64 ? 0xffffffff : directory.length, 12);
  end.writeUInt32LE(options.zip64 ? 0xffffffff : at, 16);
  end.writeUInt16LE(comment.length, 20);
  const zip64 = options.zip64 ? zip64End(count, directory.length, at) : Buffer.alloc(0);
  return Buffer.concat([...pieces, directory, zip64, end, comment]);
}

function headers(member: MadeMember, at: number): { local: Buffer; central: Buffer } {
  const name = Buffer.from(member.name);
  const content = Buffer.from(member.content ?? '');
  const method = member.method ?? (member.stored ? 0 : 8);
  const compressed = Buffer.from(member.compressed ?? (method === 8 ? deflateRawSync(content) : content));
  const bytes = member.bytes ?? content.length;
  const checksum = member.crc32 ?? crc32(content);
  const extra = member.zip64 ? zip64Field(bytes, compressed.length, at) : Buffer.alloc(0);
  const sizes = member.zip64 ? [0xffffffff, 0xffffffff] : [compressed.length, bytes];
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(member.flags ?? 0x800, 6);
  local.writeUInt16LE(method, 8);
  local.writeUInt32LE(checksum, 14);
  local.writeUInt32LE(sizes[0] ?? 0, 18);
  local.writeUInt32LE(sizes[1] ?? 0, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE((3 << 8) | 20, 4);
  local.copy(central, 6, 4, 28);
  central.writeUInt16LE(extra.length, 30);
  central.writeUInt32LE(((member.mode ?? 0o100644) << 16) >>> 0, 38);
  central.writeUInt32LE(member.zip64 ? 0xffffffff : at, 42);
  return { local: Buffer.concat([local, name, compressed]), central: Buffer.concat([central, name, extra]) };
}

function zip64Field(bytes: number, compressedBytes: number, at: number): Buffer {
  const field = Buffer.alloc(28);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(24, 2);
  for (const [index, value] of [bytes, compressedBytes, at].entries()) {
    field.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  }
  return field;
}

function zip64End(count: number, length: number, at: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  for (const [index, value] of [count, count, length, at].entries()) {
    record.writeBigUInt64LE(BigInt(value), 24 + 8 * index);
  }
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(at + length), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

/** Bytes that do not deflate, the same for the same name. */
export function noise(name: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash('sha256').update(`${name} ${index}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}
