package io.dolim.capacity.adversary;

import com.typesafe.config.Config;
import io.dolim.capacity.LonePool;
import io.dolim.capacity.Measures;
import io.dolim.capacity.Potential;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Six attacks that once paid, each played with its defence and without it: BTC at 65,000 and 50 %, a
 * pool of ten or forty million, limits out of the way. Without means that the simulation prices or decides as
 * the pool would had it not the defence; the product is the same.
 */
public enum Attack {
    /**
     * Vectors of the view now, inventory of the view before: the market jumps away from what the pool is
     * short of, and what is at the money now is sold to it as if it were short of that.
     */
    OLD_INVENTORY_FRESH_VECTORS {
        @Override
        Brought play(Config config, boolean defended) {
            Session s = session(config, LARGE, defended ? "" : NO_ACCOUNT);
            s.trade(s.honest, call(Setting.BTC, 5_000));
            s.still(1_000);
            s.begin();
            for (int round = 0; round < 3; round++) {
                BookVectors before = s.pool.view().inventory();
                s.jump(Setting.BTC, UP);
                OptionPackage now =
                        Session.option(Setting.BTC, 30, AFTER_UP, OptionType.CALL, -4_000);
                if (defended) {
                    s.trade(s.adversary, now);
                } else {
                    Potential potential = s.pool.potential();
                    BookVectors change = s.pool.view().vectorsOf(now).poolChange();
                    charged(s, now, phi(potential, before.plus(change)) - phi(potential, before));
                }
                s.still(1_000);
                s.closeAll();
                s.jump(Setting.BTC, -UP);
            }
            return Brought.by(s);
        }
    },

    /** 500 quotes of one coin, made at one inventory and accepted one after another, sold back in one trade. */
    STACKED_ONE_LOT_QUOTES {
        @Override
        Brought play(Config config, boolean defended) {
            Session s = session(config, LARGE, defended ? "" : NO_ACCOUNT);
            OptionPackage one = Session.option(Setting.BTC, 30, 100, OptionType.CALL, 10);
            Session.Offer offer = s.quote(one).orElseThrow();
            for (int i = 0; i < 500; i++) {
                take(s, offer, defended);
            }
            s.closeAll();
            return Brought.by(s);
        }
    },

    /** Two books price at one inventory of before the other's trade; both are unwound at the true one. */
    TWO_BOOKS_ONE_STALE_INVENTORY {
        @Override
        Brought play(Config config, boolean defended) {
            Session s = session(config, LARGE, defended ? "" : NO_ACCOUNT);
            for (int round = 0; round < 5; round++) {
                List<Session.Offer> offers =
                        List.of(
                                s.quote(call(Setting.BTC, 2_500)).orElseThrow(),
                                s.quote(call(Setting.ETH, 6_500)).orElseThrow());
                offers.forEach(offer -> take(s, offer, defended));
                s.closeAll();
            }
            return Brought.by(s);
        }
    },

    /**
     * Two-day calls sold against a book that is short of 30-day ones, each two days for a fortnight:
     * with one factor for the life of an option instead of layers, and no charge account.
     */
    ROLLING_SHORT_AGAINST_LONG {
        @Override
        Brought play(Config config, boolean defended) {
            Session s = session(config, LARGE, defended ? "" : NO_ACCOUNT);
            s.trade(s.honest, call(Setting.BTC, 5_000));
            for (int roll = 0; roll < 7; roll++) {
                OptionPackage shorts =
                        s.optionFromNow(Setting.BTC, 2, 100, OptionType.CALL, -5_000);
                if (defended) {
                    s.trade(s.adversary, shorts);
                } else {
                    charged(s, shorts, new OneFactor(s).charge(shorts));
                }
                s.still(Session.DAY_MS);
                s.still(Session.DAY_MS);
            }
            return Brought.by(s);
        }
    },

    /**
     * 40 % of the capital for puts that nobody expects to pay: the rent of ten days for what they took,
     * less what was charged. The charge is held against the worst loss, on which it has rent; the whole
     * price against RAC, of which the hedging buffer takes more.
     */
    CAPITAL_FOR_FAR_PUTS {
        @Override
        Brought play(Config config, boolean defended) {
            Session s = session(config, CAPITAL, defended ? "" : "potential.rent-annual = 0\n");
            Measures before = s.pool.view().measures();
            OptionPackage puts = Session.option(Setting.BTC, 30, 50, OptionType.PUT, FAR_PUTS);
            s.trade(s.adversary, puts);
            Measures after = s.pool.view().measures();
            Brought all = Brought.by(s);
            return new Brought(
                    rent(after.worstDamped() - before.worstDamped()) + all.chargesUsdc(),
                    rent(before.rac() - after.rac()) + all.wholeUsdc(),
                    0);
        }

        private double rent(double usdc) {
            return usdc * RENT_ANNUAL * 10 / 365;
        }
    },

