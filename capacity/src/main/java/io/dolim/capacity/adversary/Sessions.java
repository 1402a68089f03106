package io.dolim.capacity.adversary;

import com.typesafe.config.Config;
import io.dolim.quoting.money.Usdc;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sessions by number: the number chooses strategy, limits and path, so that any of them can be played
 * again alone. Not safe for use by several threads at once.
 */
public final class Sessions {

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Setting shipped;
    private final Setting wide;
    private final long seed;

    /**
     * @param dolimCapacity configuration at {@code dolim.capacity}
     * @param seed of all sessions
     */
    public Sessions(Config dolimCapacity, long seed) {
        this.shipped = Setting.of(dolimCapacity);
        this.wide = Setting.wide(dolimCapacity, "");
        this.seed = seed;
    }

    /** The names of the strategies, in the order in which sessions take turns. */
    public static List<String> strategies() {
        return Arrays.stream(Strategy.values()).map(Strategy::code).toList();
    }

    /** Plays a session. */
    public Outcome play(int number) {
        Strategy[] all = Strategy.values();
        Strategy strategy = all[number % all.length];
        boolean wideLimits = number / all.length % 2 == 1;
        SplittableRandom random = new SplittableRandom(seed * MIX + number);
        Usdc capital = Usdc.ofWhole(1_000_000L * (5 + random.nextInt(16)));
        Session session = new Session(wideLimits ? wide : shipped, capital, random);
        strategy.play(session);
        return new Outcome(
                strategy.code(),
                number,
                wideLimits,
                session.adversary.takenUsdc(),
                session.mayTakeUsdc(),
                session.adversary.charged().negated().toDouble(),
                session.adversary.forgiven().toDouble(),
                session.adversary.fills(),
                session.refused(),
                session.delayed(),
                session.denied(),
                session.pool.reservations());
    }
}
