package io.dolim.book.trade;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.dolim.quoting.instrument.Underlying;
import java.util.Optional;

/**
 * Names a resting order for ever, as in {@code BTC_USDC-17}: the 17th that its Book took, counted in the
 * journal. The trade that fills it has this text as its order id, so that it has at most one.
 *
 * @param number from 1, without a gap
 */
public record OrderId(Underlying underlying, long number) implements Comparable<OrderId> {

    private static final String MIDDLE = "_USDC-";
    private static final int MOST_DIGITS = 18;

    /** @throws IllegalArgumentException when the number is not positive */
    public OrderId {
        if (number < 1) {
            throw new IllegalArgumentException("order number=" + number + " must be positive");
        }
    }

    /** @throws IllegalArgumentException when the text does not read like BTC_USDC-17 */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static OrderId parse(String text) {
        return read(text)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "order_id=" + text + " must read like BTC_USDC-17"));
    }

    /** The order that a text names; empty when it is no order's name. */
    public static Optional<OrderId> read(String text) {
        int middle = text.indexOf(MIDDLE);
        String digits = middle < 1 ? "" : text.substring(middle + MIDDLE.length());
        if (!digits.matches("[1-9][0-9]*") || digits.length() > MOST_DIGITS) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new OrderId(new Underlying(text.substring(0, middle)), Long.parseLong(digits)));
        } catch (IllegalArgumentException noUnderlying) {
            return Optional.empty();
        }
    }

    /** Under which its fill is written. */
    public ClientOrderId asOrderId() {
        return new ClientOrderId(toString());
    }

    @Override
    public int compareTo(OrderId other) {
        int byUnderlying = underlying.compareTo(other.underlying);
        return byUnderlying != 0 ? byUnderlying : Long.compare(number, other.number);
    }

    @JsonValue
    @Override
    public String toString() {
        return underlying.code() + MIDDLE + number;
    }
}
