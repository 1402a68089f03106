package io.dolim.capacity;

import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The charge account's equation solved: {@code B(t) = B 2^(-t/tau) + b tau/ln2 (1 - 2^(-t/tau))}.
 * The power of two is built of square roots, which IEEE 754 rounds alike on every machine, because
 * replayed balances must be the same to the micro for ever.
 */
final class Decay {

    private static final double LN_2 = 0.6931471805599453;
    private static final double MS_PER_DAY = 86_400_000.0;
    private static final int FRACTION_BITS = 40;

    private Decay() {}

    static Usdc of(Usdc balance, long elapsedMs, ChargeAccount.Terms terms) {
        if (elapsedMs == 0) {
            return balance;
        }
        double kept = halved((double) elapsedMs / terms.halfLifeMs());
        double ceiling = terms.dailyBudget().micros() * (terms.halfLifeMs() / MS_PER_DAY) / LN_2;
        BigDecimal micros =
                BigDecimal.valueOf(balance.micros())
                        .multiply(new BigDecimal(kept))
                        .add(new BigDecimal(ceiling * (1 - kept)));
        return new Usdc(micros.setScale(0, RoundingMode.FLOOR).longValueExact());
    }

    /** 2^-x for x at least 0; its fraction counts to 40 bits. */
    static double halved(double x) {
        if (x >= 1000) {
            return 0;
        }
        double whole = Math.floor(x);
        double rest = x - whole;
        double factor = Math.scalb(1.0, -(int) whole);
        double root = 0.5;
        for (int bit = 0; bit < FRACTION_BITS; bit++) {
            root = Math.sqrt(root);
            rest *= 2;
            if (rest >= 1) {
                factor *= root;
                rest -= 1;
            }
        }
        return factor;
    }
}
