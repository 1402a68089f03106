package io.dolim.capacity.adversary;

import io.dolim.capacity.Capacity;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an adversary does in a session. */
enum Strategy {
    /** Sells two-day options against a book that is short of long ones, again and again as they expire. */
    ROLLING_SHORTS {
        @Override
        void play(Session s) {
            honestBook(s, -1);
            s.begin();
            for (int roll = 0; roll < 6; roll++) {
                for (int i = 0; i < 2; i++) {
                    OptionType type = s.random.nextBoolean() ? OptionType.CALL : OptionType.PUT;
                    double percent = 97.5 + 2.5 * s.random.nextInt(3);
                    s.trade(
                            s.adversary,
                            s.optionFromNow(
                                    Setting.BTC, 2, percent, type, -50L - s.random.nextInt(600)));
                }
                s.nextView(DAY_MS);
                s.nextView(DAY_MS + 1);
            }
        }
    },

    /** Brings capital before he buys and takes it away before he sells back, or the other way round. */
    CAPITAL_AROUND_TRADES {
        @Override
        void play(Session s) {
            honestBook(s, s.random.nextBoolean() ? 1 : -1);
            s.begin();
            for (int round = 0; round < 4; round++) {
                Usdc capital = Usdc.ofWhole(1_000_000L * (1 + s.random.nextInt(40)));
                boolean brought = s.pool.payIn(capital);
                s.nextView(1_000);
                s.trade(s.adversary, s.any(900));
                if (brought) {
                    s.pool.payOut(capital);
                }
                s.nextView(1_000);
                s.closeAll();
            }
        }
    },

    /** Has many quotes made on one view, accepts them one after another, sells all back at once. */
    STACKED_QUOTES {
        @Override
        void play(Session s) {
            honestBook(s, s.random.nextInt(3) - 1);
            s.begin();
            OptionPackage one = s.any(150);
            List<Session.Offer> offers = stack(s, List.of(one), 14);
            s.pass(s.random.nextInt(1_500));
            int filled = acceptAll(s, offers);
            if (filled > 0) {
                s.trade(s.adversary, times(one, -filled));
            }
            s.nextView(1_000);
            s.closeAll();
        }
    },

    /** Trades both books at once on one inventory: all in flight together, there and back. */
    TWO_BOOKS {
        @Override
        void play(Session s) {
            honestBook(s, s.random.nextInt(3) - 1);
            s.begin();
            int percent = 90 + 5 * s.random.nextInt(5);
            long lots = 20L + s.random.nextInt(300);
            OptionPackage bitcoin =
                    s.optionFromNow(Setting.BTC, 30, percent, OptionType.CALL, lots);
            OptionPackage ether =
                    s.optionFromNow(Setting.ETH, 30, percent, OptionType.CALL, 3 * lots);
            inFlight(s, stack(s, List.of(bitcoin, ether), 4));
            s.nextView(1_000);
            List<Session.Offer> back = new ArrayList<>();
            for (OptionPackage one : s.adversary.closings()) {
                s.quote(one).ifPresent(back::add);
            }
            inFlight(s, back);
        }
    },

    /** The spot jumps up and down; he takes at each end what costs least, there or back. */
    SAWTOOTH {
        @Override
        void play(Session s) {
            honestBook(s, s.random.nextBoolean() ? 1 : -1);
            s.begin();
            double jump = 0.01 + 0.09 * s.random.nextDouble();
            Underlying underlying = s.random.nextBoolean() ? Setting.BTC : Setting.ETH;
            for (int tooth = 0; tooth < 8; tooth++) {
                s.jump(underlying, tooth % 2 == 0 ? jump : -jump);
                cheapest(s, 4, 900);
            }
            s.closeAll();
        }
    },

    /** Reserves and lets lapse: to take capacity from others, and to have his own trade look needed. */
    GRIEFING {
        @Override
        void play(Session s) {
            honestBook(s, s.random.nextBoolean() ? 1 : -1);
            s.begin();
            for (int round = 0; round < 3; round++) {
                OptionPackage one = s.any(900);
                List<Capacity.Granted> open = new ArrayList<>();
                for (Session.Offer offer : stack(s, List.of(one), 6)) {
                    s.reserve(offer).ifPresent(open::add);
                }
                s.trade(s.adversary, one.reversed());
                s.griefed(open);
                s.nextView(1_000);
                s.closeAll();
            }
        }
    },

    /** Keeps a quote of the view before, and accepts it when another inventory and another view are there. */
    KEPT_QUOTES {
        @Override
        void play(Session s) {
            honestBook(s, s.random.nextBoolean() ? 1 : -1);
            s.begin();
            for (int round = 0; round < 4; round++) {
                OptionPackage one = s.any(600);
                List<Session.Offer> kept = stack(s, List.of(one, one.reversed()), 2);
                s.trade(s.adversary, one);
                s.nextView(1_000);
                acceptAll(s, kept);
                s.closeAll();
            }
        }
    },

