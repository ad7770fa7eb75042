import { GatewayError, loggableError, warningLog, type Log } from '@onerouter/core';
import type { Response } from 'express';
import { AccountFeed, type FeedStores } from './account-feed.ts';
import { Listener } from './listener.ts';
import { liveLimits, type LiveLimits } from './live-limits.ts';

export type { LiveLimits } from './live-limits.ts';

/** Acts of an account that a stream goes back at most when it is resumed. */
export const MAX_RESUMED = 2_000;

export interface LiveActivityOptions extends FeedStores {
  readonly live?: LiveLimits | undefined;
  readonly log?: Log | undefined;
}

/** Who wants to listen. */
export interface Joining {
  readonly account: string;
  readonly res: Response;
  /** Where the client has heard up to, when it comes back. */
  readonly from: number | undefined;
  /** Whether it may still listen; asked every now and then. */
  readonly allowed: () => Promise<boolean>;
}

interface Member {
  readonly listener: Listener;
  readonly allowed: () => Promise<boolean>;
  checkedAt: number;
}

interface Room {
  readonly feed: AccountFeed;
  readonly members: Set<Member>;
  timer: NodeJS.Timeout | undefined;
  failing: boolean;
}

/** Live streams by account: one poll of the store serves all of an account, and stops with the last of them. */
export class LiveActivity {
  readonly #stores: FeedStores;
  readonly #limits: ReturnType<typeof liveLimits>;
  readonly #log: Log;
  readonly #rooms = new Map<string, Room>();
  /** Streams of each account, those that are about to begin among them. */
  readonly #counts = new Map<string, number>();
  #closed = false;

  constructor(options: LiveActivityOptions) {
    this.#stores = options;
    this.#limits = liveLimits(options.live);
    this.#log = options.log ?? warningLog;
  }

  /**
   * Begins a stream. Rejects when the store does.
   *
   * @throws {GatewayError} 429 when the account has too many, 503 when the server is about to close
   */
  async join({ account, res, from, allowed }: Joining): Promise<void> {
    if (res.destroyed) return;
    if (this.#closed) throw new GatewayError('unavailable', 'The server is closing. Try again shortly.');
    const count = this.#counts.get(account) ?? 0;
    if (count >= this.#limits.maxStreams) {
      throw new GatewayError(
        'rate_limit_exceeded',
        `This account has ${count} live streams open. Close some.`,
      );
    }
    this.#counts.set(account, count + 1);
    res.once('close', () => this.#leave(account));
    const room = await this.#room(account);
    if (res.destroyed || this.#closed) {
      this.#forgetEmpty(account, room);
      return;
    }
    const end = room.feed.position;
    const position = from === undefined ? end : Math.min(end, Math.max(from, end - MAX_RESUMED));
    const listener = new Listener(res, room.feed, position, (error) => this.#report(room, error));
    const member: Member = { listener, allowed, checkedAt: Date.now() };
    room.members.add(member);
    res.once('close', () => this.#drop(account, room, member));
    listener.pump();
    this.#schedule(account, room);
  }

  /** Ends all streams, for good. */
  close(): void {
    this.#closed = true;
    for (const { members, timer } of this.#rooms.values()) {
      clearTimeout(timer);
      for (const { listener } of members) listener.stream.end();
    }
    this.#rooms.clear();
  }

  async #room(account: string): Promise<Room> {
    const known = this.#rooms.get(account);
    if (known) return known;
    const feed = new AccountFeed(this.#stores, account, await this.#stores.generations.end(account));
    await feed.poll();
    // Somebody else may have been faster.
    const room = this.#rooms.get(account) ?? { feed, members: new Set(), timer: undefined, failing: false };
    if (!this.#closed) this.#rooms.set(account, room);
    return room;
  }

  #schedule(account: string, room: Room): void {
    if (this.#closed || room.members.size === 0) return;
    room.timer ??= setTimeout(() => {
      void this.#turn(room).finally(() => {
        room.timer = undefined;
        this.#schedule(account, room);
      });
    }, this.#limits.pollMs).unref();
  }

  async #turn(room: Room): Promise<void> {
    try {
      await room.feed.poll();
      room.failing = false;
    } catch (error) {
      this.#report(room, error);
    }
    for (const member of room.members) {
      member.listener.pump();
      await this.#see(room, member);
    }
  }

  /** Ends a stream that is over, and keeps a quiet one open. */
  async #see(room: Room, member: Member): Promise<void> {
    const { stream } = member.listener;
    const { maxAgeMs, stalledMs, keepAliveMs, recheckMs } = this.#limits;
    if (stream.ageMs() >= maxAgeMs || stream.stalledMs() >= stalledMs) return stream.end();
    if (stream.open && stream.quietMs() >= keepAliveMs) stream.comment();
    if (Date.now() - member.checkedAt < recheckMs) return;
    member.checkedAt = Date.now();
    try {
      if (!(await member.allowed())) stream.end();
    } catch (error) {
      this.#report(room, error);
    }
  }

  #leave(account: string): void {
    const count = (this.#counts.get(account) ?? 1) - 1;
    if (count > 0) this.#counts.set(account, count);
    else this.#counts.delete(account);
  }

  #drop(account: string, room: Room, member: Member): void {
    room.members.delete(member);
    this.#forgetEmpty(account, room);
  }

  #forgetEmpty(account: string, room: Room): void {
    if (room.members.size > 0) return;
    clearTimeout(room.timer);
    if (this.#rooms.get(account) === room) this.#rooms.delete(account);
  }

  /** Once, until it is better. */
  #report(room: Room, error: unknown): void {
    if (room.failing) return;
    room.failing = true;
    this.#log.warn(
      { err: loggableError(error) },
      'Live activity cannot be read; streams wait for the store.',
    );
  }
}
