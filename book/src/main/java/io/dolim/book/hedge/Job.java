package io.dolim.book.hedge;

/**
 * A signal on the keepers' board.
 *
 * @param unclaimedLots what may still be claimed, signed as the signal
 */
public record Job(HedgeSignal signal, long unclaimedLots) {

    /** The signal's number. */
    public long id() {
        return signal.id();
    }

    Job with(long unclaimed) {
        return new Job(signal, unclaimed);
    }
}
