import { errorMessage } from '../../core/errors.ts';
import { readMember } from './read-member.ts';
import { type ArchiveUse, useArchive } from './shared-archives.ts';
import { quoted, zipError } from './zip-error.ts';

/**
 * A zip file whose members are read one by one, in any order and side by side; nothing is unpacked. Its list of members
 * is read when it is opened, and refused as a whole where one of them is encrypted, a link, occurs twice, or has a name
 * that points outside.
 */
export class ZipFile {
  /** Absolute or relative, as it was given. */
  readonly path: string;
  readonly #use: ArchiveUse;
  #isOpen = true;

  private constructor(path: string, use: ArchiveUse) {
    this.path = path;
    this.#use = use;
  }

  /**
   * Opening the same unchanged file again, also while it is open, costs next to nothing.
   *
   * @throws {SynthrlError} `DATA_NOT_FOUND`; `DATA_INVALID` where it is not a whole zip file or has a refused member
   */
  static async open(path: string): Promise<ZipFile> {
    return new ZipFile(path, await useArchive(path));
  }

  /** Plain members by name (parts joined by slashes), in the order of the file; `bytes` is the length that is stated. */
  get members(): ReadonlyMap<string, { readonly bytes: number }> {
    return this.#use.archive.members;
  }

  /**
   * The whole content of a member; length and checksum are right.
   *
   * @param name - as in `members`
   * @param limitBytes - a longer member is refused, before it is read or as soon as it turns out to be longer
   * @throws {SynthrlError} `DATA_INVALID` naming file and member
   */
  async read(name: string, limitBytes: number): Promise<Buffer> {
    if (!this.#isOpen) throw new Error(`${this.path} was closed before ${name} was read.`);
    const entry = this.#use.archive.members.get(name);
    if (!entry) throw zipError(this.path, `has no member ${quoted(name)}`);
    if (entry.bytes > limitBytes) {
      throw zipError(
        this.path,
        `has the member ${quoted(name)}, which is too large: ${entry.bytes} bytes, of ${limitBytes} at most`,
      );
    }
    // The descriptor stays open until this is read, whatever its user does meanwhile.
    const { archive, release } = this.#use.again();
    try {
      return await readMember(archive.file, entry);
    } catch (error) {
      throw zipError(this.path, `has the member ${quoted(name)}, which ${oneLine(errorMessage(error))}`, error);
    } finally {
      release();
    }
  }

  /** Gives up this use of the file. May be called more than once. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#use.release();
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 200).replace(/\.$/, '');
}
