/**
 * Who has been told that their credits run low: one alert for each time that they do, however many processes see it.
 * Every method rejects when the store is away.
 */
export interface AlertClaims {
  /**
   * Claims the alert of an account. True for one caller, until {@link AlertClaims.clear}; and for another one once a claim
   * is `staleMs` old without having been said to be sent, since who had it has died or could not send it.
   */
  claim(accountId: string, staleMs: number): Promise<boolean>;
  /** The alert that was claimed has been sent. */
  sent(accountId: string): Promise<void>;
  /** The account has credits again: the next time is another alert. */
  clear(accountId: string): Promise<void>;
}
