import { ApiError, invalid, schemaError } from './api-error.ts';

/** A JSON object from outside. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of the numbers with bounds, those that a refusal names again behind its sentence. */
const named = new Set(['temperature', 'top_p']);

/** Reads the fields of a request body; null counts as left out, as with pydantic's optional fields. */
export class Fields {
  readonly body: JsonObject;

  constructor(body: JsonObject) {
    this.body = body;
  }

  raw(name: string): unknown {
    return this.body[name] ?? undefined;
  }

  /** A number, also where it came as a numeric text. @throws {ApiError} 400 */
  number(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    const more = typeof value === 'string' ? ', unable to parse string as a number' : '';
    throw schemaError('float_parsing', ['body', name], `Input should be a valid number${more}`, value);
  }

  /** @throws {ApiError} 400 */
  integer(name: string): number | undefined {
    const number = this.number(name);
    if (number === undefined || Number.isInteger(number)) return number;
    throw schemaError('int_from_float', ['body', name], 'Input should be a valid integer');
  }

  /** @throws {ApiError} 400 */
  boolean(name: string): boolean {
    const value = this.raw(name) ?? false;
    if (typeof value === 'boolean') return value;
    throw schemaError('bool_type', ['body', name], 'Input should be a valid boolean');
  }

  /** @throws {ApiError} 400 */
  text(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    throw schemaError('string_type', ['body', name], 'Input should be a valid string');
  }

  /** A number inside bounds, else the sentence with which vLLM's sampling parameters refuse it. */
  bounded(name: string, fits: (value: number) => boolean, rule: string): number | undefined {
    const value = this.number(name);
    if (value === undefined || fits(value)) return value;
    const shown = pythonNumber(value);
    const message = `${name} ${rule}, got ${shown}.`;
    throw named.has(name) ? invalid(message, name, shown) : new ApiError(400, message);
  }
}

/** Floats are shown with a decimal point, as Python does. */
function pythonNumber(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
