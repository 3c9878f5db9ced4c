/** A name as members are known by, or why a member may not be called so, to follow "has the member … ". */
export type MemberName = { readonly name: string } | { readonly refused: string };

/** No file system takes longer paths. */
const longestName = 4096;

/**
 * The one spelling of a member's name: parts joined by single slashes, none of them `.`. Backslashes, which programs on
 * Windows have written, count as slashes.
 *
 * @returns a refusal for names that point outside the archive or that no file can have
 */
export function safeMemberName(written: string): MemberName {
  if (written.length > longestName) return { refused: 'whose name is longer than any path may be' };
  if (written.includes('\0')) return { refused: 'whose name has a NUL character' };
  const name = written.replaceAll('\\', '/');
  if (name.startsWith('/')) return { refused: 'whose name is an absolute path' };
  if (/^[a-z]:/i.test(name)) return { refused: 'whose name begins with a drive letter' };
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return { refused: 'whose name climbs out of its folder (..)' };
  if (parts.length === 0) return { refused: 'without a name' };
  return { name: parts.join('/') };
}
