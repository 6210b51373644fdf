/** Why one side says no to the other. */
export type RejectReason = 'not-me' | 'wrong-digits' | 'too-late' | 'taken-back';
