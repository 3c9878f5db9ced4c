/** A published rule's verdict on one response; `undecided` where the published flow asks a model. */
export interface OfficialVerdict {
  readonly verdict: 'correct' | 'incorrect' | 'undecided';
  readonly rule: string;
  /** The text that the rule compared, as it normalised it; null where it found none. */
  readonly extracted: string | null;
}
