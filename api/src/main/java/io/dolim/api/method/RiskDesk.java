package io.dolim.api.method;

import io.dolim.book.Book;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.RiskReport;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Makes the pool's risk reports, on a thread of its own: one at a time, once for each published view
 * however many ask. Thread-safe.
 */
final class RiskDesk implements AutoCloseable {

    /** How often the Books are asked again where a trade came between their answers and the view. */
    private static final int MOST_ATTEMPTS = 20;

    private final Desk desk;
    private final Floor floor;
    private final RiskReport.Terms terms;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("pool-risk").factory());
    private Optional<RiskReport> last = Optional.empty();
    private CompletableFuture<Optional<RiskReport>> underWay =
            CompletableFuture.completedFuture(Optional.empty());

    RiskDesk(Desk desk, Floor floor, RiskReport.Terms terms) {
        this.desk = desk;
        this.floor = floor;
        this.terms = terms;
    }

    /** The newest view's report; nothing before the first view, or while trades keep coming between. */
    synchronized CompletionStage<Optional<RiskReport>> newest() {
        Optional<CapacityView> view = floor.newestPool();
        if (view.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (last.filter(report -> isOf(report, view.get())).isPresent()) {
            return CompletableFuture.completedFuture(last);
        }
        if (underWay.isDone()) {
            underWay = attempt(MOST_ATTEMPTS).toCompletableFuture();
        }
        return underWay;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private CompletionStage<Optional<RiskReport>> attempt(int left) {
        List<CompletionStage<Book.Positions>> books = new ArrayList<>();
        desk.books()
                .values()
                .forEach(book -> books.add(desk.askBook(book, Book.AskPositions::new)));
        return Desk.all(books)
                .thenApplyAsync(this::made, thread)
                .thenCompose(
                        report ->
                                report.isPresent() || left == 1
                                        ? CompletableFuture.completedFuture(report)
                                        : attempt(left - 1));
    }

    private Optional<RiskReport> made(List<Book.Positions> held) {
        SortedMap<Underlying, SortedMap<OptionContract, Long>> lots = new TreeMap<>();
        held.forEach(book -> lots.put(book.underlying(), book.lots()));
        Optional<RiskReport> report =
                floor.newestPool().flatMap(view -> RiskReport.of(view, terms, floor.specs(), lots));
        if (report.isPresent()) {
            keep(report);
        }
        return report;
    }

    private synchronized void keep(Optional<RiskReport> report) {
        last = report;
    }

    private static boolean isOf(RiskReport report, CapacityView view) {
        return report.view().viewNumber() == view.viewNumber()
                && report.view().revision() == view.revision();
    }
}
