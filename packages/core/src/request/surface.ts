/** What clients call: the wire format they speak, which is also what they get back. */
export type Surface = 'chat' | 'completions' | 'embeddings';

/** Path of each surface below `/v1`, and below an OpenAI-compatible provider's base URL. */
export const SURFACE_PATHS: Readonly<Record<Surface, string>> = {
  chat: '/chat/completions',
  completions: '/completions',
  embeddings: '/embeddings',
};
