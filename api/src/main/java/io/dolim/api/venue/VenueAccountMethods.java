package io.dolim.api.venue;

import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Reply;
import io.dolim.api.session.Scope;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.book.hedge.VenueFill;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the account at a simulated venue holds, traded, was paid and moved. */
final class VenueAccountMethods {

    private static final int MOST_TRADES = 1_000;
    private static final int USUAL_TRADES = 10;
    private static final int MOST_LINES = 250;
    private static final int USUAL_LINES = 100;

    private final ExchangeFloor floor;
    private final VenueParams params;

    VenueAccountMethods(ExchangeFloor floor, VenueParams params) {
        this.floor = floor;
        this.params = params;
    }

    List<Method<?>> methods() {
        return List.of(
                Method.scoped(
                        "private/get_positions",
                        Scope.TRADE_READ,
                        VenueParams::wantsPerpetuals,
                        (_, wanted) -> floor.ask(exchange -> positions(exchange, wanted))),
                Method.scoped(
                        "private/get_position",
                        Scope.TRADE_READ,
                        params::perpetual,
                        (_, spec) -> floor.ask(exchange -> position(exchange, spec))),
                Method.scoped(
                        "private/get_user_trades_by_instrument",
                        Scope.TRADE_READ,
                        this::page,
                        (_, page) -> floor.ask(exchange -> trades(exchange, page))),
                Method.scoped(
                        "private/get_account_summary",
                        Scope.ACCOUNT_READ,
                        asked -> asked.oneOf("currency", "USDC"),
                        (_, _) -> floor.ask(VenueAccountMethods::summary)),
                Method.scoped(
                        "private/get_transaction_log",
                        Scope.ACCOUNT_READ,
                        VenueAccountMethods::log,
                        (_, log) -> floor.ask(exchange -> lines(exchange, log))),
                Method.scoped(
                        "private/submit_transfer_between_subaccounts",
                        Scope.WALLET_READ_WRITE,
                        VenueAccountMethods::transfer,
                        (_, transfer) -> floor.ask(exchange -> move(exchange, transfer))));
    }

    private static Reply positions(SimulatedExchange exchange, boolean wanted) {
        return VenueBody.of(
                json -> {
                    json.writeStartArray();
                    for (SimulatedPerpetual each : exchange.account().perpetuals()) {
                        if (wanted && each.lots() != 0) {
                            VenueJson.position(json, each);
                        }
                    }
                    json.writeEndArray();
                });
    }

    private static Reply position(SimulatedExchange exchange, PerpetualSpec spec) {
        SimulatedPerpetual perpetual = exchange.account().known(spec.underlying());
        return VenueBody.of(json -> VenueJson.position(json, perpetual));
    }

    private record Page(PerpetualSpec spec, long from, long to, int count, boolean oldestFirst) {}

    private Page page(Params asked) {
        // all trades stay in reach here: what is recent and what is historical is told alike
        asked.flag("historical", false);
        return new Page(
                params.perpetual(asked),
                asked.optionalWhole("start_seq", 0, Long.MAX_VALUE / 2).orElse(0L),
                asked.optionalWhole("end_seq", 0, Long.MAX_VALUE / 2).orElse(Long.MAX_VALUE / 2),
                Math.toIntExact(
                        asked.optionalWhole("count", 1, MOST_TRADES).orElse((long) USUAL_TRADES)),
                asked.has("sorting")
                        ? asked.oneOf("sorting", "asc", "desc", "default").equals("asc")
                        : asked.has("start_seq"));
    }

