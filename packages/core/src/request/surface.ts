/** What clients call: the wire format they speak, which is also what they get back. */
export type Surface = 'chat' | 'completions' | 'embeddings';

/** What an exchange is: a call to a surface, or one passed through to a provider as it is. */
export type ExchangeKind = Surface | 'passthrough';

/** Path of each surface below `/v1`, and below an OpenAI-compatible provider's base URL. */
export const SURFACE_PATHS: Readonly<Record<Surface, string>> = {
  chat: '/chat/completions',
  completions: '/completions',
  embeddings: '/embeddings',
};
