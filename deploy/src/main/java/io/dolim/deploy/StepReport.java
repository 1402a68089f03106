package io.dolim.deploy;

import io.dolim.book.audit.ChainAudit;
import io.dolim.book.audit.MarksTable;
import io.dolim.quoting.instrument.Underlying;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What a run from chain to chain found: a line a chain, and the tables and goals at its end. */
final class StepReport {

    private static final int TEN = 10;
    private static final double TEN_CHAINS_SECONDS = 60;
    private static final int WORST_TOLD = 5;

    private final Consumer<String> say;
    private final LongSupplier nanoTime;
    private final List<MarksTable.Score> scores = new ArrayList<>();
    private final List<Double> seconds = new ArrayList<>();
    private final TreeMap<String, Integer> refusals = new TreeMap<>();
    private final TreeMap<String, Integer> withoutBid = new TreeMap<>();
    private int expected;
    private int twoSided;
    private int askOnly;
    private int firmStrikes;
    private int firmExpiries;
    private int violations;
    private boolean allMet = true;
    private long lastNs;

    /** @param say tells the operator a line */
    StepReport(Consumer<String> say, LongSupplier nanoTime) {
        this.say = say;
        this.nanoTime = nanoTime;
        this.lastNs = nanoTime.getAsLong();
    }

    /**
     * A chain was audited.
     *
     * @param missing underlyings that have no chain or no view
     */
    synchronized void chain(
            int number,
            int total,
            List<ChainAudit.Findings> findings,
            List<MarksTable.Score> judged,
            List<Underlying> missing) {
        scores.addAll(judged);
        StringBuilder line = new StringBuilder();
        int broken = missing.size();
        for (ChainAudit.Findings one : findings) {
            broken += one.violations();
            add(one);
            line.append(said(one));
        }
        violations += broken;
        long nowNs = nanoTime.getAsLong();
        seconds.add((nowNs - lastNs) / 1e9);
        lastNs = nowNs;
        say.accept(
                String.format(
                        Locale.ROOT,
                        "chain %2d of %d  %s%s  violations %d  %.2f s",
                        number,
                        total,
                        findings.isEmpty()
                                ? ""
                                : Instant.ofEpochMilli(findings.getFirst().timeMs()),
                        line,
                        broken,
                        seconds.getLast()));
        findings.forEach(one -> one.told().forEach(told -> say.accept("    VIOLATION " + told)));
        missing.forEach(one -> say.accept("    VIOLATION no chain or no market of " + one));
    }

    private void add(ChainAudit.Findings one) {
        expected += one.expected();
        twoSided += one.twoSided();
        askOnly += one.askOnly();
        one.withoutBid().forEach((reason, count) -> withoutBid.merge(reason, count, Integer::sum));
        firmStrikes += one.firmStrikes();
        firmExpiries += one.firmExpiries();
        one.refusals().forEach((reason, count) -> refusals.merge(reason, count, Integer::sum));
    }

    private static String said(ChainAudit.Findings one) {
        int refused = one.refusals().values().stream().mapToInt(count -> count).sum();
        return String.format(
                Locale.ROOT,
                "  %s %d quoted (%d ask only) + %d unlisted%s",
                one.underlying(),
                one.twoSided() + one.askOnly(),
                one.askOnly(),
                one.firmStrikes() + one.firmExpiries(),
                refused == 0 ? "" : ", " + refused + " refused");
    }

    /** Prints the tables and goals; true when every goal is met. */
    synchronized boolean concluded() {
        say.accept("");
        quotes();
        say.accept("");
        marks();
        say.accept("");
        goals();
        return allMet;
    }

    private void quotes() {
        say.accept("Quotes, " + seconds.size() + " chains");
        count("contracts in the chains or listed", expected);
        count("displayed with bid and ask", twoSided);
        count("displayed with ask only", askOnly);
        withoutBid.forEach((reason, times) -> count("  no bid: " + reason, times));
        count("on unlisted strikes, firm bid and ask", firmStrikes);
        count("on unlisted expiries, firm bid and ask", firmExpiries);
        if (refusals.isEmpty()) {
            count("refused", 0);
        }
        refusals.forEach((reason, times) -> count("refused " + reason, times));
    }

    private void marks() {
        say.accept("Marks by days to expiry: fitted on every second strike, judged on the others;");
        say.accept("rmse in volatility points");
        say.accept(
                String.format(
                        Locale.ROOT,
                        "  %-12s %8s %8s %8s %8s %10s",
                        "days",
                        "expiries",
                        "median",
                        "p90",
                        "worst",
                        "above 2.5"));
        for (MarksTable.Row row : MarksTable.rows(scores)) {
            say.accept(
                    String.format(
                            Locale.ROOT,
                            "  %-12s %8d %8.2f %8.2f %8.2f %10d",
                            row.days(),
                            row.expiries(),
                            row.median(),
                            row.p90(),
                            row.worst(),
                            row.above()));
        }
        for (MarksTable.Score score : MarksTable.worst(scores, WORST_TOLD)) {
            say.accept(
                    String.format(
                            Locale.ROOT,
                            "  worst: %.2f  %s %s at %s",
                            score.rmse(),
                            score.underlying(),
                            score.expiry(),
                            Instant.ofEpochMilli(score.timeMs())));
        }
    }

    private void goals() {
        say.accept(String.format(Locale.ROOT, "  %-52s %10s %10s", "Goal", "aim", "reached"));
        MarksTable.Row row = MarksTable.beyondADay(scores);
        goal("violations: bid > ask, arbitrage, unreasoned, missing", 0, violations);
        goal("seconds for ten chains, the slowest ten", TEN_CHAINS_SECONDS, slowestTen());
        goal("marks over a day: median rmse", MarksTable.MEDIAN_GOAL, row.median());
        goal("marks over a day: worst rmse", MarksTable.WORST_GOAL, row.worst());
    }

    private void goal(String what, double most, double reached) {
        boolean met = reached <= most;
        allMet &= met;
        say.accept(
                String.format(
                        Locale.ROOT,
                        "  %-52s %10s %10.2f  %s",
                        what,
                        "<= " + most,
                        reached,
                        met ? "met" : "NOT MET"));
    }

    private double slowestTen() {
        double slowest = 0;
        double sum = 0;
        for (int i = 0; i < seconds.size(); i++) {
            sum += seconds.get(i) - (i >= TEN ? seconds.get(i - TEN) : 0);
            slowest = Math.max(slowest, sum);
        }
        return slowest;
    }

    private void count(String what, int number) {
        say.accept(String.format(Locale.ROOT, "  %-44s %,10d", what, number));
    }
}
