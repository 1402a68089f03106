package io.dolim.deploy.bench;

import io.dolim.deploy.Progress;
import java.util.List;

/** The measurements of {@code bench risk}. */
final class RiskRun {

    private final BenchedPool pool;
    private final Turns turns;

    RiskRun(BenchedPool pool, int rounds, Progress progress) {
        this.pool = pool;
        this.turns = new Turns(rounds, progress);
    }

    Report report() {
        Report report = new Report();
        FormulaTurns formulas = new FormulaTurns(turns, report);
        formulas.formulas();
        formulas.book();
        PoolTurns whole = new PoolTurns(pool, turns, report);
        whole.vectors();
        whole.quotes();
        report.table(List.of("what", "figure", "unit"), turns.rows());
        report.say(
                "Scenario set %s: %d scenarios. Check sum %s."
                        .formatted(
                                pool.pricer().scenarios().version(),
                                pool.pricer().scenarios().size(),
                                Double.toString(turns.sink())));
        return report;
    }
}
