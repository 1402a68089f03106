package io.dolim.deploy.bench;

import static io.dolim.deploy.bench.JournalRun.SMALL;
import static io.dolim.deploy.bench.JournalRun.TRADE;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a run of {@code bench journal} found, turn by turn, and the goals it is held to. */
final class JournalFigures {

    /** The turns of one journal, in rounds. */
    private static final class Turns {
        private final Map<String, List<Double>> written = new HashMap<>();
        private final Map<String, List<Double>> bytes = new HashMap<>();
        private final Map<String, List<Double>> micros = new HashMap<>();
        private final List<Double> recoveryMicros = new ArrayList<>();
        private final List<Double> many = new ArrayList<>();
        private final List<Double> alone = new ArrayList<>();
    }

    /** A start to ready, by the clock and in processor time. */
    record Start(double seconds, double processorSeconds) {}

    private final int smallBytes;
    private final int tradeBytes;
    private final long dayEvents;
    private final Map<String, StoreTurns> stores = new HashMap<>();
    private final Map<BenchedJournal, Turns> journals = new EnumMap<>(BenchedJournal.class);
    private String postgres = "";
    private long coldEvents;
    private long coldBytes;
    private List<Start> coldStarts = List.of();

    JournalFigures(int smallBytes, int tradeBytes, long dayEvents) {
        this.smallBytes = smallBytes;
        this.tradeBytes = tradeBytes;
        this.dayEvents = dayEvents;
    }

    void store(String kind, StoreTurns turns) {
        stores.put(kind, turns);
    }

    void postgresVersion(String version) {
        postgres = version;
    }

    /** @param spent by event */
    void wrote(BenchedJournal journal, String kind, double perSecond, Kernel spent) {
        add(of(journal).written, kind, perSecond);
        add(of(journal).bytes, kind, (double) spent.calls());
        add(of(journal).micros, kind, spent.processorNs() / 1e3);
    }

    /** @param spent by event, of many entities at once */
    void recovered(BenchedJournal journal, double many, double alone, Kernel spent) {
        of(journal).many.add(many);
        of(journal).alone.add(alone);
        of(journal).recoveryMicros.add(spent.processorNs() / 1e3);
    }

    void coldStart(long events, long bytes, List<Start> starts) {
        coldEvents = events;
        coldBytes = bytes;
        coldStarts = List.copyOf(starts);
    }

    private Turns of(BenchedJournal journal) {
        return journals.computeIfAbsent(journal, any -> new Turns());
    }

    private static void add(Map<String, List<Double>> to, String kind, double value) {
        to.computeIfAbsent(kind, any -> new ArrayList<>()).add(value);
    }

    private static List<Double> list(Map<String, List<Double>> of, String kind) {
        return of.getOrDefault(kind, List.of());
    }

