package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.api.session.Scope;
import io.dolim.book.PricingView;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.FirmQuote;
import io.dolim.capacity.CapacityView;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.PackageGreeks;
import io.dolim.quoting.quote.Quote;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prices of packages: indicative for anybody, firm for an account. */
final class QuoteMethods {

    private static final Logger LOG = LoggerFactory.getLogger(QuoteMethods.class);

    private final Floor floor;
    private final OrderQueues orders;
    private final OpenQuotes open;
    private final TradeMeters meters;

    QuoteMethods(Floor floor, OrderQueues orders, OpenQuotes open, TradeMeters meters) {
        this.floor = floor;
        this.orders = orders;
        this.open = open;
        this.meters = meters;
    }

    List<Method<?>> methods() {
        return List.of(
                Method.open(
                                "public/get_quote",
                                floor::asPackage,
                                Method.now(unlessOverloaded((caller, asked) -> indicative(asked))))
                        .strictly()
                        .quoting(),
                Method.scoped(
                                "private/request_quote",
                                Scope.TRADE_READ_WRITE,
                                floor::asPackage,
                                Method.now(unlessOverloaded(this::firm)))
                        .strictly()
                        .quoting());
    }

    private BiFunction<Caller, OptionPackage, Reply> unlessOverloaded(
            BiFunction<Caller, OptionPackage, Reply> priced) {
        return (caller, asked) -> {
            Optional<Refusal> shortage = orders.shortage(asked.underlying());
            return shortage.isPresent()
                    ? refused(asked, shortage.get())
                    : priced.apply(caller, asked);
        };
    }

    private Refusal refused(OptionPackage asked, Refusal why) {
        meters.refused(asked.underlying(), "quote", why.reason());
        return why;
    }

    private Reply indicative(OptionPackage asked) {
        PricingView view = floor.view(asked.underlying());
        return switch (view.quote(asked, floor.monotonicNs().getAsLong())) {
            case Quote.Refused refused -> refused(asked, Refusals.of(refused));
            case Quote.Quoted quoted -> {
                meters.quoted(asked.underlying(), "indicative");
                yield new Result(
                        json -> {
                            json.writeStartObject();
                            write(json, view, quoted);
                            json.writeEndObject();
                        });
            }
        };
    }

    private Reply firm(Caller caller, OptionPackage asked) {
        Optional<Refusal> tooOften =
                open.ask(new AccountId(caller.account()), floor.monotonicNs().getAsLong());
        if (tooOften.isPresent()) {
            return refused(asked, tooOften.get());
        }
        PricingView view = floor.view(asked.underlying());
        return switch (view.quote(asked, floor.monotonicNs().getAsLong())) {
            case Quote.Refused refused -> refused(asked, Refusals.of(refused));
            case Quote.Quoted quoted -> {
                FirmQuote firm = promise(floor, view, quoted, new AccountId(caller.account()));
                Optional<Refusal> tooMany =
                        open.open(
                                firm.account(),
                                firm.quoteId(),
                                floor.monotonicNs().getAsLong(),
                                view.publishedAtNs() + floor.quoteLife().toNanos());
                if (tooMany.isPresent()) {
                    yield refused(asked, tooMany.get());
                }
                meters.quoted(asked.underlying(), "firm");
                LOG.atInfo()
                        .addKeyValue("quote", firm.quoteId())
                        .addKeyValue("account", firm.account())
                        .addKeyValue("legs", firm.legs())
                        .addKeyValue("price", firm.price())
                        .addKeyValue("view", firm.pricingView())
                        .log("firm quote");
                yield new Result(
                        json -> {
                            json.writeStartObject();
                            write(json, view, quoted);
                            json.writeStringField("quote_id", firm.quoteId());
                            json.writeStringField("token", floor.seal().seal(firm));
                            json.writeNumberField("expires_at", lapsesAtMs(view));
                            json.writeEndObject();
                        });
            }
        };
    }

    /** The promise of a price to an account. */
    static FirmQuote promise(
            Floor floor, PricingView view, Quote.Quoted quoted, AccountId account) {
        return view.promise(floor.quoteIds().get(), floor.seal().bootId(), account, quoted);
    }

    /** On the wall clock, for the client's eye; the Book judges by the monotonic one. */
    private long lapsesAtMs(PricingView view) {
        long ageMs = (floor.monotonicNs().getAsLong() - view.publishedAtNs()) / 1_000_000L;
        return floor.wallMs().getAsLong() - ageMs + floor.quoteLife().toMillis();
    }

    private void write(JsonGenerator json, PricingView view, Quote.Quoted quoted)
            throws IOException {
        json.writeArrayFieldStart("legs");
        for (Leg leg : quoted.asked().legs()) {
            Wire.leg(json, view.quoter().spec(), leg);
        }
        json.writeEndArray();
        Wire.priced(json, quoted.lines());
        greeks(json, quoted.greeks());
        view(json, view);
    }

    private static void greeks(JsonGenerator json, PackageGreeks greeks) throws IOException {
        json.writeObjectFieldStart("greeks");
        Wire.figure(json, "delta", greeks.deltaCoins(), 8);
        Wire.figure(json, "gamma", greeks.gammaCoins(), 12);
        Wire.figure(json, "vega", greeks.vegaUsdc() / 100, 6);
        Wire.figure(json, "theta", greeks.thetaUsdc() / 365, 6);
        Wire.figure(json, "rho", greeks.rhoUsdc() / 100, 6);
        Wire.figure(json, "vanna", greeks.vannaCoins() / 100, 8);
        Wire.figure(json, "volga", greeks.volgaUsdc() / 10_000, 6);
        json.writeEndObject();
    }

    private static void view(JsonGenerator json, PricingView view) throws IOException {
        json.writeObjectFieldStart("view");
        json.writeNumberField("market", view.number());
        json.writeNumberField("surface", view.market().surface().fixedAtMs());
        if (view.capacity().isPresent()) {
            CapacityView capacity = view.capacity().get();
            json.writeStringField("capacity", capacity.viewNumber() + "." + capacity.revision());
            json.writeStringField("scenarios", capacity.inputs().scenarioSet());
        }
        json.writeEndObject();
    }
}
