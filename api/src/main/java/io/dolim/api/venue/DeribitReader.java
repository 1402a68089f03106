package io.dolim.api.venue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueFill;
import io.dolim.book.hedge.VenuePayment;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads Deribit's shapes into the port's. What is finer than a micro-USDC is rounded against the pool. */
final class DeribitReader {

    private static final int MICRO = 6;

    private DeribitReader() {}

    /** The venue said something that is not what the protocol says. */
    static final class Unfit extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unfit(String what) {
            super(what, null, false, false);
        }
    }

    static BigDecimal decimal(JsonNode from, String name) {
        JsonNode value = from.path(name);
        if (!value.isNumber()) {
            throw new Unfit(name + " is no number");
        }
        return value.decimalValue();
    }

    /** A price with the decimals of the tick, or more where it is finer. */
    static BigDecimal price(JsonNode value, PerpetualSpec spec) {
        if (!value.isNumber() || value.decimalValue().signum() <= 0) {
            throw new Unfit("a price is no positive number");
        }
        BigDecimal price = value.decimalValue().stripTrailingZeros();
        return price.setScale(Math.max(price.scale(), spec.tickUsdc().scale()));
    }

    static BigDecimal decimalOr0(JsonNode from, String name) {
        return from.path(name).isNumber() ? from.path(name).decimalValue() : BigDecimal.ZERO;
    }

    static long whole(JsonNode from, String name) {
        JsonNode value = from.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new Unfit(name + " is no whole number");
        }
        return value.longValue();
    }

    /** Whole lots of an amount in coins. */
    static long lots(BigDecimal coins, PerpetualSpec spec) {
        BigDecimal[] lots = coins.divideAndRemainder(spec.coinsPerLot());
        if (lots[1].signum() != 0 || lots[0].precision() - lots[0].scale() > 18) {
            throw new Unfit("amount=" + coins + " is not in lots of " + spec.coinsPerLot());
        }
        return lots[0].longValueExact();
    }

    /** What the pool has or receives. */
    static Usdc received(BigDecimal amount) {
        return usdc(amount.setScale(MICRO, RoundingMode.FLOOR));
    }

    /** What the pool pays or must hold. */
    static Usdc owed(BigDecimal amount) {
        return usdc(amount.setScale(MICRO, RoundingMode.CEILING));
    }

    private static Usdc usdc(BigDecimal amount) {
        try {
            return Usdc.of(amount);
        } catch (IllegalArgumentException tooLarge) {
            throw new Unfit("amount=" + amount + " is too large");
        }
    }

    static List<VenueFill> fills(JsonNode trades, PerpetualSpec spec) {
        List<VenueFill> fills = new ArrayList<>();
        for (JsonNode trade : trades) {
            fills.add(fill(trade, spec));
        }
        return fills;
    }

    private static VenueFill fill(JsonNode trade, PerpetualSpec spec) {
        String direction = trade.path("direction").asText();
        if (!direction.equals("buy") && !direction.equals("sell")) {
            throw new Unfit("direction=" + direction);
        }
        long lots = lots(decimal(trade, "amount"), spec);
        if (lots <= 0) {
            throw new Unfit("amount of a trade is not positive");
        }
        return new VenueFill(
                whole(trade, "trade_seq"),
                trade.path("trade_id").asText(),
                whole(trade, "timestamp"),
                trade.path("label").asText(""),
                direction.equals("buy") ? lots : -lots,
                price(trade.path("price"), spec),
                owed(decimal(trade, "fee")));
    }

    /** A line of the transaction log that moved cash besides a trade's price and fee; nothing otherwise. */
    static Optional<VenuePayment> payment(JsonNode line) {
        VenuePayment.Kind kind;
        BigDecimal amount;
        switch (line.path("type").asText()) {
            case "transfer", "deposit", "withdrawal" -> {
                kind = VenuePayment.Kind.TRANSFER;
                amount = decimal(line, "change");
            }
            case "settlement", "trade" -> {
                kind = VenuePayment.Kind.FUNDING;
                amount = decimalOr0(line, "interest_pl");
            }
            case "liquidation" -> {
                kind = VenuePayment.Kind.LIQUIDATION_FEE;
                amount = decimal(line, "change");
            }
            default -> {
                return Optional.empty();
            }
        }
        Usdc received = received(amount);
        return received.signum() == 0
                ? Optional.empty()
                : Optional.of(
                        new VenuePayment(
                                whole(line, "user_seq"), whole(line, "timestamp"), kind, received));
    }

    static List<Venue.Level> levels(JsonNode side, PerpetualSpec spec) {
        List<Venue.Level> levels = new ArrayList<>();
        for (JsonNode level : side) {
            if (!level.path(1).isNumber()) {
                throw new Unfit("a level has no amount");
            }
            long lots = lots(level.path(1).decimalValue(), spec);
            levels.add(new Venue.Level(price(level.path(0), spec), lots));
        }
        return levels;
    }
}
