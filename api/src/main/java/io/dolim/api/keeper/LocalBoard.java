package io.dolim.api.keeper;

import io.dolim.book.hedge.HedgeSummary;
import io.dolim.book.hedge.HedgeTerms;
import io.dolim.book.hedge.Hedger;
import io.dolim.book.hedge.Job;
import io.dolim.book.hedge.Keeper;
import io.dolim.book.hedge.KeeperId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * The board of a Hedger in the same process. What is not answered in time is not told to the keeper, which
 * asks again at its next look.
 */
public final class LocalBoard implements Keeper.Board {

    private final KeeperId keeper;
    private final ActorRef<Hedger.Command> hedger;
    private final HedgeTerms terms;
    private final LongSupplier nowMs;
    private final Duration patience;
    private final ActorSystem<?> system;
    private final ActorRef<Keeper.Command> self;

    /**
     * A board for one keeper.
     *
     * @param nowMs the feed's clock
     * @param patience longest wait for an answer
     * @param self whom it answers
     */
    public LocalBoard(
            KeeperId keeper,
            ActorRef<Hedger.Command> hedger,
            HedgeTerms terms,
            LongSupplier nowMs,
            Duration patience,
            ActorSystem<?> system,
            ActorRef<Keeper.Command> self) {
        this.keeper = keeper;
        this.hedger = hedger;
        this.terms = terms;
        this.nowMs = nowMs;
        this.patience = patience;
        this.system = system;
        this.self = self;
    }

    @Override
    public void look() {
        CompletionStage<HedgeSummary> told = ask(to -> new Hedger.Query(false, to));
        var _ = told.thenAccept(summary -> self.tell(shown(summary)));
    }

    @Override
    public void claim(long job) {
        CompletionStage<Hedger.Reply> told = ask(to -> new Hedger.Claim(keeper, job, 0, to));
        var _ = told.thenAccept(reply -> self.tell(answered(job, reply)));
    }

    @Override
    public void report(long fence, String venue, String tradeId, long lots) {
        CompletionStage<Hedger.Reply> _ =
                ask(to -> new Hedger.ReportFill(keeper, fence, venue, tradeId, lots, to));
    }

    @Override
    public void release(long fence) {
        CompletionStage<Hedger.Reply> _ = ask(to -> new Hedger.Release(keeper, fence, to));
    }

    private Keeper.Show shown(HedgeSummary summary) {
        List<Keeper.Offer> offers = summary.jobs().stream().map(this::offer).toList();
        SortedMap<String, Long> held = new TreeMap<>();
        summary.venues()
                .forEach(
                        (venue, book) -> {
                            if (book.standing()) {
                                held.put(venue, book.lots());
                            }
                        });
        return new Keeper.Show(offers, held);
    }

    private Keeper.Offer offer(Job job) {
        long openMs = Math.max(0, nowMs.getAsLong() - job.signal().epochMs());
        return new Keeper.Offer(job.id(), job.unclaimedLots(), terms.reward().share(openMs));
    }

    private static Keeper.Answered answered(long job, Hedger.Reply reply) {
        return switch (reply) {
            case Hedger.Claimed claimed ->
                    new Keeper.Answered(
                            job,
                            claimed.lease().fence(),
                            claimed.lease().lots(),
                            claimed.lease().limitUsdc(),
                            claimed.label());
            case Hedger.Done _, Hedger.Refused _, Hedger.OutcomeUnknown _ ->
                    new Keeper.Answered(job, 0, 0, BigDecimal.ONE, "");
        };
    }

    private <R> CompletionStage<R> ask(Function<ActorRef<R>, Hedger.Command> question) {
        return AskPattern.ask(hedger, question::apply, patience, system.scheduler());
    }
}
