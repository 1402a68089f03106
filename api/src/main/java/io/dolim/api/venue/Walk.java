package io.dolim.api.venue;

/** Lots at prices, best first: what an order takes of a book. Levels at one price are one. */
final class Walk {

    private final long[] lots;
    private final long[] ticks;
    private int size;
    private long total;

    Walk(int most) {
        this.lots = new long[most + 1];
        this.ticks = new long[most + 1];
    }

    void add(long more, long priceTicks) {
        if (more <= 0) {
            return;
        }
        total += more;
        if (size > 0 && ticks[size - 1] == priceTicks) {
            lots[size - 1] += more;
            return;
        }
        lots[size] = more;
        ticks[size++] = priceTicks;
    }

    /** Keeps the first lots. */
    void cut(long most) {
        while (total > most) {
            long off = Math.min(total - most, lots[size - 1]);
            lots[size - 1] -= off;
            total -= off;
            if (lots[size - 1] == 0) {
                size--;
            }
        }
    }

    int size() {
        return size;
    }

    long total() {
        return total;
    }

    long lots(int i) {
        return lots[i];
    }

    long ticks(int i) {
        return ticks[i];
    }
}
