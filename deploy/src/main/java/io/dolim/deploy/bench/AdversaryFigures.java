package io.dolim.deploy.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.capacity.adversary.Attack;
import io.dolim.capacity.adversary.Outcome;
import io.dolim.capacity.adversary.Sessions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Goals and tables of a campaign of adversaries. */
final class AdversaryFigures {

    private final List<Outcome> outcomes;
    private final List<Attack.Figures> attacks;

    AdversaryFigures(List<Outcome> outcomes, List<Attack.Figures> attacks) {
        this.outcomes = List.copyOf(outcomes);
        this.attacks = List.copyOf(attacks);
    }

    Report report() {
        Report report = new Report();
        report.goal(
                Goal.atMost(
                        0,
                        "USDC",
                        "taken by any strategy in any session beyond the charge account and its budget",
                        outcomes.stream()
                                .mapToDouble(Outcome::beyondUsdc)
                                .max()
                                .orElse(Double.NaN)));
        report.goal(
                Goal.atMost(
                        0,
                        "USDC",
                        "discounts less charges, as decided, beyond the same",
                        outcomes.stream()
                                .mapToDouble(Outcome::discountsBeyondUsdc)
                                .max()
                                .orElse(Double.NaN)));
        report.goal(
                Goal.atMost(
                        0,
                        "orders",
                        "orders of others that reduce risk, not taken after an adversary's reservations lapsed",
                        outcomes.stream().mapToInt(Outcome::denied).sum()));
        report.goal(
                Goal.atMost(
                        0,
                        "reservations",
                        "still open after the sessions",
                        outcomes.stream().mapToInt(Outcome::leftReservations).sum()));
        for (Attack.Figures attack : attacks) {
            report.goal(
                    Goal.atMost(
                            0,
                            "USDC",
                            attack.attack() + ", whole price",
                            attack.with().wholeUsdc()));
            report.goal(
                    Goal.atMost(
                            0,
                            "USDC",
                            attack.attack() + ", charges beyond what there was to take",
                            attack.with().chargesUsdc() - attack.with().thereUsdc()));
            report.goal(
                    Goal.atLeast(
                            1_000,
                            "USDC",
                            attack.attack() + ", charges without its defence",
                            attack.without().chargesUsdc()));
        }
        report.say(
                "Taken is the engine's own mark of what was got less what was paid, at the moment of each fill: below 0 the pool earned. %,d sessions, %,d fills, %,d quotes and orders refused."
                        .formatted(
                                outcomes.size(),
                                outcomes.stream().mapToLong(Outcome::fills).sum(),
                                outcomes.stream().mapToLong(Outcome::refused).sum()));
        report.table(
                List.of(
                        "strategy",
                        "sessions",
                        "fills",
                        "mean taken, USDC",
                        "most taken, USDC",
                        "most discounts less charges, USDC",
                        "nearest to what there was to take, USDC",
                        "of which session"),
                Sessions.strategies().stream().map(this::row).flatMap(Optional::stream).toList());
        return report;
    }

    private Optional<List<String>> row(String strategy) {
        List<Outcome> own =
                outcomes.stream().filter(each -> each.strategy().equals(strategy)).toList();
        return own.stream()
                .max(Comparator.comparingDouble(Outcome::beyondUsdc))
                .map(
                        nearest ->
                                List.of(
                                        strategy,
                                        "%,d".formatted(own.size()),
                                        "%,d"
                                                .formatted(
                                                        own.stream()
                                                                .mapToLong(Outcome::fills)
                                                                .sum()),
                                        Figures.text(
                                                own.stream()
                                                        .mapToDouble(Outcome::takenUsdc)
                                                        .average()
                                                        .orElse(Double.NaN)),
                                        Figures.text(
                                                own.stream()
                                                        .mapToDouble(Outcome::takenUsdc)
                                                        .max()
                                                        .orElse(Double.NaN)),
                                        Figures.text(
                                                own.stream()
                                                        .mapToDouble(Outcome::discountsUsdc)
                                                        .max()
                                                        .orElse(Double.NaN)),
                                        Figures.text(nearest.beyondUsdc()),
                                        Long.toString(nearest.number())));
    }

    static ObjectNode row(Outcome outcome) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("strategy", outcome.strategy())
                .put("session", outcome.number())
                .put("wide_limits", outcome.wide())
                .put("taken_usdc", outcome.takenUsdc())
                .put("may_take_usdc", outcome.mayTakeUsdc())
                .put("discounts_usdc", outcome.discountsUsdc())
                .put("forgiven_usdc", outcome.forgivenUsdc())
                .put("fills", outcome.fills())
                .put("refused", outcome.refused())
                .put("delayed", outcome.delayed())
                .put("denied", outcome.denied())
                .put("left_reservations", outcome.leftReservations());
    }
}
