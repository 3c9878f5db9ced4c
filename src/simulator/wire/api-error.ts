const typeByStatus: Readonly<Record<number, string>> = {
  400: 'BadRequestError',
  404: 'NotFoundError',
  413: 'RequestEntityTooLarge',
  422: 'UnprocessableEntityError',
  500: 'InternalServerError',
  501: 'NotImplementedError',
};

/** A request that is refused, with the body that vLLM sends for it (form since v0.10.1). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly type: string;
  /** The field at fault, where vLLM names one. */
  readonly parameter: string | null;

  constructor(status: number, message: string, options: { type?: string; parameter?: string } = {}) {
    super(message);
    this.status = status;
    this.type = options.type ?? typeByStatus[status] ?? 'InternalServerError';
    this.parameter = options.parameter ?? null;
  }

  get body(): unknown {
    return { error: { message: this.message, type: this.type, param: this.parameter, code: this.status } };
  }
}

/** A value that is refused, as vLLM words it: the field is named behind the sentence, with what it held where that is told. */
export function invalid(message: string, parameter: string, value?: string | number): ApiError {
  const held = value === undefined ? '' : `, value=${value}`;
  return new ApiError(400, `${message} (parameter=${parameter}${held})`, { parameter });
}

/** One thing that is wrong with a body. */
interface SchemaFault {
  readonly kind: string;
  readonly location: readonly (string | number)[];
  readonly message: string;
  /** What was found there; shown in short. */
  readonly input?: unknown;
  /** More, written as Python shows a dictionary. */
  readonly context?: string;
}

/** A body that does not fit the schema: 400 with the HTTP phrase as type, and pydantic's list of what is wrong. */
export function schemaError(
  kind: string,
  location: SchemaFault['location'],
  message: string,
  input?: unknown,
): ApiError {
  return schemaErrors([{ kind, location, message, ...(input === undefined ? {} : { input }) }]);
}

export function schemaErrors(faults: readonly [SchemaFault, ...SchemaFault[]]): ApiError {
  const lines = faults.map((fault) => `\n  ${faultText(fault)}`).join('');
  const count = `${faults.length} validation error${faults.length === 1 ? '' : 's'}`;
  return new ApiError(400, `${count}:${lines}`, { type: 'Bad Request', parameter: faults[0].location.join('.') });
}

function faultText({ kind, location, message, input, context }: SchemaFault): string {
  const found = input === undefined ? '' : `, 'input': '${summary(input)}'`;
  const more = context === undefined ? '' : `, 'ctx': ${context}`;
  return `{'type': '${kind}', 'loc': '${location.join('.')}', 'msg': '${message}'${found}${more}}`;
}

/** Containers are described, texts cut. */
function summary(input: unknown): string {
  if (Array.isArray(input)) return `<list of ${input.length} items>`;
  if (typeof input === 'object' && input !== null) return `<dict of ${Object.keys(input).length} items>`;
  const text = String(input);
  return text.length > 200 ? `${text.slice(0, 200)}...[truncated]` : text;
}
