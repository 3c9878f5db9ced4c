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

/** A body that does not fit the schema: 400 with the HTTP phrase as type, and pydantic's list of what is wrong. */
export function schemaError(kind: string, location: readonly (string | number)[], message: string): ApiError {
  const place = location.map((part) => (typeof part === 'number' ? String(part) : `'${part}'`)).join(', ');
  const detail = `{'type': '${kind}', 'loc': (${place}${location.length === 1 ? ',' : ''}), 'msg': '${message}'}`;
  return new ApiError(400, `1 validation error:\n  ${detail}`, { type: 'Bad Request' });
}
