package io.dolim.capacity.adversary;

/**
 * What a session came to.
 *
 * @param strategy its name
 * @param number of the session
 * @param wide whether limits were out of the way, so that the price alone protected the pool
 * @param takenUsdc what the adversary took: marks of what he got less what he paid, at each fill
 * @param mayTakeUsdc what the charge account held at his start, was budgeted, and charged to others since
 * @param discountsUsdc capacity discounts less charges of his trades: the price of inventory alone
 * @param forgivenUsdc of it what quotes fell short of decided charges, a tick each at most
 * @param fills his trades
 * @param refused quotes and orders of his that were refused
 * @param delayed orders of others that reduce risk, not taken while his reservations stood
 * @param denied the same when they had lapsed
 * @param leftReservations reservations that are still open at the end
 */
public record Outcome(
        String strategy,
        long number,
        boolean wide,
        double takenUsdc,
        double mayTakeUsdc,
        double discountsUsdc,
        double forgivenUsdc,
        int fills,
        int refused,
        int delayed,
        int denied,
        int leftReservations) {

    /** What he took beyond what there was to take; negative when less. */
    public double beyondUsdc() {
        return takenUsdc - mayTakeUsdc;
    }

    /** Discounts that were decided beyond what there was to take; negative when less. */
    public double discountsBeyondUsdc() {
        return discountsUsdc - forgivenUsdc - mayTakeUsdc;
    }
}
