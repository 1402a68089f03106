package io.dolim.book.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.AccountEvent;
import io.dolim.book.BookEvent;
import io.dolim.book.GuardCause;
import io.dolim.book.LatchEvent;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.Trade;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What happened to one account, event by event, with what it had afterwards. Not safe for threads. */
public final class Statements {

    /** The tags under which what guards decided is found. */
    public static final List<String> GUARD_TAGS =
            List.of("kind:latch-tripped", "kind:guard-turned", "kind:latch-lifted");

    private final AccountId account;
    private final SortedMap<String, Long> balances = new TreeMap<>();

    /** @param account whose */
    public Statements(AccountId account) {
        this.account = account;
    }

    /** The lines that an event adds: one for each asset that moved. */
    public List<ObjectNode> lines(Written written) {
        return switch (written.event()) {
            case AccountEvent event when event instanceof AccountEvent.Deposited ->
                    lines(written, "deposit", event.requestId().toString(), event.postings());
            case AccountEvent event ->
                    lines(written, "withdrawal", event.requestId().toString(), event.postings());
            case BookEvent.TradeExecuted event ->
                    lines(written, "trade", event.trade().id().toString(), event.postings());
            case BookEvent.ExpirySettled event ->
                    lines(written, "settlement", event.expiry().toString(), event.postings());
            case BookEvent.TradeAdjusted event ->
                    lines(written, "adjustment", event.trade().toString(), event.postings());
            default -> List.of();
        };
    }

    /** What a guard decided; empty for any other event. */
    public static Optional<ObjectNode> guard(Written written, Optional<String> underlying) {
        return written.event() instanceof LatchEvent event
                        && underlying.map(event.underlying().code()::equals).orElse(true)
                ? Optional.of(guard(written, event))
                : Optional.empty();
    }

    private static ObjectNode guard(Written written, LatchEvent event) {
        ObjectNode row =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("order", written.order())
                        .put("time_ms", event.epochMs())
                        .put("underlying", event.underlying().code());
        return switch (event) {
            case LatchEvent.LatchTripped e -> row.put("what", "latched").put("why", e.why());
            case LatchEvent.LatchLifted e ->
                    row.put("what", "lifted by " + e.by()).put("why", e.why());
            case LatchEvent.GuardTurned e ->
                    row.put("what", e.before() + " to " + e.after())
                            .put("why", String.join("; ", e.rules()))
                            .put("cause", e.cause().map(GuardCause::words).orElse("silence"))
                            .put("turns", e.turns());
        };
    }

    private List<ObjectNode> lines(
            Written written, String what, String reference, List<Posting> postings) {
        List<ObjectNode> lines = new ArrayList<>();
        for (Posting posting : postings) {
            if (posting.isTaker() && posting.account().equals(account)) {
                long after = balances.merge(posting.asset(), posting.amount(), Math::addExact);
                lines.add(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("order", written.order())
                                .put("time_ms", written.epochMs())
                                .put("what", what)
                                .put("reference", reference)
                                .put("asset", posting.asset())
                                .put("change", amount(posting, posting.amount()))
                                .put("balance", amount(posting, after)));
            }
        }
        return lines;
    }

    private static String amount(Posting posting, long amount) {
        return posting.isCash() ? new Usdc(amount).toString() : amount + " lots";
    }

    /** A trade as a row, when the event is one and of the account and instrument that are asked for. */
    public static Optional<ObjectNode> trade(
            Written written, Optional<AccountId> account, Optional<String> instrument) {
        if (!(written.event() instanceof BookEvent.TradeExecuted executed)
                || account.filter(a -> !a.equals(executed.trade().account())).isPresent()
                || instrument
                        .filter(
                                name ->
                                        executed.trade().legs().legs().stream()
                                                .noneMatch(l -> l.contract().name().equals(name)))
                        .isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("trade", executed.trade().id().toString())
                        .put("order", written.order())
                        .put("time_ms", executed.trade().epochMs())
                        .put("account", executed.trade().account().toString())
                        .put("client_order_id", executed.trade().orderId().toString())
                        .put("legs", legs(executed.trade()))
                        .put("price", executed.trade().price().toDecimal())
                        .put("fee", executed.trade().lines().fee().toDecimal())
                        .put(
                                "capital_charge",
                                executed.trade().lines().capitalCharge().toDecimal()));
    }

    static String legs(Trade trade) {
        return trade.legs().legs().stream()
                .map(leg -> leg.lots() + " " + leg.contract().name())
                .collect(Collectors.joining(" "));
    }
}
