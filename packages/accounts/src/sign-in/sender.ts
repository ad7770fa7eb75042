/** A letter to a person. */
export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Delivers email, by whatever service the server's owner has. */
export interface Sender {
  /** Rejects when the message could not be handed over. */
  send(message: Message): Promise<void>;
}
