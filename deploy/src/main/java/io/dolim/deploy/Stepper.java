package io.dolim.deploy;

import io.dolim.book.MarketNote;
import io.dolim.book.PricingBoard;
import io.dolim.book.PricingView;
import io.dolim.book.audit.ChainAudit;
import io.dolim.book.audit.MarksTable;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.MarketFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks a stepping feed: when every Market has worked a chain off, audits what is displayed and lets
 * the feed go on; ends the run after the last. Audits run on a thread of its own.
 */
final class Stepper implements Consumer<MarketNote>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stepper.class);
    private static final long MOST_SILENCE_NS = TimeUnit.SECONDS.toNanos(120);

    private final MarketFeed feed;
    private final SortedSet<Underlying> underlyings;
    private final PricingBoard board;
    private final StepReport report;
    private final CompletableFuture<String> ended;
    private final CompletableFuture<Boolean> open = new CompletableFuture<>();
    private final ExecutorService audits =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("audit").factory());

    private final SortedMap<Underlying, List<FeedEvent.ChainQuotes>> chains = new TreeMap<>();
    private final SortedMap<Underlying, SortedSet<OptionContract>> listed = new TreeMap<>();
    private final SortedSet<Underlying> worked = new TreeSet<>();
    private long lastStepNs = System.nanoTime();

    /**
     * @param underlyings whose Markets are awaited
     * @param ended completed when the last chain was audited, with nothing
     */
    Stepper(
            MarketFeed feed,
            SortedSet<Underlying> underlyings,
            PricingBoard board,
            StepReport report,
            CompletableFuture<String> ended) {
        this.feed = feed;
        this.underlyings = new TreeSet<>(underlyings);
        this.board = board;
        this.report = report;
        this.ended = ended;
    }

    /** One for a run from chain to chain; no other has one. Its report goes to {@code say}, line by line. */
    static Optional<Stepper> of(
            RunOptions options,
            MarketFeed feed,
            Set<Underlying> underlyings,
            PricingBoard board,
            Consumer<String> say,
            CompletableFuture<String> ended) {
        return options.chainByChain()
                ? Optional.of(
                        new Stepper(
                                feed,
                                new TreeSet<>(underlyings),
                                board,
                                new StepReport(say, System::nanoTime),
                                ended))
                : Optional.empty();
    }

    /** Remembers what a chain consists of. On the feed's thread, before Markets hear it. */
    synchronized void hear(FeedEvent event) {
        switch (event) {
            case FeedEvent.ChainQuotes quotes ->
                    chains.computeIfAbsent(quotes.underlying(), _ -> new ArrayList<>()).add(quotes);
            case FeedEvent.InstrumentsListed news ->
                    listed.computeIfAbsent(news.underlying(), _ -> new TreeSet<>())
                            .addAll(news.contracts());
            case FeedEvent.IndexTick _,
                    FeedEvent.FutureTick _,
                    FeedEvent.Halted _,
                    FeedEvent.Resumed _,
                    FeedEvent.ChainEnd _ -> {}
        }
    }

    @Override
    public synchronized void accept(MarketNote note) {
        if (note instanceof MarketNote.ChainWorked chain
                && worked.add(chain.underlying())
                && worked.containsAll(underlyings)) {
            worked.clear();
            audits.execute(() -> stepWhenOpen(chain.number()));
        }
    }

    /** The pool is ready: steps are audited and taken from now on. */
    void open() {
        open.complete(true);
    }

    private void stepWhenOpen(int number) {
        try {
            open.join();
            step(number);
        } catch (CompletionException closed) {
            LOG.info("not stepped beyond chain {}", number);
        } catch (RuntimeException fault) {
            LOG.error("audit of chain {} failed", number, fault);
            ended.complete("audit of chain " + number + " failed: " + fault);
        }
    }

    private synchronized void step(int number) {
        List<ChainAudit.Findings> findings = new ArrayList<>();
        List<MarksTable.Score> scores = new ArrayList<>();
        List<Underlying> missing = new ArrayList<>();
        for (Underlying underlying : underlyings) {
            List<FeedEvent.ChainQuotes> chain = chains.getOrDefault(underlying, List.of());
            Optional<PricingView> view = board.latest(underlying);
            if (chain.isEmpty() || view.isEmpty()) {
                missing.add(underlying);
                continue;
            }
            long chainMs = chain.getFirst().timeMs();
            SortedSet<OptionContract> shown = listed.getOrDefault(underlying, new TreeSet<>());
            findings.add(ChainAudit.of(view.get(), shown, chainMs, System.nanoTime()));
            scores.addAll(MarksTable.judged(chainMs, chain));
        }
        int total = feed.progress().total();
        report.chain(number, total, findings, scores, missing);
        chains.clear();
        listed.clear();
        lastStepNs = System.nanoTime();
        if (number == total) {
            ended.complete("");
        }
        feed.consumed(number);
    }

    /** Says when no chain has come for so long that none will. */
    synchronized Optional<String> stalled() {
        return System.nanoTime() - lastStepNs > MOST_SILENCE_NS
                ? Optional.of(
                        "no chain was worked off for "
                                + TimeUnit.NANOSECONDS.toSeconds(MOST_SILENCE_NS)
                                + " s after chain "
                                + feed.progress().chain())
                : Optional.empty();
    }

    /** Prints the tables; true when every goal is met. */
    boolean concluded() {
        return report.concluded();
    }

    @Override
    public void close() {
        open.completeExceptionally(new IllegalStateException("closed"));
        audits.shutdown();
    }
}
