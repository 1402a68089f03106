package io.dolim.api.venue;

import io.dolim.book.hedge.VenueFill;
import io.dolim.book.hedge.VenuePayment;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a simulated exchange writes down: trades, payments, and the labels it has seen. */
final class ExchangeLedger {

    /** @param instrument whose funding or liquidation it is; empty for a transfer */
    record Line(VenuePayment payment, String instrument, Usdc cashAfter) {}

    private record Cash(String label, Usdc amount, long epochMs) {}

    private final Map<Underlying, List<VenueFill>> fills = new TreeMap<>();
    private final Map<Underlying, Long> lastFill = new TreeMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, ExchangeOrder> orders = new HashMap<>();
    private final Deque<ExchangeOrder> ordersInTime = new ArrayDeque<>();
    private final Map<String, Cash> transfers = new HashMap<>();
    private final Deque<Cash> transfersInTime = new ArrayDeque<>();
    private long lastPayment;
    private long lastOrder;
    private int kept;

    VenueFill trade(
            Underlying underlying,
            long epochMs,
            String label,
            long lots,
            BigDecimal priceUsdc,
            Usdc fee) {
        long sequence = lastFill.merge(underlying, 1L, Long::sum);
        VenueFill fill =
                new VenueFill(
                        sequence,
                        underlying + "_USDC-" + sequence,
                        epochMs,
                        label,
                        lots,
                        priceUsdc,
                        fee);
        fills.computeIfAbsent(underlying, _ -> new ArrayList<>()).add(fill);
        kept++;
        return fill;
    }

    void pay(long epochMs, VenuePayment.Kind kind, Usdc amount, String instrument, Usdc cashAfter) {
        VenuePayment payment = new VenuePayment(++lastPayment, epochMs, kind, amount);
        lines.add(new Line(payment, instrument, cashAfter));
        kept++;
    }

    /** Goes on after what was written before its time. */
    void restore(Underlying underlying, long fill, long payment) {
        lastFill.put(underlying, fill);
        lastPayment = payment;
    }

    /** Whether nothing was written yet. */
    boolean isEmpty() {
        return lastFill.isEmpty() && lastPayment == 0;
    }

    String nextOrderId() {
        return "USDC-" + ++lastOrder;
    }

    void remember(ExchangeOrder order) {
        orders.put(order.order().label(), order);
        ordersInTime.add(order);
    }

    void rememberTransfer(String label, Usdc amount, long epochMs) {
        Cash cash = new Cash(label, amount, epochMs);
        transfers.put(label, cash);
        transfersInTime.add(cash);
    }

    Optional<ExchangeOrder> order(String label) {
        return Optional.ofNullable(orders.get(label));
    }

    Optional<Usdc> transfer(String label) {
        return Optional.ofNullable(transfers.get(label)).map(Cash::amount);
    }

    /** After a sequence, in order, so many at most. */
    List<VenueFill> fills(Underlying underlying, long after, int most) {
        List<VenueFill> all = fills.getOrDefault(underlying, List.of());
        long first = lastFill.getOrDefault(underlying, 0L) - all.size();
        return page(all, after - first, most);
    }

    /** After a sequence, in order, so many at most. */
    List<Line> lines(long after, int most) {
        return page(lines, after - (lastPayment - lines.size()), most);
    }

    List<Line> newestFirst() {
        return lines.reversed();
    }

    private static <T> List<T> page(List<T> all, long skip, int most) {
        int from = Math.clamp(skip, 0, all.size());
        return List.copyOf(all.subList(from, (int) Math.min(all.size(), (long) from + most)));
    }

    long lastFill(Underlying underlying) {
        return lastFill.getOrDefault(underlying, 0L);
    }

    long lastPayment() {
        return lastPayment;
    }

    /** Trades, payments and orders kept. */
    int kept() {
        return kept + orders.size();
    }

    /** Forgets what was before. */
    void forget(long beforeMs) {
        for (List<VenueFill> some : fills.values()) {
            int old = 0;
            while (old < some.size() && some.get(old).epochMs() < beforeMs) {
                old++;
            }
            some.subList(0, old).clear();
            kept -= old;
        }
        int old = 0;
        while (old < lines.size() && lines.get(old).payment().epochMs() < beforeMs) {
            old++;
        }
        lines.subList(0, old).clear();
        kept -= old;
        while (!ordersInTime.isEmpty() && ordersInTime.getFirst().epochMs() < beforeMs) {
            orders.remove(ordersInTime.removeFirst().order().label());
        }
        while (!transfersInTime.isEmpty() && transfersInTime.getFirst().epochMs() < beforeMs) {
            transfers.remove(transfersInTime.removeFirst().label());
        }
    }
}
