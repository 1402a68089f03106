package io.dolim.api.feed;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedSource;
import io.dolim.quoting.market.GuardRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recorded option chains of Deribit, told again. Inverse options become the linear ones of the same
 * coin, strike and expiry. Between chains, hours apart, spots follow a seeded {@link SpotBridge}.
 */
public final class ReplayFeed extends PacedFeed {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayFeed.class);
    private static final String SOURCE = "deribit-recorded";
    private static final FeedSource RECORDED = FeedSource.real(SOURCE);
    private static final FeedSource BRIDGED = FeedSource.synthetic(SOURCE);
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", java.util.Locale.ROOT);
    private static final int MOST_FILES = 100_000;
    private static final long COARSEST_STEP_MS = 60_000;
    private static final int STEPS_A_GAP = 360;

    private final Settings settings;
    private final List<Recording> recordings;
    private final Dice dice;
    private final TreeMap<RecordedRow.Flaw, Integer> dropped = new TreeMap<>();

    /**
     * What is replayed.
     *
     * @param folder holds files named {@code 20260130T154506Z.csv.gz} or {@code .csv}
     * @param from chains before this day are left out
     * @param stepping true to go from chain to chain without waiting for the clock
     * @param speed recorded milliseconds a millisecond of wall, when not stepping
     * @param seed of the bridges
     * @param bridgeVol volatility of the bridges, annual, decimal
     */
    public record Settings(
            Path folder,
            Optional<LocalDate> from,
            boolean stepping,
            double speed,
            long seed,
            double bridgeVol) {

        /** @throws IllegalArgumentException when a number is out of range */
        public Settings {
            Bounds.within("speed", speed, 1e-3, 1e6);
            Bounds.within("bridgeVol", bridgeVol, 0, 5);
        }
    }

    private record Recording(Path file, long timeMs) {}

    private ReplayFeed(Settings settings, List<Recording> recordings, LongSupplier nanoTime) {
        super(
                new Pace(
                        settings.speed(),
                        settings.stepping(),
                        recordings.getFirst().timeMs(),
                        nanoTime),
                recordings.size());
        this.settings = settings;
        this.recordings = recordings;
        this.dice = new Dice(settings.seed());
    }

    /**
     * Finds the recordings.
     *
     * @throws IOException when the folder cannot be read, or holds none from that day on
     */
    public static ReplayFeed open(Settings settings) throws IOException {
        return open(settings, System::nanoTime);
    }

    static ReplayFeed open(Settings settings, LongSupplier nanoTime) throws IOException {
        long fromMs =
                settings.from()
                        .map(day -> day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli())
                        .orElse(Long.MIN_VALUE);
        List<Recording> recordings;
        try (Stream<Path> files = Files.list(settings.folder())) {
            recordings =
                    files.limit(MOST_FILES)
                            .sorted()
                            .flatMap(file -> recordedAt(file).stream())
                            .filter(recording -> recording.timeMs() >= fromMs)
                            .toList();
        }
        if (recordings.isEmpty()) {
            throw new IOException(
                    "folder="
                            + settings.folder()
                            + " holds no 20260130T154506Z.csv.gz from "
                            + settings.from().map(LocalDate::toString).orElse("the start")
                            + " on");
        }
        return new ReplayFeed(settings, recordings, nanoTime);
    }

    /** Recorded time of the first chain, milliseconds since 1970. */
    public long startMs() {
        return recordings.getFirst().timeMs();
    }

    /** Limits that fit this feed: one source, ages and bands of recorded hours. */
    public GuardRules guardRules() {
        return GuardRules.recorded(new TreeSet<>(List.of(SOURCE)));
    }

    /** Rows that were not used so far, by reason. */
    public Map<String, Integer> droppedRows() {
        synchronized (dropped) {
            TreeMap<String, Integer> names = new TreeMap<>();
            dropped.forEach((flaw, count) -> names.put(flaw.name(), count));
            return names;
        }
    }

    @Override
    void deliver(Consumer<FeedEvent> consumer) throws IOException, InterruptedException {
        Optional<RecordedChain> last = Optional.empty();
        for (int number = 1; number <= recordings.size(); number++) {
            Recording recording = recordings.get(number - 1);
            RecordedChain chain = RecordedChain.read(recording.file(), recording.timeMs());
            count(recording, chain);
            if (last.isPresent() && !bridge(consumer, last.get(), chain, number)) {
                return;
            }
            if (!pace().await(chain.timeMs())) {
                return;
            }
            chain.events(RECORDED).forEach(consumer);
            FeedEvent.ChainEnd end =
                    new FeedEvent.ChainEnd(RECORDED, chain.timeMs(), number, recordings.size());
            if (!endChain(consumer, end)) {
                return;
            }
            last = Optional.of(chain);
        }
    }

    private boolean bridge(
            Consumer<FeedEvent> consumer, RecordedChain from, RecordedChain to, int number)
            throws InterruptedException {
        SpotBridge bridge =
                new SpotBridge(
                        BRIDGED,
                        spots(from),
                        spots(to),
                        from.timeMs(),
                        to.timeMs(),
                        spacingMs(to.timeMs() - from.timeMs()),
                        settings.bridgeVol(),
                        dice.split(number));
        while (bridge.hasNext()) {
            List<FeedEvent> ticks = bridge.next();
            if (!ticks.isEmpty() && !pace().await(ticks.getFirst().timeMs())) {
                return false;
            }
            ticks.forEach(consumer);
        }
        return true;
    }

    /** About one a second of wall time; when stepping, a bounded number a gap. */
    private long spacingMs(long gapMs) {
        if (settings.stepping()) {
            return Math.max(COARSEST_STEP_MS, gapMs / STEPS_A_GAP);
        }
        return Math.clamp((long) (1_000 * settings.speed()), 1_000, COARSEST_STEP_MS);
    }

    private void count(Recording recording, RecordedChain chain) {
        synchronized (dropped) {
            chain.dropped().forEach((flaw, rows) -> dropped.merge(flaw, rows, Integer::sum));
        }
        LOG.debug("read chain file={} dropped={}", recording.file(), chain.dropped());
    }

    private static SortedMap<Underlying, Double> spots(RecordedChain chain) {
        TreeMap<Underlying, Double> spots = new TreeMap<>();
        chain.coins().forEach((underlying, coin) -> spots.put(underlying, coin.indexUsdc()));
        return spots;
    }

    private static List<Recording> recordedAt(Path file) {
        List<Recording> found = new ArrayList<>();
        String name = String.valueOf(file.getFileName());
        int dot = name.indexOf(".csv");
        if (dot > 0 && (name.endsWith(".csv") || name.endsWith(".csv.gz"))) {
            try {
                Instant time =
                        LocalDateTime.parse(name.substring(0, dot), FILE_TIME)
                                .toInstant(ZoneOffset.UTC);
                found.add(new Recording(file, time.toEpochMilli()));
            } catch (DateTimeParseException anotherFile) {
                LOG.debug("not a recording file={}", file, anotherFile);
            }
        }
        return found;
    }
}