    /** Ours over another's: the median over rounds, since one round is one weather. */
    private double times(BenchedJournal other) {
        List<Double> ours = list(of(BenchedJournal.DOLIM).written, SMALL);
        List<Double> theirs = list(of(other).written, SMALL);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            ratios.add(ours.get(i) / theirs.get(i));
        }
        return Figures.median(ratios);
    }

    Report report() {
        Report report = new Report();
        StoreTurns store = stores.get(SMALL);
        if (store != null) {
            for (int batch : JournalRun.BATCHES) {
                report.goal(
                        Goal.atLeast(
                                0.8,
                                "of LMDB alone",
                                "the store's interface, small events, %,d a commit"
                                        .formatted(batch),
                                store.ratio(batch)));
            }
        }
        if (journals.containsKey(BenchedJournal.LEVELDB)) {
            report.goal(times(8, "LevelDB", BenchedJournal.LEVELDB));
        }
        if (journals.containsKey(BenchedJournal.POSTGRES)) {
            report.goal(times(4, "Postgres", BenchedJournal.POSTGRES));
            report.goal(times(2.5, "Postgres, the floor", BenchedJournal.POSTGRES));
        }
        Turns ours = of(BenchedJournal.DOLIM);
        report.goal(
                Goal.atLeast(
                        500_000,
                        "events/s",
                        "64 entities recover at once, small events",
                        Figures.median(ours.many)));
        report.goal(
                Goal.atLeast(
                        150_000,
                        "events/s",
                        "one entity recovers alone, small events",
                        Figures.median(ours.alone)));
        report.goal(
                Goal.atMost(
                        10,
                        "s",
                        "%,d events of a day's mix, from cold process to ready"
                                .formatted(coldEvents),
                        Figures.median(coldStarts.stream().map(Start::seconds).toList())));
        report.goal(
                Goal.atMost(
                        3_500,
                        "bytes",
                        "written for a small event, one a commit",
                        store == null ? Double.NaN : store.bytes(StoreTurns.Contender.STORE, 1)));
        report.goal(
                Goal.atMost(
                        700,
                        "bytes",
                        "written for a small event, 64 x 4 under way",
                        Figures.median(list(ours.bytes, SMALL))));
        tables(report);
        return report;
    }

    private Goal times(double aim, String name, BenchedJournal other) {
        return Goal.atLeast(aim, "times", "64 entities end to end over " + name, times(other));
    }

    private void tables(Report report) {
        stores.forEach((kind, turns) -> storeTable(report, kind, turns));
        report.say(
                "Typed entities, 64 with 4 writes under way each; medians of the rounds, events a second."
                        + " A small event has %,d bytes, a trade %,d."
                                .formatted(smallBytes, tradeBytes)
                        + (postgres.isEmpty() ? "" : " " + postgres + "."));
        List<List<String>> rows = new ArrayList<>();
        journals.forEach(
                (journal, turns) ->
                        rows.add(
                                List.of(
                                        journal.title(),
                                        Figures.text(Figures.median(list(turns.written, SMALL))),
                                        Figures.text(Figures.median(list(turns.written, TRADE))),
                                        Figures.text(Figures.median(turns.many)),
                                        Figures.text(Figures.median(turns.alone)),
                                        Figures.text(Figures.median(list(turns.micros, SMALL))),
                                        Figures.text(Figures.median(turns.recoveryMicros)),
                                        bytes(journal, turns))));
        report.table(
                List.of(
                        "journal",
                        "small events",
                        "trades",
                        "64 recover",
                        "one recovers",
                        "processor time to write a small event, us",
                        "and to recover it, us",
                        "bytes handed over for it"),
                rows);
        report.say(
                "Cold starts on %,d bytes (the mix of %,d recorded events, every event read by its serializer, no snapshot), seconds and of them processor time of this machine's cores together: %s."
                        .formatted(
                                coldBytes,
                                dayEvents,
                                String.join(
                                        ", ",
                                        coldStarts.stream()
                                                .map(
                                                        start ->
                                                                Figures.text(start.seconds())
                                                                        + " ("
                                                                        + Figures.text(
                                                                                start
                                                                                        .processorSeconds())
                                                                        + ")")
                                                .toList())));
    }

    private static String bytes(BenchedJournal journal, Turns turns) {
        return switch (journal) {
            case LEVELDB -> "past write calls, into a map";
            case DOLIM, H2 -> Figures.text(Figures.median(list(turns.bytes, SMALL)));
            case POSTGRES -> "in another process";
            case MEMORY -> "none";
        };
    }

    private static void storeTable(Report report, String kind, StoreTurns turns) {
        report.say(
                "Without actors, a "
                        + kind
                        + " event: events a second, and bytes handed over an event.");
        List<List<String>> rows = new ArrayList<>();
        for (int batch : JournalRun.BATCHES) {
            rows.add(
                    List.of(
                            "%,d".formatted(batch),
                            cell(turns, StoreTurns.Contender.APPEND, batch),
                            cell(turns, StoreTurns.Contender.LMDB, batch),
                            cell(turns, StoreTurns.Contender.STORE, batch),
                            Figures.text(turns.ratio(batch))));
        }
        report.table(
                List.of(
                        "a commit",
                        "append and fsync",
                        "LMDB alone",
                        "the store",
                        "store over LMDB"),
                rows);
    }

    private static String cell(StoreTurns turns, StoreTurns.Contender contender, int batch) {
        return Figures.text(turns.perSecond(contender, batch))
                + " ("
                + Figures.text(turns.bytes(contender, batch))
                + " B)";
    }
}
