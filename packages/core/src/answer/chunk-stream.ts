import type { AnswerStream, OwnedFields } from '../dialect.ts';
import { emptyFacts, type AnswerFacts } from './facts.ts';
import { latin1ToUtf8, utf8ToLatin1 } from './bytes-as-text.ts';
import { EventSplitter, eventData } from './event-splitter.ts';
import { editFields } from './json-fields.ts';
import { topLevelFields } from './json-scan.ts';
import { ownedEdits } from './owned.ts';
import { noteChunk, type Chunk } from './chunk.ts';

/** An event larger than this is no event; holding on would let a provider fill the memory. */
export const MAX_EVENT_BYTES: number = 16 * 1024 * 1024;

/** Marks a piece of stream that has to be parsed: usage, an error or a finish reason that is not null. */
const NOTABLE = /"(?:usage|error|finish_reason)"\s*:\s*[^n\s]/;

/**
 * Reads a stream of OpenAI chunks (chat or legacy) and puts the gateway's own `id`, `model` and `provider` in place of
 * the provider's.
 *
 * Events before the first output, and those that say something of usage, errors or the end, are parsed. The others
 * begin with the same bytes up to `choices`: that beginning is learned from one parsed event and exchanged, and the rest
 * of the event passes as it came. Parsing every event would cost about 4 µs each, this about 1.
 *
 * Usage and `[DONE]` are kept back: the answer ends with the gateway's own.
 */
export class ChunkStream implements AnswerStream {
  readonly facts: AnswerFacts = emptyFacts();
  readonly #owned: OwnedFields | undefined;
  readonly #edits: ReadonlyMap<string, string | undefined>;
  readonly #splitter = new EventSplitter();
  /** How events begin, and how they shall begin. Empty until learned. */
  #head = '';
  #ownedHead = '';
  /** Length of what stands around the text in an event that begins with `#head`. */
  #frame = 0;

  /** @param owned what to put in place; without it every event passes unchanged and is only observed */
  constructor(owned?: OwnedFields) {
    this.#owned = owned;
    this.#edits = owned ? ownedEdits(owned) : new Map();
  }

  push(chunk: Buffer): string {
    return this.#take(chunk.toString('latin1'));
  }

  end(): string {
    const rest = this.#splitter.end();
    if (this.facts.error || this.facts.done) return '';
    // A provider that closes without the last empty line has still said what it said.
    return rest.trim() === '' ? '' : this.#edit(`${rest}\n\n`);
  }

  #take(text: string): string {
    // What was held back may carry the first half of a notable field, which `text` alone does not show.
    const plain = this.#head !== '' && this.#splitter.held === 0 && !NOTABLE.test(text);
    const events = this.#splitter.push(text);
    if (this.#splitter.held > MAX_EVENT_BYTES) this.facts.error = { status: undefined };
    let out = '';
    for (const event of events) {
      if (this.facts.error || this.facts.done) break;
      const quick = this.#head !== '' && event.startsWith(this.#head) && (plain || !NOTABLE.test(event));
      out += quick ? this.#exchangeHead(event) : this.#edit(event);
    }
    return out;
  }

  #exchangeHead(event: string): string {
    const text = event.length - this.#head.length - this.#frame;
    if (text > 0) this.facts.outputBytes += text;
    return this.#ownedHead + event.slice(this.#head.length);
  }

  #edit(event: string): string {
    const data = eventData(event);
    // An event with empty data is none: parsers drop it.
    if (data === undefined || data === '') return event;
    if (data.trim() === '[DONE]') {
      this.facts.done = true;
      return this.#owned ? '' : event;
    }
    const chunk = parseChunk(data);
    if (chunk === undefined) {
      this.facts.error = { status: undefined };
      return '';
    }
    const before = this.facts.outputBytes;
    noteChunk(this.facts, chunk);
    if (this.facts.error) return '';
    if (!this.#owned) return event;
    if (this.facts.output && this.#head === '') this.#learn(event, data, this.facts.outputBytes - before);
    return this.#own(event, data, chunk);
  }

  /** The event with the gateway's fields, or nothing when it carried only usage. */
  #own(event: string, data: string, chunk: Chunk): string {
    if (chunk.usage && (chunk.choices === undefined || chunk.choices.length === 0)) return '';
    const edits = new Map(this.#edits);
    if (chunk.usage) edits.set('usage', undefined);
    const edited = editFields(data, edits);
    const at = event.indexOf(data);
    if (at >= 0) return event.slice(0, at) + edited + event.slice(at + data.length);
    // Data over several lines: the line breaks are white space between tokens, or it would not have parsed.
    return `data: ${edited.replaceAll('\n', ' ')}\n\n`;
  }

  /** Learns how events begin, if all that the gateway owns stands before `choices`. */
  #learn(event: string, data: string, textBytes: number): void {
    const prefix = event.indexOf(data);
    if (prefix < 0 || !this.#owned) return;
    const fields = topLevelFields(data);
    const choices = fields.findIndex((field) => field.name === 'choices');
    if (choices < 0 || fields.slice(choices).some((field) => OWNED.has(field.name))) return;
    const { id, model, provider } = this.#owned;
    let head = `${event.slice(0, prefix)}{`;
    for (const [name, value] of [
      ['id', id],
      ['model', model],
      ['provider', provider],
    ] as const) {
      head += `"${name}":${utf8ToLatin1(JSON.stringify(value))},`;
    }
    for (const field of fields.slice(0, choices)) {
      if (!OWNED.has(field.name)) head += `${data.slice(field.keyStart, field.valueEnd)},`;
    }
    const at = fields[choices];
    if (!at) return;
    this.#head = event.slice(0, prefix + at.valueStart);
    this.#ownedHead = head + data.slice(at.keyStart, at.valueStart);
    this.#frame = event.length - this.#head.length - textBytes;
  }
}

function parseChunk(data: string): Chunk | undefined {
  try {
    const value: unknown = JSON.parse(latin1ToUtf8(data));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Chunk)
      : undefined;
  } catch {
    return undefined;
  }
}

const OWNED: ReadonlySet<string> = new Set(['id', 'model', 'provider', 'cost', 'cost_details']);
