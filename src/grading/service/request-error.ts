/** A request that is refused, with what to answer. */
export class RequestError extends Error {
  readonly status: 400 | 401 | 404 | 405 | 413 | 503;
  /** 0-based item of the body that is wrong, and its field, where there is one. */
  readonly place: { readonly item?: number; readonly field?: string };

  constructor(status: RequestError['status'], message: string, place: RequestError['place'] = {}) {
    // A message may quote what was sent, which may be long.
    super(message.slice(0, 500));
    this.status = status;
    this.place = place;
  }
}