    private static Reply trades(SimulatedExchange exchange, Page page) {
        List<VenueFill> fills = new ArrayList<>();
        long last = Math.min(page.to, exchange.account().ledger().lastFill(page.spec.underlying()));
        long first = Math.max(1, page.from);
        if (!page.oldestFirst) {
            first = Math.max(first, last - page.count + 1);
        }
        for (VenueFill fill :
                exchange.account().ledger().fills(page.spec.underlying(), first - 1, page.count)) {
            if (fill.sequence() <= last) {
                fills.add(fill);
            }
        }
        boolean more =
                page.oldestFirst
                        ? !fills.isEmpty() && fills.getLast().sequence() < last
                        : first > Math.max(1, page.from);
        if (!page.oldestFirst) {
            Collections.reverse(fills);
        }
        return VenueBody.of(
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("trades");
                    for (VenueFill fill : fills) {
                        VenueJson.trade(json, page.spec, fill);
                    }
                    json.writeEndArray();
                    json.writeBooleanField("has_more", more);
                    json.writeEndObject();
                });
    }

    private static Reply summary(SimulatedExchange exchange) {
        return VenueBody.of(json -> VenueJson.summary(json, exchange.account()));
    }

    private record Log(long fromMs, long toMs, int count, long below) {}

    private static Log log(Params asked) {
        asked.oneOf("currency", "USDC");
        return new Log(
                asked.whole("start_timestamp", 0, Long.MAX_VALUE / 2),
                asked.whole("end_timestamp", 0, Long.MAX_VALUE / 2),
                Math.toIntExact(
                        asked.optionalWhole("count", 1, MOST_LINES).orElse((long) USUAL_LINES)),
                asked.optionalWhole("continuation", 0, Long.MAX_VALUE / 2)
                        .orElse(Long.MAX_VALUE / 2));
    }

    /** Newest first, as Deribit tells it; the continuation is the sequence that the last page ended with. */
    private static Reply lines(SimulatedExchange exchange, Log log) {
        ExchangeLedger ledger = exchange.account().ledger();
        List<ExchangeLedger.Line> page = new ArrayList<>();
        boolean more = false;
        for (ExchangeLedger.Line line : ledger.newestFirst()) {
            long at = line.payment().epochMs();
            if (at < log.fromMs || more) {
                break;
            }
            if (at <= log.toMs && line.payment().sequence() < log.below) {
                more = page.size() == log.count;
                if (!more) {
                    page.add(line);
                }
            }
        }
        boolean goesOn = more;
        return VenueBody.of(
                json -> {
                    json.writeStartObject();
                    if (goesOn) {
                        json.writeNumberField("continuation", page.getLast().payment().sequence());
                    } else {
                        json.writeNullField("continuation");
                    }
                    json.writeArrayFieldStart("logs");
                    for (ExchangeLedger.Line line : page) {
                        VenueJson.line(json, line);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private record Transfer(Usdc amount, long source, long destination, String nonce) {}

    private static Transfer transfer(Params asked) {
        asked.oneOf("currency", "USDC");
        Usdc amount = VenueParams.usdc(asked, "amount");
        if (amount.signum() <= 0) {
            throw asked.refuse("amount", "must be positive");
        }
        return new Transfer(
                amount,
                asked.whole("source", 0, Integer.MAX_VALUE),
                asked.whole("destination", 0, Integer.MAX_VALUE),
                asked.text("nonce", 128));
    }

    /** The account trades as {@link VenueServer#ACCOUNT}; every other number stands for the owner's purse. */
    private static Reply move(SimulatedExchange exchange, Transfer transfer) {
        boolean in = transfer.destination == VenueServer.ACCOUNT;
        if (in == (transfer.source == VenueServer.ACCOUNT)) {
            return Refusal.of(ErrorCode.INVALID_ARGUMENTS, "not_between_accounts")
                    .with("source", transfer.source)
                    .with("destination", transfer.destination)
                    .with("rule", "one of both must be " + VenueServer.ACCOUNT);
        }
        Usdc amount = in ? transfer.amount : transfer.amount.negated();
        return moved(transfer.nonce, exchange.transfer(amount, transfer.nonce));
    }

    static Reply moved(String label, ExchangeAnswer answer) {
        if (answer instanceof ExchangeAnswer.Refused no) {
            return VenueTradeMethods.refusal(no);
        }
        return VenueBody.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("nonce", label);
                    json.writeStringField("currency", "USDC");
                    json.writeStringField("type", "subaccount");
                    json.writeStringField("state", "confirmed");
                    json.writeEndObject();
                });
    }
}
