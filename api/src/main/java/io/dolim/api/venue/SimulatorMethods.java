package io.dolim.api.venue;

import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.api.session.Scope;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What only a simulated venue has: its prices and its faults, by whoever runs it. In force in an outage too. */
final class SimulatorMethods {

    private static final long DAY_MS = 86_400_000L;

    private final ExchangeFloor floor;
    private final VenueParams params;

    SimulatorMethods(ExchangeFloor floor, VenueParams params) {
        this.floor = floor;
        this.params = params;
    }

    List<Method<?>> methods() {
        return List.of(
                method("simulator/set_index", this::index, this::setIndex),
                method("simulator/outage", SimulatorMethods::outage, this::plan),
                method("simulator/reject", SimulatorMethods::chances, this::set),
                method("simulator/move_position", this::move, this::moved),
                method("simulator/transfer", SimulatorMethods::cash, this::transfer));
    }

    private static <P> Method<P> method(
            String name, Function<Params, P> parser, Function<P, Reply> answer) {
        return Method.scoped(
                        name,
                        Scope.OPERATOR,
                        parser,
                        Method.now((Caller _, P asked) -> answer.apply(asked)))
                .strictly();
    }

    private record Prices(PerpetualSpec spec, double index, Optional<Double> mark) {}

    private Prices index(Params asked) {
        return new Prices(
                params.byIndex(asked),
                price(asked, "price"),
                asked.has("mark_price")
                        ? Optional.of(price(asked, "mark_price"))
                        : Optional.empty());
    }

    private static double price(Params asked, String name) {
        BigDecimal price = asked.decimal(name);
        if (price.compareTo(new BigDecimal("0.000001")) < 0
                || price.compareTo(new BigDecimal(1_000_000_000)) > 0) {
            throw asked.refuse(name, "must lie in 0.000001 to 1000000000");
        }
        return price.doubleValue();
    }

    private Reply setIndex(Prices prices) {
        return floor.always(
                exchange -> {
                    var underlying = prices.spec.underlying();
                    long now = exchange.nowMs();
                    if (prices.mark.isPresent()) {
                        exchange.observe(underlying, now, prices.index, prices.mark.get());
                    } else {
                        exchange.observe(underlying, now, prices.index);
                    }
                    return Result.ok();
                });
    }

    private record Planned(Outage.Kind kind, long delayMs, long durationMs) {}

    private static Planned outage(Params asked) {
        String kind = asked.oneOf("kind", "refuses", "silent", "answers_lost");
        return new Planned(
                Outage.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                asked.optionalWhole("delay_ms", 0, DAY_MS).orElse(0L),
                asked.whole("duration_ms", 1, DAY_MS));
    }

    private Reply plan(Planned planned) {
        return floor.always(
                exchange -> {
                    long from = exchange.nowMs() + planned.delayMs;
                    exchange.plan(new Outage(from, from + planned.durationMs, planned.kind));
                    return Result.ok();
                });
    }

    private static ExchangeRules.Chances chances(Params asked) {
        return new ExchangeRules.Chances(share(asked, "rejected"), share(asked, "partial"));
    }

    private static double share(Params asked, String name) {
        double share = asked.decimal(name).doubleValue();
        if (!(share >= 0 && share <= 1)) {
            throw asked.refuse(name, "must lie in 0 to 1");
        }
        return share;
    }

    private Reply set(ExchangeRules.Chances chances) {
        return floor.always(
                exchange -> {
                    exchange.set(chances);
                    return Result.ok();
                });
    }

    private record Move(PerpetualSpec spec, long lots) {}

    private Move move(Params asked) {
        PerpetualSpec spec = params.perpetual(asked);
        return new Move(spec, VenueParams.lots(asked, "size", spec));
    }

    private Reply moved(Move move) {
        return floor.always(
                exchange -> {
                    exchange.movePosition(move.spec.underlying(), move.lots);
                    return Result.ok();
                });
    }

    private record Cash(Usdc amount, String label) {}

    private static Cash cash(Params asked) {
        return new Cash(VenueParams.usdc(asked, "amount"), asked.text("label", 128));
    }

    private Reply transfer(Cash cash) {
        return floor.always(
                exchange ->
                        VenueAccountMethods.moved(
                                cash.label, exchange.transfer(cash.amount, cash.label)));
    }
}
