/** An option that anybody may say without meaning it, and a reply's last part that is looked at. */
const common = /^(?:yes|no|true|false|none|[a-z])$/i;
const windowLength = 4000;

/** Whether a reply without a final answer mentions exactly one of the options by its text: too little to accept, enough for a judge. */
export function mentionsOneOption(text: string, choices: readonly string[]): boolean {
  const said = ` ${words(text.slice(-windowLength))} `;
  const mentioned = choices.filter((choice) => {
    const option = words(choice.slice(0, 200));
    return option !== '' && !common.test(option) && said.includes(` ${option} `);
  });
  return mentioned.length === 1;
}

function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.%°]+|\.(?!\d)/gu, ' ')
    .trim();
}
