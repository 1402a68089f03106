package io.dolim.quoting.market;

import io.dolim.quoting.market.GuardState.Alert;
import io.dolim.quoting.market.GuardState.Level;
import java.util.Optional;

/**
 * The bands a consensus must stay in. Within the inner one it passes; beyond it the guard widens;
 * beyond the halting one the market stops until so many ticks in a row stay near each other, at
 * whatever level; beyond the outer one until somebody lifts the latch.
 */
final class GuardBands {

    private GuardBands() {}

    sealed interface Verdict {}

    record Passed(GuardState state) implements Verdict {}

    record Failed(GuardState state, HoldReason reason, String numbers) implements Verdict {}

    static Verdict judge(GuardState state, Level level, GuardRules rules) {
        return switch (state.alert()) {
            case Alert.Latched latched ->
                    new Failed(
                            state.withAlert(new Alert.Latched(level.priceUsdc(), latched.reason())),
                            HoldReason.LATCHED,
                            latched.reason());
            case Alert.Recovering recovering -> recover(state, recovering, level, rules);
            case Alert.Calm _ -> move(state, level, rules, rules.goodTicks());
            case Alert.Wide wide -> move(state, level, rules, wide.good() + 1);
        };
    }

    /** Why the perpetual and the index contradict each other, if they do. */
    static Optional<String> basisFlaw(GuardState state, GuardRules rules, long nowMs) {
        if (state.perpetual().isEmpty() || state.accepted().isEmpty()) {
            return Optional.empty();
        }
        Level perpetual = state.perpetual().get();
        double indexUsdc = state.accepted().get().priceUsdc();
        boolean fresh = nowMs - perpetual.timeMs() <= rules.staleMs();
        return fresh && Math.abs(perpetual.priceUsdc() / indexUsdc - 1) > rules.basisBand()
                ? Optional.of(
                        "basis: perpetualUsdc="
                                + perpetual.priceUsdc()
                                + " indexUsdc="
                                + indexUsdc
                                + " band="
                                + rules.basisBand())
                : Optional.empty();
    }

    /** @param good ticks in a row within the inner band, this one included, if it is */
    private static Verdict move(GuardState state, Level level, GuardRules rules, int good) {
        double move = state.anchor().map(anchor -> distance(level, anchor)).orElse(0.0);
        double scale = state.anchor().map(anchor -> scale(anchor, level, rules)).orElse(1.0);
        double halt = Math.min(rules.haltBand() * scale, rules.latchBand());
        String numbers = "move=" + move + " priceUsdc=" + level.priceUsdc();
        if (move > rules.latchBand()) {
            return latch(state, level, numbers + " band=" + rules.latchBand());
        }
        if (move > halt) {
            String reason = numbers + " band=" + halt;
            return new Failed(
                    state.withAlert(new Alert.Recovering(level.priceUsdc(), 0, reason, false)),
                    HoldReason.BAND,
                    reason);
        }
        Alert alert = new Alert.Calm();
        if (move > rules.widenBand() * scale) {
            alert = new Alert.Wide(move, 0);
        } else if (good < rules.goodTicks()) {
            alert = new Alert.Wide(move, good);
        }
        return new Passed(state.accept(level, rules.bandWindowMs()).withAlert(alert));
    }

    private static Verdict recover(
            GuardState state, Alert.Recovering recovering, Level level, GuardRules rules) {
        double away = state.accepted().map(accepted -> distance(level, accepted)).orElse(0.0);
        if (away > rules.latchBand() && !recovering.lifted()) {
            return latch(
                    state,
                    level,
                    "move="
                            + away
                            + " priceUsdc="
                            + level.priceUsdc()
                            + " band="
                            + rules.latchBand());
        }
        double step = Math.abs(level.priceUsdc() / recovering.candidateUsdc() - 1);
        int good = step <= rules.widenBand() ? recovering.good() + 1 : 0;
        if (good >= rules.goodTicks()) {
            return new Passed(state.restart(level));
        }
        return new Failed(
                state.withAlert(
                        new Alert.Recovering(
                                level.priceUsdc(), good, recovering.reason(), recovering.lifted())),
                HoldReason.BAND,
                recovering.reason() + " good=" + good + "/" + rules.goodTicks());
    }

    private static Verdict latch(GuardState state, Level level, String reason) {
        return new Failed(
                state.withAlert(new Alert.Latched(level.priceUsdc(), reason)),
                HoldReason.LATCHED,
                reason);
    }

    private static double distance(Level level, Level from) {
        return Math.abs(level.priceUsdc() / from.priceUsdc() - 1);
    }

    private static double scale(Level anchor, Level level, GuardRules rules) {
        double windows = (double) (level.timeMs() - anchor.timeMs()) / rules.bandWindowMs();
        return Math.sqrt(Math.max(1, windows));
    }
}
