import { isAbsolute, posix, win32 } from 'node:path';

/**
 * A row's image name with forward slashes and without `.` parts; undefined where it is absolute, climbs out of its
 * folder or names none: rows come from elsewhere and must not choose which files of this machine are sent.
 */
export function safeImageName(name: string): string | undefined {
  const normal = posix.normalize(name.replaceAll('\\', '/'));
  if (isAbsolute(normal) || win32.isAbsolute(normal) || /^[a-z]:/i.test(normal)) return undefined;
  if (normal === '.' || normal === '..' || normal.startsWith('../') || normal.endsWith('/')) return undefined;
  return normal.includes('\0') ? undefined : normal;
}
