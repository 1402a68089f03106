package io.dolim.capacity.adversary;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Somebody who trades with the pool: what he holds, and what he has taken out of it. */
final class Taker {

    private final SortedMap<OptionContract, Long> held = new TreeMap<>();
    private double takenUsdc;
    private Usdc charged = Usdc.ZERO;
    private Usdc forgiven = Usdc.ZERO;
    private int fills;

    /**
     * A fill.
     *
     * @param charge that he paid
     * @param decided that Capacity decided: more by a tick at most
     * @param markUsdc what the package was worth to him when he was filled
     */
    void filled(OptionPackage asked, Usdc price, Usdc charge, Usdc decided, double markUsdc) {
        for (Leg leg : asked.legs()) {
            held.merge(leg.contract(), leg.lots(), Long::sum);
        }
        held.values().removeIf(lots -> lots == 0);
        takenUsdc += markUsdc - price.toDouble();
        charged = charged.plus(charge);
        Usdc missing = decided.minus(charge);
        forgiven = forgiven.plus(missing.signum() > 0 ? missing : Usdc.ZERO);
        fills++;
    }

    void settled(Expiry expiry) {
        held.keySet().removeIf(contract -> contract.expiry().equals(expiry));
    }

    /** What undoes a position. */
    List<OptionPackage> closings() {
        return held.entrySet().stream()
                .map(each -> OptionPackage.of(new Leg(each.getKey(), -each.getValue())))
                .toList();
    }

    /** Marks of what he got less what he paid for it, each at the moment of its fill: USDC, whatever the market did then. */
    double takenUsdc() {
        return takenUsdc;
    }

    /** Capacity charges less discounts. */
    Usdc charged() {
        return charged;
    }

    /** What quotes fell short of the charges that were decided. */
    Usdc forgiven() {
        return forgiven;
    }

    int fills() {
        return fills;
    }
}
