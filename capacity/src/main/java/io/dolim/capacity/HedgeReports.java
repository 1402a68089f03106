package io.dolim.capacity;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The last report of each configured hedger, and when it was heard. */
final class HedgeReports {

    private final SortedSet<Underlying> configured;
    private final SortedMap<Underlying, Heard> heard = new TreeMap<>();

    private record Heard(HedgeReport report, Moment at) {}

    HedgeReports(Set<Underlying> configured) {
        this.configured = new TreeSet<>(configured);
    }

    /** Takes a report unless it is foreign or older than the last; says whether it was taken. */
    boolean take(HedgeReport report, Moment now) {
        if (!configured.contains(report.underlying()) || isOutdated(report)) {
            return false;
        }
        heard.put(report.underlying(), new Heard(report, now));
        return true;
    }

    boolean complete() {
        return heard.keySet().equals(configured);
    }

    /** Whose first report has not come. */
    List<Underlying> silent() {
        return configured.stream().filter(one -> !heard.containsKey(one)).toList();
    }

    /** What a view asked for at this time counts: of a hedger that is silent for too long no venue stands. */
    SortedMap<Underlying, HedgeReport> at(Moment asked, Duration life) {
        SortedMap<Underlying, HedgeReport> reports = new TreeMap<>();
        heard.forEach(
                (underlying, last) ->
                        reports.put(
                                underlying,
                                asked.msSince(last.at()) > life.toMillis()
                                        ? last.report().doubted()
                                        : last.report()));
        return reports;
    }

    /** What hedging brought the pool, by the last reports. */
    Usdc cash() {
        Usdc sum = Usdc.ZERO;
        for (Heard last : heard.values()) {
            sum = sum.plus(last.report().cash());
        }
        return sum;
    }

    /** Whether a venue stands otherwise than a view has it. */
    boolean standsOtherwise(Underlying underlying, FrozenHedges frozen) {
        Heard last = heard.get(underlying);
        HedgeReport counted = frozen.reports().get(underlying);
        return last != null
                && counted != null
                && !standing(last.report()).equals(standing(counted));
    }

    private static SortedSet<String> standing(HedgeReport report) {
        SortedSet<String> standing = new TreeSet<>();
        report.byVenue()
                .forEach(
                        (venue, at) -> {
                            if (at.standing()) {
                                standing.add(venue);
                            }
                        });
        return standing;
    }

    private boolean isOutdated(HedgeReport report) {
        Heard known = heard.get(report.underlying());
        if (known == null) {
            return false;
        }
        HedgeReport last = known.report();
        return report.hedgerIncarnation() < last.hedgerIncarnation()
                || (report.hedgerIncarnation() == last.hedgerIncarnation()
                        && report.sequence() < last.sequence());
    }
}