    /** Fills the capital with options that hardly cost anything, keeps them some days, gives them back. */
    FAR_OPTIONS {
        @Override
        void play(Session s) {
            honestBook(s, s.random.nextInt(3) - 1);
            s.begin();
            int days = 5 + s.random.nextInt(60);
            for (int i = 0; i < 4; i++) {
                s.trade(
                        s.adversary,
                        s.optionFromNow(
                                Setting.BTC,
                                days,
                                50 + 5 * s.random.nextInt(4),
                                OptionType.PUT,
                                300L + s.random.nextInt(1_500)));
            }
            int kept = 1 + s.random.nextInt(4);
            for (int day = 0; day < kept; day++) {
                s.nextView(DAY_MS);
            }
            s.closeAll();
        }
    },

    /** Takes what costs least of many things, while the market drifts. */
    GREEDY {
        @Override
        void play(Session s) {
            honestBook(s, s.random.nextInt(3) - 1);
            s.begin();
            for (int step = 0; step < 8; step++) {
                cheapest(s, 5, s.random.nextBoolean() ? 60 : 1_200);
                s.vol(Setting.BTC, 0.3 + 0.5 * s.random.nextDouble());
                s.nextView(1_000L + s.random.nextInt(6 * 3_600_000));
            }
            s.closeAll();
        }
    },

    /** Waits for a late jump in the last half hour, when most of the delivery price is known. */
    LATE_JUMP {
        @Override
        void play(Session s) {
            honestBook(s, s.random.nextBoolean() ? 1 : -1);
            s.nextView(DAY_MS - 3_600_000L - 60_000L * (4 + s.random.nextInt(34)));
            s.begin();
            double jump = s.random.nextBoolean() ? 0.01 : -0.01;
            s.jump(Setting.BTC, jump);
            for (int i = 0; i < 6; i++) {
                OptionType type = s.random.nextBoolean() ? OptionType.CALL : OptionType.PUT;
                s.trade(
                        s.adversary,
                        s.optionFromNow(
                                Setting.BTC,
                                0,
                                100 + s.random.nextInt(3) - 1,
                                type,
                                (s.random.nextBoolean() ? 1 : -1) * 1_000L));
            }
        }
    };

    static final long DAY_MS = Session.DAY_MS;

    /** Plays until he is done; what he took is in the session. */
    abstract void play(Session session);

    /** As it is written, {@code rolling_shorts}. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What others have bought of the pool or sold to it; nothing when the way is 0. */
    private static void honestBook(Session s, int way) {
        for (int i = 0; way != 0 && i < 3; i++) {
            Underlying underlying = i == 2 ? Setting.ETH : Setting.BTC;
            long lots = -way * (100L + s.random.nextInt(700));
            int days = 20 + s.random.nextInt(40);
            OptionPackage straddle =
                    both(
                            s.optionFromNow(underlying, days, 100, OptionType.CALL, lots),
                            s.optionFromNow(underlying, days, 100, OptionType.PUT, lots));
            s.trade(s.honest, straddle);
            s.nextView(61_000);
        }
    }

    private static OptionPackage both(OptionPackage one, OptionPackage other) {
        List<Leg> legs = new ArrayList<>(one.legs());
        legs.addAll(other.legs());
        return new OptionPackage(legs);
    }

    private static OptionPackage times(OptionPackage one, long times) {
        return new OptionPackage(
                one.legs().stream()
                        .map(leg -> new Leg(leg.contract(), times * leg.lots()))
                        .toList());
    }

    /** So many quotes of each, all of this moment. */
    private static List<Session.Offer> stack(Session s, List<OptionPackage> each, int times) {
        List<Session.Offer> offers = new ArrayList<>();
        for (OptionPackage one : each) {
            Optional<Session.Offer> offer = s.quote(one);
            for (int i = 0; i < times && offer.isPresent(); i++) {
                offers.add(offer.get());
            }
        }
        return offers;
    }

    /** One after another; a refused one is asked for anew, once. How many were filled. */
    private static int acceptAll(Session s, List<Session.Offer> offers) {
        int filled = 0;
        for (Session.Offer offer : offers) {
            filled += s.accept(s.adversary, offer) || s.trade(s.adversary, offer.asked()) ? 1 : 0;
        }
        return filled;
    }

    /** All are asked for before any is written. */
    private static void inFlight(Session s, List<Session.Offer> offers) {
        List<Runnable> writes = new ArrayList<>();
        for (Session.Offer offer : offers) {
            s.reserve(offer)
                    .ifPresent(grant -> writes.add(() -> s.write(s.adversary, offer, grant)));
        }
        writes.forEach(Runnable::run);
    }

    /** Of so many new packages and all that closes a position the one that costs least above the mark. */
    private static void cheapest(Session s, int many, int mostLots) {
        List<OptionPackage> all = new ArrayList<>(s.adversary.closings());
        for (int i = 0; i < many; i++) {
            all.add(s.any(mostLots));
        }
        all.stream()
                .map(s::quote)
                .flatMap(Optional::stream)
                .min(Comparator.comparingDouble(Session.Offer::aboveMarkUsdc))
                .ifPresent(offer -> s.accept(s.adversary, offer));
    }
}
