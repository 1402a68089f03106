package io.dolim.book;

import io.dolim.book.trade.RefusalReason;
import io.dolim.capacity.Capacity;
import java.util.SortedMap;
import java.util.TreeMap;

/** Capacity's refusals in the taker's words: the rule and its numbers stay, the reason is one of ours. */
final class CapacityRefusals {

    private CapacityRefusals() {}

    static Book.Refused of(Capacity.Refused refused) {
        SortedMap<String, Double> numbers = new TreeMap<>(refused.numbers());
        refused.freshCharge().ifPresent(fresh -> numbers.put("fresh_charge", fresh.toDouble()));
        RefusalReason reason =
                switch (refused.rule()) {
                    case "inventory_moved" -> RefusalReason.INVENTORY_MOVED;
                    case "market_stopped" -> RefusalReason.MARKET_STOPPED;
                    case "stale_view", "no_view" -> RefusalReason.STALE_VIEW;
                    default -> RefusalReason.NO_CAPACITY;
                };
        return new Book.Refused(reason, refused.rule(), numbers);
    }
}
