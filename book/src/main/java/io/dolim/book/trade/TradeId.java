package io.dolim.book.trade;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.dolim.quoting.instrument.Underlying;

/**
 * Names a trade for ever, as in {@code BTC-17}: the 17th trade of its Book, counted in the journal, so
 * that no restart repeats it.
 *
 * @param number from 1, without a gap
 */
public record TradeId(Underlying underlying, long number) {

    /** @throws IllegalArgumentException when the number is not positive */
    public TradeId {
        if (number < 1) {
            throw new IllegalArgumentException("trade number=" + number + " must be positive");
        }
    }

    /** @throws IllegalArgumentException when the text does not read like BTC-17 */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TradeId parse(String text) {
        int dash = text.lastIndexOf('-');
        if (dash < 1) {
            throw new IllegalArgumentException("trade_id=" + text + " must read like BTC-17");
        }
        TradeId id =
                new TradeId(
                        new Underlying(text.substring(0, dash)),
                        Long.parseLong(text.substring(dash + 1)));
        if (!id.toString().equals(text)) {
            throw new IllegalArgumentException("trade_id=" + text + " is written " + id);
        }
        return id;
    }

    @JsonValue
    @Override
    public String toString() {
        return underlying.code() + "-" + number;
    }
}
