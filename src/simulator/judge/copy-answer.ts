/** The final answer that a reply states, as a careful reader copies it; undefined where it states none. */
export function copyAnswer(reply: string): string | undefined {
  const boxed = lastBox(reply);
  if (boxed !== undefined) return boxed;
  const said = [...reply.slice(-2000).matchAll(/(?:answer is|answer:|答案[是为:：])\s*([^\n]{1,200})/gi)].at(-1)?.[1];
  const stated = (said ?? lastLine(reply)).trim().replace(/^[*$\s]+|[*$\s.。]+$/g, '');
  return stated === '' || stated.length > 60 ? undefined : stated;
}

function lastLine(reply: string): string {
  return reply.trimEnd().split('\n').at(-1) ?? '';
}

/** What stands in the last \boxed{…} whose braces close. */
function lastBox(reply: string): string | undefined {
  const mark = '\\boxed{';
  for (let at = reply.lastIndexOf(mark); at >= 0; at = at === 0 ? -1 : reply.lastIndexOf(mark, at - 1)) {
    let depth = 1;
    for (let place = at + mark.length; place < reply.length; place += 1) {
      const sign = reply.charAt(place);
      if (sign === '{') depth += 1;
      if (sign === '}') depth -= 1;
      if (depth === 0) return reply.slice(at + mark.length, place).trim();
    }
  }
  return undefined;
}
