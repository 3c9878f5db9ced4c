const blank = /^[\s(]*(?:n\/?a|none|null|nan|unknown|undefined|unanswerable|\?+|-+)[\s).]*$/i;
const refusals = [
  blank,
  /\b(?:can(?:not|'t|’t| not)|could(?: not|n't|n’t)|unable to|impossible to|not possible to) (?:be )?(?:\w+ ){0,2}(?:answer|determin|provid|solv|identif|calculat|see|view|tell|say|assist|help|infer|know|comput|find|conclu|select|choos|analy|confirm|process|open|read|access)/i,
  /\b(?:not|in)[ -]?(?:enough|sufficient) (?:\w+ ){0,2}(?:information|data|context|details?)/i,
  /\binsufficient\b/i,
  /\b(?:no|lack of|without|need|missing|more|additional|further) (?:\w+ ){0,3}(?:information|data|context|details)\b/i,
  /\b(?:does|do|did)(?: not|n't|n’t) (?:\w+ ){0,2}(?:provide|specify|give|contain|include|mention|have enough)/i,
  /\b(?:is|are|was|were)(?: not|n't|n’t) (?:\w+ ){0,2}(?:provided|specified|given|clear|available|possible|visible|enough|known)/i,
  /\b(?:sorry|apologi[sz]e)\b/i,
  /\bplease (?:provide|describe|specify|share|clarify)/i,
  /\b(?:is|are|remains?) (?:unknown|indeterminate|not determinable)\b/i,
  /无法(?:确定|回答|判断|计算|看到)|不能(?:确定|回答)|没有(?:足够|提供)|信息不足/,
];

/** Whether a short text declines to answer. Text beyond 600 characters is judged by its last 600. */
export function isRefusal(text: string): boolean {
  const tail = text.slice(-600);
  return refusals.some((pattern) => pattern.test(tail));
}

/** Whether a text stands for the lack of an answer: `N/A`, `unknown`, `?`. */
export function isBlank(text: string): boolean {
  return text.length < 20 && blank.test(text);
}
