package io.dolim.book.hedge;

import com.typesafe.config.Config;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What is to lie at a venue: so many times the margin that it asks for, within bounds.
 *
 * @param times of the initial margin
 * @param least however small the position
 * @param most whatever the position
 * @param slack share by which equity may be off before something is moved
 */
public record Collateral(double times, Usdc least, Usdc most, double slack) {

    /** @throws IllegalArgumentException naming the figures */
    public Collateral {
        if (!(times >= 1 && times <= 100 && slack > 0 && slack < 1)
                || least.signum() <= 0
                || most.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "collateral times=" + times + " least=" + least + " most=" + most);
        }
    }

    static Collateral of(Config config) {
        return new Collateral(
                config.getDouble("times"),
                Usdc.of(new BigDecimal(config.getString("least-usdc"))),
                Usdc.of(new BigDecimal(config.getString("most-usdc"))),
                config.getDouble("slack"));
    }

    /** What is to be moved there, or back when negative; empty when it is near enough. */
    public Optional<Usdc> move(Usdc equity, Usdc initialMargin) {
        double wanted =
                Math.clamp(times * initialMargin.toDouble(), least.toDouble(), most.toDouble());
        double off = wanted - equity.toDouble();
        return Math.abs(off) > slack * wanted ? Optional.of(Usdc.nearest(off)) : Optional.empty();
    }
}
