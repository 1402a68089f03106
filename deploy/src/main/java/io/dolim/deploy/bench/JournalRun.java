package io.dolim.deploy.bench;

import io.dolim.book.BookSerializer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One run of {@code bench journal}: all journals side by side, taking turns. */
final class JournalRun {

    /**
     * How long and how much.
     *
     * @param turnMs of each journal and each kind of event
     * @param fill events that each of 64 entities recovers
     * @param coldEvents events of the journal that is started cold
     * @param daySeconds how long a pool runs to have a day's mix
     */
    record Size(int rounds, long turnMs, int fill, long coldEvents, int daySeconds) {}

    static final String SMALL = "small";
    static final String TRADE = "trade";
    static final List<Integer> BATCHES = List.of(1, 64, 1024);

    private final Size size;
    private final Set<BenchedJournal> journals;
    private final Optional<Path> day;
    private final Path scratch;
    private final PrintWriter err;

    JournalRun(
            Size size,
            Set<BenchedJournal> journals,
            Optional<Path> day,
            Path scratch,
            PrintWriter err) {
        this.size = size;
        this.journals = EnumSet.copyOf(journals);
        this.day = day;
        this.scratch = scratch;
        this.err = err;
    }

    JournalFigures measure() throws Exception {
        say("a pool runs for the mix of a day");
        Day mix = Day.of(day.isPresent() ? day.get().resolve("journal") : recorded(), scratch);
        byte[] trade = mix.trade();
        byte[] small = new byte[SmallEvent.BYTES];
        new Random(1).nextBytes(small);
        JournalFigures figures = new JournalFigures(small.length, trade.length, mix.events());
        figures.store(SMALL, store(SMALL, small));
        figures.store(TRADE, store(TRADE, trade));
        Object traded = new BookSerializer().fromBinary(trade, mix.tradeManifest());
        sideBySide(figures, new SmallEvent(small), traded);
        coldStarts(figures, mix);
        return figures;
    }

    private StoreTurns store(String kind, byte[] event) throws IOException {
        say("the store, LMDB alone and a bare file with a " + kind + " event");
        return StoreTurns.measure(
                scratch.resolve("store-" + kind),
                event,
                BATCHES,
                size.rounds(),
                size.turnMs(),
                err);
    }

    private void sideBySide(JournalFigures figures, Object small, Object trade) throws Exception {
        Path dir = Files.createDirectory(scratch.resolve("journals"));
        Optional<Postgres> postgres = Optional.empty();
        Map<BenchedJournal, JournalUnderLoad> open = new EnumMap<>(BenchedJournal.class);
        try {
            if (journals.contains(BenchedJournal.POSTGRES)) {
                say("Postgres starts");
                postgres = Optional.of(Postgres.start(scratch.resolve("postgres")));
                figures.postgresVersion(postgres.get().version());
            }
            String url = postgres.map(Postgres::url).orElse("");
            for (BenchedJournal journal : journals) {
                open.put(journal, new JournalUnderLoad(journal, journal.config(dir, url)));
            }
            // one round that counts for nothing lets every journal's code be compiled
            for (int round = 0; round <= size.rounds(); round++) {
                for (Map.Entry<BenchedJournal, JournalUnderLoad> one : open.entrySet()) {
                    say(
                            "round %d of %d: %s writes"
                                    .formatted(round, size.rounds(), one.getKey().option()));
                    turn(figures, round > 0, one.getKey(), one.getValue(), SMALL, small);
                    turn(figures, round > 0, one.getKey(), one.getValue(), TRADE, trade);
                }
            }
            recoveries(figures, open, small);
        } finally {
            for (JournalUnderLoad journal : open.values()) {
                journal.close();
            }
            if (postgres.isPresent()) {
                postgres.get().close();
            }
        }
    }

