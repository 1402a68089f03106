package io.dolim.book.order;

import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * What a taker wishes.
 *
 * @param lots signed from the taker: positive buys
 * @param limitUsdc the worst price that he takes, fee included, USDC per coin; positive
 * @param force how long it rests
 * @param reduceOnly it must make his position smaller, whole
 * @param label the taker's tag, which groups orders and names none of them; may be empty
 */
public record OrderTerms(
        OptionContract contract,
        long lots,
        BigDecimal limitUsdc,
        Force force,
        boolean reduceOnly,
        String label) {

    /** How long an order rests. */
    public enum Force {
        /** Until it is filled, or ended by its taker or with its contract. */
        GOOD_TIL_CANCELLED,
        /** At most to the next end of a day, 08:00 UTC. */
        GOOD_TIL_DAY;

        /** The name on the wire. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException when nothing is asked for or the limit is not positive */
    public OrderTerms {
        if (lots == 0 || limitUsdc.signum() <= 0) {
            throw new IllegalArgumentException(
                    "lots=" + lots + " must not be zero, limit=" + limitUsdc + " must be positive");
        }
    }

    /** The package that fills it. */
    public OptionPackage legs() {
        return OptionPackage.of(new Leg(contract, lots));
    }

    /** The most that it may cost in all, USDC; negative: the least that is received. */
    public BigDecimal mostUsdc(ContractSpec spec) {
        return spec.coins(lots).multiply(limitUsdc);
    }

    /** Whether a price in all is within the limit. */
    public boolean allows(Usdc price, ContractSpec spec) {
        return price.toDecimal().compareTo(mostUsdc(spec)) <= 0;
    }

    /** With another amount and limit. */
    public OrderTerms with(long otherLots, BigDecimal otherLimitUsdc) {
        return new OrderTerms(contract, otherLots, otherLimitUsdc, force, reduceOnly, label);
    }
}
