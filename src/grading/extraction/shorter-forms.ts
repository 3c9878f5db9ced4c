import { plainText } from '../values/plain-text.ts';

const hedge =
  /^(?:\s|[*_]|:|(?:therefore|thus|hence|so|now|then|just|simply|only|exactly|about|approximately|approx\.?|around|roughly|nearly|almost|equal to|given by|a total of|the (?:number|value|integer|fraction|time)|there (?:is|are)|it is|that)\b)+/i;
/** Where an explanation begins behind an answer. */
const explanation =
  /\s(?:because|since|as|which|where|so|with|for|when|while|who|that|and (?:it|the|there|this|so)|but|if|after|before|left|remaining|(?:in|on|at|from|inside|within|among)(?= [a-z])|of the|long|wide|high|tall|old|away|apart)\b|[,;]\s+(?=[A-Za-z]{2})|\s[([](?=[A-Za-z=≈~])|\s[-–—]\s+(?=[A-Za-z]{3})|[!?]/i;

/** Markdown's bold, which is no power: nothing is written against its outside. */
const bold = /(?<![\w)\]}])\*\*(?=\S)([^*\n]{1,200})(?<=\S)\*\*(?![\w([{])/g;

/** An answer's text, then shorter readings of it: without hedges in front, without Markdown, without the explanation behind. */
export function shorterForms(text: string): readonly string[] {
  const plain = plainText(text).replace(bold, '$1');
  const forms = [plain];
  const opened = plain.replace(hedge, '');
  forms.push(opened);
  const cut = explanation.exec(opened);
  if (cut !== null && cut.index > 0) forms.push(opened.slice(0, cut.index));
  return [...new Set(forms.map((form) => form.trim()).filter((form) => form !== ''))];
}