    private void turn(
            JournalFigures figures,
            boolean counts,
            BenchedJournal journal,
            JournalUnderLoad load,
            String kind,
            Object event)
            throws Exception {
        Kernel before = Kernel.now();
        JournalUnderLoad.Turned turned = load.turn(kind, event, size.turnMs());
        Kernel spent = Kernel.now().since(before, turned.events());
        if (counts) {
            figures.wrote(journal, kind, turned.perSecond(), spent);
        }
    }

    private void recoveries(
            JournalFigures figures, Map<BenchedJournal, JournalUnderLoad> open, Object small)
            throws Exception {
        for (Map.Entry<BenchedJournal, JournalUnderLoad> one : open.entrySet()) {
            say(one.getKey().option() + " is filled for recovery");
            one.getValue().fill("many", JournalUnderLoad.ENTITIES, size.fill(), small);
            one.getValue().fill("alone", 1, size.fill() * JournalUnderLoad.ENTITIES / 4, small);
        }
        for (int round = 0; round <= size.rounds(); round++) {
            for (Map.Entry<BenchedJournal, JournalUnderLoad> one : open.entrySet()) {
                say(
                        "round %d of %d: %s recovers"
                                .formatted(round, size.rounds(), one.getKey().option()));
                Kernel before = Kernel.now();
                JournalUnderLoad.Turned many =
                        one.getValue().recover("many", JournalUnderLoad.ENTITIES);
                Kernel spent = Kernel.now().since(before, many.events());
                JournalUnderLoad.Turned alone = one.getValue().recover("alone", 1);
                if (round > 0) {
                    figures.recovered(one.getKey(), many.perSecond(), alone.perSecond(), spent);
                }
            }
        }
    }

    /** A pool with simulated takers that ran for a while and stopped; answers its journal. */
    private Path recorded() throws Exception {
        Path dir = scratch.resolve("day");
        Process pool =
                Children.start(
                        scratch.resolve("day.log"),
                        "run",
                        "--dir",
                        dir.toString(),
                        "--port",
                        "0",
                        "--takers",
                        "16");
        try {
            var _ =
                    Children.line(pool, System.nanoTime(), line -> line.startsWith("Ready"))
                            .orElseThrow(
                                    () ->
                                            new IOException(
                                                    "the pool did not start: "
                                                            + scratch.resolve("day.log")));
            Thread.sleep(size.daySeconds() * 1000L);
        } finally {
            Children.stop(pool);
        }
        return dir.resolve("journal");
    }

    private void coldStarts(JournalFigures figures, Day mix) throws Exception {
        Path journal = scratch.resolve("cold");
        say("a journal of %,d events is made".formatted(size.coldEvents()));
        mix.repeat(size.coldEvents(), journal, scratch);
        // the first start writes the index, which an import leaves to it
        coldStart(journal);
        List<JournalFigures.Start> starts = new ArrayList<>();
        for (int round = 1; round <= Math.min(3, size.rounds()); round++) {
            say("cold start " + round);
            starts.add(coldStart(journal));
        }
        figures.coldStart(size.coldEvents(), Files.size(journal.resolve("data.mdb")), starts);
    }

    private JournalFigures.Start coldStart(Path journal) throws Exception {
        Path log = scratch.resolve("cold.log");
        long startNs = System.nanoTime();
        Process process = Children.start(log, "bench", "cold-start", "--dir", journal.toString());
        Children.Said ready =
                Children.line(process, startNs, line -> line.startsWith("ready "))
                        .orElseThrow(() -> new IOException("no start: " + log));
        double processor =
                process.info().totalCpuDuration().map(spent -> spent.toMillis() / 1e3).orElse(0.0);
        process.waitFor();
        long events = Long.parseLong(ready.line().substring("ready ".length()));
        if (events < size.coldEvents()) {
            throw new IOException("recovered " + events + " of " + size.coldEvents());
        }
        return new JournalFigures.Start(ready.afterNs() / 1e9, processor);
    }

    private void say(String what) {
        err.println("dolim: " + what);
        err.flush();
    }
}
