package io.dolim.api.venue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueFill;
import io.dolim.book.hedge.VenuePayment;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One reading of an account in Deribit's protocol, request by request:
 *
 * <pre>  summary, position, trades (historical, recent), transaction log, position, summary</pre>
 *
 * Position and cash at the end must be those of the beginning, else it is read anew, {@value #ATTEMPTS}
 * times at most: trades, payments, position and cash of one answer belong together.
 */
final class LedgerReading {

    private static final int ATTEMPTS = 3;
    private static final int LOG_LINES = 250;
    private static final long AHEAD_MS = 86_400_000L;

    /**
     * @param page trades, and payments, of one answer
     * @param logPages pages of the transaction log that are read back at most
     * @param logFromMs before which no payment of interest lies
     */
    record Scope(String venue, PerpetualSpec spec, int page, int logPages, long logFromMs) {}

    private record Cash(Usdc cash, Usdc equity, Usdc initialMargin, Usdc maintenanceMargin) {}

    private record Position(long lots, BigDecimal markUsdc) {}

    private final Scope scope;
    private final Venue.AskLedger ask;
    private final DeribitSession session;
    private final Consumer<Venue.Told> done;
    private final SortedMap<Long, VenueFill> fills = new TreeMap<>();
    private final List<VenuePayment> payments = new ArrayList<>();
    private boolean moreTrades;
    private int attempt;
    private int logPage;
    private long venueMs;

    LedgerReading(
            Scope scope, Venue.AskLedger ask, DeribitSession session, Consumer<Venue.Told> done) {
        this.scope = scope;
        this.ask = ask;
        this.session = session;
        this.done = done;
    }

    void start() {
        attempt++;
        fills.clear();
        payments.clear();
        logPage = 0;
        summary(cash -> position(at -> trades(true, () -> log(() -> again(cash, at)))));
    }

    private void again(Cash cash, Position before) {
        position(
                position ->
                        summary(
                                after -> {
                                    if (position.lots == before.lots
                                            && after.cash.equals(cash.cash)) {
                                        done.accept(whole(after, position));
                                    } else if (attempt < ATTEMPTS) {
                                        start();
                                    } else {
                                        silent("the account moved while it was read");
                                    }
                                }));
    }

    private Venue.Ledger whole(Cash cash, Position position) {
        payments.sort((one, other) -> Long.compare(one.sequence(), other.sequence()));
        boolean morePayments = payments.size() > scope.page;
        List<VenueFill> inOrder = new ArrayList<>(fills.values());
        boolean cutTrades = inOrder.size() > scope.page;
        return new Venue.Ledger(
                scope.venue,
                ask.underlying(),
                venueMs,
                position.lots,
                cash.cash,
                cash.equity,
                cash.initialMargin,
                cash.maintenanceMargin,
                position.markUsdc,
                cutTrades ? inOrder.subList(0, scope.page) : inOrder,
                morePayments ? payments.subList(0, scope.page) : payments,
                !moreTrades && !cutTrades && !morePayments);
    }

    private void summary(Consumer<Cash> then) {
        session.question(
                "private/get_account_summary",
                session.params().put("currency", "USDC"),
                read(
                        body -> {
                            BigDecimal cash =
                                    DeribitReader.decimal(body, "balance")
                                            .add(DeribitReader.decimalOr0(body, "session_rpl"));
                            return new Cash(
                                    DeribitReader.received(cash),
                                    DeribitReader.received(DeribitReader.decimal(body, "equity")),
                                    DeribitReader.owed(
                                            DeribitReader.decimal(body, "initial_margin")),
                                    DeribitReader.owed(
                                            DeribitReader.decimal(body, "maintenance_margin")));
                        },
                        then));
    }

    private void position(Consumer<Position> then) {
        session.question(
                "private/get_position",
                session.params().put("instrument_name", scope.spec.instrument()),
                read(
                        body ->
                                new Position(
                                        DeribitReader.lots(
                                                DeribitReader.decimal(body, "size"), scope.spec),
                                        DeribitReader.price(body.path("mark_price"), scope.spec)),
                        then));
    }

    /** What is historical is not yet what is recent, and the other way round: both, by their sequence. */
    private void trades(boolean historical, Runnable then) {
        ObjectNode params =
                session.params()
                        .put("instrument_name", scope.spec.instrument())
                        .put("start_seq", ask.afterTrade() + 1)
                        .put("count", scope.page)
                        .put("sorting", "asc")
                        .put("historical", historical);
        session.question(
                "private/get_user_trades_by_instrument",
                params,
                read(
                        body -> {
                            for (VenueFill fill :
                                    DeribitReader.fills(body.path("trades"), scope.spec)) {
                                if (fill.sequence() > ask.afterTrade()) {
                                    fills.put(fill.sequence(), fill);
                                }
                            }
                            return body.path("has_more").asBoolean(false);
                        },
                        more -> {
                            moreTrades = more;
                            if (historical && !more) {
                                trades(false, then);
                            } else {
                                then.run();
                            }
                        }));
    }

    private void log(Runnable then) {
        log(session.params(), then);
    }

    private void log(ObjectNode params, Runnable then) {
        params.put("currency", "USDC")
                .put("start_timestamp", scope.logFromMs)
                .put("end_timestamp", venueMs + AHEAD_MS)
                .put("count", LOG_LINES);
        session.question(
                "private/get_transaction_log",
                params,
                read(this::readLines, further -> next(further, then)));
    }

    /** The continuation; a missing node when no line beyond is of interest. */
    private JsonNode readLines(JsonNode body) {
        boolean reached = false;
        for (JsonNode line : body.path("logs")) {
            if (DeribitReader.whole(line, "user_seq") <= ask.afterPayment()) {
                reached = true;
            } else {
                DeribitReader.payment(line).ifPresent(payments::add);
            }
        }
        return reached ? body.path("reached") : body.path("continuation");
    }

    private void next(JsonNode continuation, Runnable then) {
        if (!continuation.isIntegralNumber()) {
            then.run();
        } else if (++logPage >= scope.logPages) {
            silent("the transaction log goes on beyond logPages=" + scope.logPages);
        } else {
            log(session.params().put("continuation", continuation.longValue()), then);
        }
    }

    private <T> Consumer<VenueCalls.Answer> read(
            java.util.function.Function<JsonNode, T> reader, Consumer<T> then) {
        return answer -> {
            T value;
            switch (answer) {
                case VenueCalls.Answer.Lost lost -> {
                    silent(lost.why());
                    return;
                }
                case VenueCalls.Answer.Refused refused -> {
                    silent(refused.toString());
                    return;
                }
                case VenueCalls.Answer.Result result -> {
                    venueMs = result.venueMs();
                    try {
                        value = reader.apply(result.body());
                    } catch (DeribitReader.Unfit unfit) {
                        silent("unreadable: " + unfit.getMessage());
                        return;
                    }
                }
            }
            then.accept(value);
        };
    }

    private void silent(String why) {
        done.accept(new Venue.Silent(scope.venue, why));
    }
}
