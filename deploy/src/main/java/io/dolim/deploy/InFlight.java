package io.dolim.deploy;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Which orders of a burst still wait for their answer, by account and coin; it ends the wait for a
 * moment to kill before one of them has none left. Safe for threads.
 */
final class InFlight {

    /** An account or a coin that is down to so many is waited for no longer. */
    private static final int FEW = 3;

    private final SortedMap<String, Integer> byAccount = new TreeMap<>();
    private final SortedMap<String, Integer> byCoin = new TreeMap<>();
    private final CountDownLatch some;
    private final CountDownLatch most;

    /** What waited at one moment. */
    record Count(SortedMap<String, Integer> byAccount, SortedMap<String, Integer> byCoin) {

        Count {
            byAccount = new TreeMap<>(byAccount);
            byCoin = new TreeMap<>(byCoin);
        }

        int orders() {
            return byCoin.values().stream().mapToInt(Integer::intValue).sum();
        }

        /** Accounts that have an order in flight. */
        long accounts() {
            return byAccount.values().stream().filter(count -> count > 0).count();
        }

        /** Coins that have an order in flight. */
        long coins() {
            return byCoin.values().stream().filter(count -> count > 0).count();
        }
    }

    /**
     * @param some answers that are waited for
     * @param most answers after which no further moment is waited
     */
    InFlight(int some, int most) {
        this.some = new CountDownLatch(some);
        this.most = new CountDownLatch(most);
    }

    /** An order is about to be sent. */
    synchronized void sent(String account, String coin) {
        byAccount.merge(account, 1, Integer::sum);
        byCoin.merge(coin, 1, Integer::sum);
    }

    /** An order was answered. */
    synchronized void answered(String account, String coin) {
        int left =
                Math.min(
                        byAccount.merge(account, -1, Integer::sum),
                        byCoin.merge(coin, -1, Integer::sum));
        some.countDown();
        most.countDown();
        while (left <= FEW && most.getCount() + some.getCount() > 0) {
            some.countDown();
            most.countDown();
        }
    }

    /** Waits until some are answered, and a moment longer unless too few would be left. @return false when nobody answers */
    boolean awaitMoment(long patienceSeconds, long momentNs) throws InterruptedException {
        boolean begun = some.await(patienceSeconds, TimeUnit.SECONDS);
        var _ = most.await(momentNs, TimeUnit.NANOSECONDS);
        return begun;
    }

    /** What waits now. */
    synchronized Count now() {
        return new Count(byAccount, byCoin);
    }
}
