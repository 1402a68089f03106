package io.dolim.capacity;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.InstrumentGreeks;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.pricing.PricingVersion;
import io.dolim.quoting.quote.CapitalCharge;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteLines;
import io.dolim.quoting.quote.QuoteRules;
import io.dolim.quoting.quote.Quoter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * The bits of all that a price of the {@link GoldenPool} is made of, one hash a line: vectors,
 * potential, measures, charges, whole quotes. Started on its own it prints them, so that a test can
 * compare Java machines that were started differently. Field by field: a record may gain a field and
 * the tape stays.
 */
final class GoldenTape {

    private static final int MOST_PACKAGES = 70;

    /** A machine without vector lanes takes minutes for more over a large set. */
    private static final int LARGE_SET = 600;

    private static final int LARGE_SET_PACKAGES = 16;
    private static final QuoteRules RULES =
            new QuoteRules(
                    1_800_000L,
                    2_000L,
                    new QuoteRules.SpreadRules(
                            0.005,
                            30.0,
                            1.0,
                            3.0,
                            0.4,
                            30.0,
                            List.of(0.1, 0.25, 0.4, 0.6, 0.75, 0.9)),
                    new QuoteRules.HedgeRules(0.0001, 0.0004, 2e-6, 0.01, 0.5, 0.5, 10.0),
                    new QuoteRules.FeeRules(0.0003, 0.125));

    private final int version;
    private final GoldenPool pool;
    private final List<OptionPackage> packages;
    private final CapacityView view;

    /**
     * A tape of the pool.
     *
     * @param version pricing version of the quotes
     * @param set name of the scenario set
     */
    GoldenTape(int version, String set) {
        this.version = version;
        pool = new GoldenPool(set);
        packages =
                pool.packages(
                        pool.pricer().scenarios().size() < LARGE_SET
                                ? MOST_PACKAGES
                                : LARGE_SET_PACKAGES);
        view = pool.view(2);
    }

    public static void main(String[] args) {
        for (String set : args) {
            System.out.print(new GoldenTape(PricingVersion.CURRENT, set).played());
        }
    }

    /** The hashes with the pricing version that they belong to. */
    String played() {
        return "pricing_version "
                + version
                + line("scenarios", this::scenarios)
                + line("vectors", this::vectors)
                + line("potential", this::potential)
                + line("measures", this::measures)
                + line("charges", this::charges)
                + line("quotes", this::quotes)
                + "\nquoted "
                + packages.stream().filter(this::isQuoted).count()
                + " of "
                + packages.size()
                + "\n";
    }

    private static String line(String name, Function<Tape, Tape> section) {
        return "\n" + name + " " + section.apply(new Tape()).hash();
    }

    private Tape scenarios(Tape tape) {
        for (int s = 0; s < pool.pricer().scenarios().size(); s++) {
            tape.add(pool.pricer().scenarios().probability(s));
            for (Underlying underlying : GoldenPool.SPECS.keySet()) {
                tape.add(pool.pricer().scenarios().move(s, underlying).logSpot());
                tape.add(pool.pricer().scenarios().move(s, underlying).volShock());
                double tilt = pool.pricer().scenarios().move(s, underlying).tilt();
                if (tilt != 0) {
                    tape.add(tilt);
                }
            }
        }
        return tape;
    }

    private Tape vectors(Tape tape) {
        for (OptionContract contract : pool.positions().keySet()) {
            Underlying underlying = contract.underlying();
            InstrumentVectors one =
                    pool.pricer()
                            .of(
                                    pool.market(underlying),
                                    Pool.in(GoldenPool.SPECS, underlying),
                                    contract);
            add(tape, pool.pricer().none().plus(one, 1), underlying);
            InstrumentGreeks g = one.greeks();
            tape.add(
                    one.timeValueUsdc(),
                    g.markUsdc(),
                    g.deltaCoins(),
                    g.gammaUsdc(),
                    g.vegaUsdc(),
                    g.thetaUsdc(),
                    g.notionalUsdc());
        }
        return tape;
    }

