/** Where a data set lies on the Hugging Face hub, and which of its files are needed. */
export interface HubSource {
  /** `owner/name`. */
  readonly dataset: string;
  /** Commit hash (40 hexadecimal digits) that is fetched; absent where none is known, then `main` is looked up once. */
  readonly revision?: string;
  /** Files needed, in a form that is complete by itself. `*` stands for anything but `/`; each pattern has a match. */
  readonly files: readonly string[];
}
