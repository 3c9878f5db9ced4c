/** What the prompt depends on beside the question itself. */
export interface Asked {
  readonly isMath: boolean;
  readonly isChinese: boolean;
  /** `Numerical`, `Expression`, `Equation`, `Interval`, `Tuple`, or several with commas between them; may be empty. */
  readonly answerType: string;
  readonly several: boolean;
  readonly unit: string | undefined;
}

const kinds: Readonly<Record<string, readonly [english: string, chinese: string]>> = {
  Numerical: ['a numerical value', '数值'],
  Expression: ['an expression', '表达式'],
  Equation: ['an equation', '方程'],
  Interval: ['an interval', '区间'],
};

/** The published request in front of a question: which competition, what kind of answer, and how to end. */
export function buildPrompt(asked: Asked): string {
  return asked.isChinese ? chinesePrompt(asked) : englishPrompt(asked);
}

function englishPrompt({ isMath, answerType, several, unit }: Asked): string {
  const form = several ? '\\boxed{multiple answers connected with commas}' : '\\boxed{answer}';
  const [ending, note] = unit
    ? [`${form}(unit)`, ', note that the unit of the answer should not be included in \\boxed{}']
    : [form, ''];
  return `The following is an open-ended problem from an International ${isMath ? 'Math' : 'Physics'} competition. ${englishKinds(answerType, several)}Please calculate the answer according to the given requirements and the information provided. Please use LaTeX format to represent the variables and formulas used in the solution process and results. Please end your solution with "So the final answer is ${ending}." and give the result explicitly${note}.`;
}

function englishKinds(answerType: string, several: boolean): string {
  const named = namesOf(answerType, 0);
  const [only] = named;
  if (only === undefined) return '';
  if (!several) return `The answer of The problem should be ${only}. `;
  return named.length === 1
    ? `The problem has multiple answers, each of them should be ${only}. `
    : `The problem has multiple answers, with the answers in order being ${named.join(', ')}. `;
}

function chinesePrompt({ isMath, answerType, several, unit }: Asked): string {
  const form = several ? '\\boxed{用英文逗号连接的多个答案}' : '\\boxed{答案}';
  const [ending, note] = unit ? [`${form}(单位)`, '，注意答案的单位不要放在\\boxed{}中'] : [form, ''];
  return `以下是中国${isMath ? '数学' : '物理'}竞赛中的解答题${chineseKinds(answerType, several)}。请根据题目的要求和所提供的信息计算得出答案。解答过程和结果中使用的变量和公式请使用LaTeX格式表示。请在最后以“所以最终答案是${ending}。”显式给出结果${note}。`;
}

function chineseKinds(answerType: string, several: boolean): string {
  const named = namesOf(answerType, 1);
  const [only] = named;
  if (only === undefined) return '';
  if (!several) return `，答案类型为${only}`;
  return named.length === 1
    ? `，题目有多个答案，答案类型均为${only}`
    : `，题目有多个答案，答案类型分别为${named.join('、')}`;
}

/** The kinds in words, one where all are alike. Nothing is said of tuples, which mean many things, nor of unknown kinds. */
function namesOf(answerType: string, language: 0 | 1): readonly string[] {
  if (/Tuple|Need_human_evaluate/.test(answerType)) return [];
  const named = answerType.split(',').map((type) => {
    const known = Object.keys(kinds).find((kind) => type.includes(kind));
    return known === undefined ? undefined : kinds[known]?.[language];
  });
  const known = named.filter((name) => name !== undefined);
  if (known.length < named.length) return [];
  return new Set(known).size === 1 ? known.slice(0, 1) : known;
}