    /** A jump of one percent five minutes before expiry, when five sixths of the delivery price are known. */
    LATE_JUMP_IN_THE_WINDOW {
        @Override
        Brought play(Config config, boolean defended) {
            Setting setting = Setting.wide(config, "");
            Session open =
                    new Session(defended ? setting : setting.withClosing(1), CAPITAL, chance());
            open.still(23 * 3_600_000L - 300_000L);
            double known = open.market(Setting.BTC).spotUsdc();
            open.jump(Setting.BTC, ONE_PERCENT);
            double now = open.market(Setting.BTC).spotUsdc();
            OptionPackage calls = open.optionFromNow(Setting.BTC, 0, 100, OptionType.CALL, -1_000);
            Optional<Session.Offer> offer = open.quote(calls);
            if (offer.isEmpty() || !open.accept(open.adversary, offer.get())) {
                return new Brought(0, 0, 0);
            }
            BigDecimal delivery = Usdc.nearest((5 * known + now) / 6).toDecimal();
            BigDecimal owed =
                    LonePool.payoff(calls.legs().getFirst().contract(), delivery)
                            .multiply(Setting.spec(Setting.BTC).coins(1_000));
            double taken = -offer.get().quoted().price().toDouble() - owed.doubleValue();
            return new Brought(taken, taken, 0);
        }
    };

    private static final Usdc CAPITAL = Usdc.ofWhole(10_000_000);
    private static final Usdc LARGE = Usdc.ofWhole(40_000_000);
    private static final double UP = 0.4;
    private static final double AFTER_UP = 149;
    private static final double ONE_PERCENT = 0.00995;
    private static final double RENT_ANNUAL = 0.25;
    private static final long FAR_PUTS = 9_000;

    /** A budget that no discount exhausts. */
    private static final String NO_ACCOUNT = "charge-account.daily-budget-usdc = 1000000000\n";

    /**
     * What it brought, USDC.
     *
     * @param chargesUsdc by the price of inventory alone: discounts less charges
     * @param wholeUsdc with all lines of the price, at the engine's own mark
     * @param thereUsdc what the charge account held and was budgeted: what discounts may come to
     */
    public record Brought(double chargesUsdc, double wholeUsdc, double thereUsdc) {

        private static Brought by(Session session) {
            return new Brought(
                    session.adversary.charged().negated().toDouble(),
                    session.adversary.takenUsdc(),
                    session.mayTakeUsdc());
        }
    }

    /**
     * An attack both ways.
     *
     * @param without its defence
     * @param with it
     */
    public record Figures(String attack, Brought without, Brought with) {}

    /** Plays it both ways. */
    public Figures played(Config dolimCapacity) {
        return new Figures(
                name().toLowerCase(Locale.ROOT),
                play(dolimCapacity, false),
                play(dolimCapacity, true));
    }

    abstract Brought play(Config config, boolean defended);

    private static Session session(Config config, Usdc capital, String more) {
        Session session = new Session(Setting.wide(config, more), capital, chance());
        if (more.equals(NO_ACCOUNT)) {
            // a budget is given by the day, from the first charge on
            session.trade(session.honest, call(Setting.ETH, 1));
            session.still(3_600_000L);
        }
        session.begin();
        return session;
    }

    private static SplittableRandom chance() {
        return new SplittableRandom(1);
    }

    private static OptionPackage call(Underlying underlying, long lots) {
        return Session.option(underlying, 30, 100, OptionType.CALL, lots);
    }

    private static void take(Session s, Session.Offer offer, boolean defended) {
        if (defended) {
            if (!s.accept(s.adversary, offer)) {
                s.trade(s.adversary, offer.asked());
            }
        } else {
            s.reserveBlindly(offer).ifPresent(grant -> s.write(s.adversary, offer, grant));
        }
    }

    /** A trade whose charge is another than the pool's; the pool books its own. */
    private static void charged(Session s, OptionPackage asked, double chargeUsdc) {
        Session.Offer offer = s.quote(asked).orElseThrow();
        s.pool.write(s.reserveBlindly(offer).orElseThrow().id());
        Usdc charge = Usdc.dueFromTaker(chargeUsdc, new Usdc(1));
        s.adversary.filled(
                asked,
                offer.quoted().price().minus(offer.quoted().lines().capitalCharge()).plus(charge),
                charge,
                charge,
                s.market(asked.underlying()).markUsdc(Setting.spec(asked.underlying()), asked));
    }

    private static double phi(Potential potential, BookVectors book) {
        return switch (potential.of(book)) {
            case Potential.Valued valued -> valued.phi();
            case Potential.Barred barred -> throw new IllegalStateException(barred.toString());
        };
    }
}