    private static void add(Tape tape, BookVectors book, Underlying underlying) {
        tape.add(book.values());
        for (int k = 0; k < InstrumentVectors.LAYERS; k++) {
            tape.add(book.hedged(k));
            for (int g = 0; g < book.scenarios().gridSize(); g++) {
                tape.add(book.gridHedged(k, g));
            }
        }
        for (int g = 0; g < book.scenarios().gridSize(); g++) {
            tape.add(book.rehedgeUsdc(underlying, g));
        }
    }

    /** Of the inventory and of it with each package, under every aversion. */
    private Tape potential(Tape tape) {
        for (int g = 1; g <= 4; g++) {
            Potential potential =
                    new Potential(
                            pool.pricer().scenarios(),
                            view.inputs().capital(),
                            new double[pool.pricer().scenarios().size()],
                            new Potential.Terms(g, 0.25));
            add(tape, potential.of(view.inventory()));
            for (OptionPackage asked : packages.subList(0, 15)) {
                BookVectors change = view.vectorsOf(asked).poolChange();
                add(tape, potential.of(view.inventory().plus(change)));
            }
        }
        return tape;
    }

    private static void add(Tape tape, Potential.Answer answer) {
        switch (answer) {
            case Potential.Valued valued -> {
                tape.add(valued.phi());
                valued.layers().forEach(one -> tape.add(one.certainty(), one.worstLoss()));
            }
            case Potential.Barred barred -> tape.add(-1.0, barred.layer());
        }
    }

    private Tape measures(Tape tape) {
        Measures m = view.measures();
        return tape.add(
                m.equity(),
                m.capital(),
                m.worstDamped(),
                m.worstUndamped(),
                m.hedgingBuffer(),
                m.rac(),
                m.racFloor(),
                m.expectedShortfall(),
                m.valueAtRisk(),
                m.strain());
    }

    private Tape charges(Tape tape) {
        for (int g = 1; g <= 4; g++) {
            CapacityView other = pool.view(g);
            for (OptionPackage asked : packages) {
                switch (other.of(asked)) {
                    case CapitalCharge.Charged charged ->
                            tape.add(charged.usdc(), charged.risingShare());
                    case CapitalCharge.Unavailable no -> tape.add(no.toString());
                }
            }
        }
        return tape;
    }

    private Tape quotes(Tape tape) {
        for (OptionPackage asked : packages) {
            switch (quote(asked)) {
                case Quote.Quoted quoted -> {
                    QuoteLines lines = quoted.lines();
                    for (Usdc line :
                            List.of(
                                    lines.mark(),
                                    lines.spread(),
                                    lines.hedgeCost(),
                                    lines.capitalCharge(),
                                    lines.fee(),
                                    lines.tick())) {
                        tape.add(line.toString());
                    }
                    tape.add(
                            quoted.greeks().deltaCoins(),
                            quoted.greeks().gammaCoins(),
                            quoted.greeks().vegaUsdc(),
                            quoted.greeks().thetaUsdc());
                }
                case Quote.Refused no -> tape.add(no.rule() + no.numbers());
            }
        }
        return tape;
    }

    private Quote quote(OptionPackage asked) {
        Underlying underlying = asked.underlying();
        return new Quoter(Pool.in(GoldenPool.SPECS, underlying), RULES, version)
                .quoteAgain(pool.market(underlying), view, Double.NEGATIVE_INFINITY, asked);
    }

    private boolean isQuoted(OptionPackage asked) {
        return quote(asked) instanceof Quote.Quoted;
    }

    private static final class Tape {
        private final MessageDigest digest;

        Tape() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException absent) {
                throw new IllegalStateException(absent);
            }
        }

        Tape add(double... values) {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
            for (double value : values) {
                bytes.putLong(Double.doubleToLongBits(value));
            }
            digest.update(bytes.array());
            return this;
        }

        Tape add(String text) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        String hash() {
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        }
    }
}
