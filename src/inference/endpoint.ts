/** One OpenAI-compatible server as `ask` uses it. */
export interface Endpoint {
  /** Stands in records as the server's name; unique among the endpoints of one call. */
  readonly label: string;
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  /** The name asked for; with the vllm dialect each reply must bear it. */
  readonly model: string;
  /** Sent as a bearer token; never written or logged. Without it no Authorization header is sent. */
  readonly apiKey?: string;
  /** `file`: the server reads the image store's folder; `base64`: images travel inside the request. */
  readonly images: 'file' | 'base64';
  /** `openai`: only standard fields are sent, because others are refused by some servers. */
  readonly dialect: 'vllm' | 'openai';
  /** Most requests in flight, from 1. */
  readonly window: number;
}
