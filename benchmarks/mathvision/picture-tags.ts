/**
 * The question as it is asked beside its one picture. Where a row names several (`<image1>`, `<image2>`, also in its
 * options) the picture is put together of them and shows the same tags beside its parts, so that the tags stay. A single
 * tag is drawn nowhere: alone on its line it goes, within a sentence it becomes `[picture]`.
 */
export function askedWithPicture(question: string, options: readonly string[]): string {
  const tags = new Set([question, ...options].flatMap((text) => text.match(/<image\d+>/g) ?? []));
  if (tags.size !== 1) return question;
  // Some rows write the line break before the tag as a backslash and an n.
  const lines = question
    .replace(/\\n(?=<image\d+>)/g, '\n')
    .split('\n')
    .filter((line) => !/^\s*<image\d+>\s*$/.test(line));
  return lines
    .join('\n')
    .replace(/<image\d+>/g, '[picture]')
    .trim();
}
