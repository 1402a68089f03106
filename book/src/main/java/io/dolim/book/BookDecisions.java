package io.dolim.book;

import io.dolim.book.trade.Content;
import io.dolim.book.trade.FirmQuote;
import io.dolim.book.trade.OrderId;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.QuoteToken;
import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.Trade;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.ChargeAccount;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a Book decides about quotes and orders; pure: state, command and moment in, an answer out. */
final class BookDecisions {

    private final BookSettings settings;
    private final ChargeAccount.Terms terms;

    BookDecisions(BookSettings settings, ChargeAccount.Terms terms) {
        this.settings = settings;
        this.terms = terms;
    }

    /** What to do about a token. */
    sealed interface Admission {}

    /** It may be filled, if Account and Capacity agree. */
    record Admitted(FirmQuote quote, PublishedViews.Published published) implements Admission {}

    /** It may not. */
    record Declined(Book.Reply why) implements Admission {}

    /** Judges a token, its quote's age and its contracts. */
    Admission admit(
            BookState state,
            Book.AcceptQuote accept,
            QuoteToken tokens,
            PublishedViews views,
            Moment now) {
        return switch (tokens.open(accept.token())) {
            case QuoteToken.Rejected rejected -> declined(rejected.reason());
            case QuoteToken.Genuine genuine -> admit(state, accept, genuine.quote(), views, now);
        };
    }

    private Admission admit(
            BookState state,
            Book.AcceptQuote accept,
            FirmQuote quote,
            PublishedViews views,
            Moment now) {
        if (!quote.account().equals(accept.account())) {
            return declined(RefusalReason.TOKEN_OF_ANOTHER_ACCOUNT);
        }
        if (!quote.underlying().equals(state.underlying())) {
            return declined(RefusalReason.TOKEN_OF_ANOTHER_BOOK);
        }
        if (isReserved(accept)) {
            return declined(RefusalReason.RESERVED_ID);
        }
        if (state.resting().sentAs(accept.account(), accept.orderId()).isPresent()) {
            return new Declined(new Book.Conflict(accept.orderId()));
        }
        Optional<PublishedViews.Published> published =
                views.find(quote.underlying(), quote.pricingView());
        if (published.isEmpty()) {
            return new Declined(
                    refused(
                            RefusalReason.QUOTE_LAPSED,
                            "pricing_view",
                            (double) quote.pricingView()));
        }
        return lapsed(state, quote, published.get(), views, now)
                .or(() -> accept.conditions().broken(state, quote, now))
                .<Admission>map(Declined::new)
                .orElseGet(() -> new Admitted(quote, published.get()));
    }

    /** Of a resting order's form, and yet not its fill. */
    private static boolean isReserved(Book.AcceptQuote accept) {
        return !OrderId.read(accept.orderId().text()).equals(accept.conditions().order());
    }

    /** Why a quote cannot be filled at this moment; asked at the door and again before it is written. */
    Optional<Book.Refused> lapsed(
            BookState state,
            FirmQuote quote,
            PublishedViews.Published published,
            PublishedViews views,
            Moment now) {
        long ageNs = now.monotonicNs() - published.publishedAtNs();
        if (ageNs < 0 || ageNs > settings.quoteLife().toNanos()) {
            SortedMap<String, Double> numbers = new TreeMap<>();
            numbers.put("age_ms", ageNs / 1e6);
            numbers.put("life_ms", (double) settings.quoteLife().toMillis());
            return Optional.of(Book.Refused.of(RefusalReason.QUOTE_LAPSED, numbers));
        }
        Optional<Book.Refused> moved = moved(quote, published, views);
        if (moved.isPresent()) {
            return moved;
        }
        for (Leg leg : quote.legs().legs()) {
            Optional<Book.Refused> refusal = unfit(state, leg, now);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /** Why a trade that is granted must not be written: the last look, on the state it is written over. */
    Optional<Book.Refused> unwritable(
            BookState state,
            Pending.Reserving pending,
            Capacity.Granted granted,
            PublishedViews views,
            Moment now) {
        FirmQuote quote = pending.quote();
        return lapsed(state, quote, pending.published(), views, now)
                .or(() -> pending.accept().conditions().broken(state, quote, now))
                .or(
                        () ->
                                AccountRule.broken(
                                        state,
                                        quote.account(),
                                        quote.legs(),
                                        granted.accountLimits(),
                                        pending.published().spotUsdc()));
    }

    /** A stopped market fills nothing, and a quote lapses when the index has left its collar, either way. */
    private Optional<Book.Refused> moved(
            FirmQuote quote, PublishedViews.Published published, PublishedViews views) {
        Optional<? extends PublishedViews.Published> newest = views.newest(quote.underlying());
        if (newest.isEmpty()) {
            return Optional.of(Book.Refused.of(RefusalReason.MARKET_STOPPED, new TreeMap<>()));
        }
        if (!newest.get().stopped().isEmpty()) {
            return Optional.of(
                    new Book.Refused(
                            RefusalReason.MARKET_STOPPED,
                            newest.get().stopped().getFirst(),
                            new TreeMap<>()));
        }
        double move = Math.abs(newest.get().spotUsdc() / published.spotUsdc() - 1.0);
        if (move <= settings.collar()) {
            return Optional.empty();
        }
        SortedMap<String, Double> numbers = new TreeMap<>();
        numbers.put("move", move);
        numbers.put("collar", settings.collar());
        return Optional.of(Book.Refused.of(RefusalReason.MARKET_MOVED, numbers));
    }

    /** Why a leg cannot be traded at this moment, whoever asks. */
    Optional<Book.Refused> unfit(BookState state, Leg leg, Moment now) {
        long closesMs = leg.contract().expiry().epochMs() - settings.closeBefore().toMillis();
        if (now.epochMs() >= closesMs) {
            return Optional.of(
                    refused(
                            RefusalReason.CONTRACT_EXPIRED,
                            "closed_since_ms",
                            (double) (now.epochMs() - closesMs)));
        }
        if (state.settlement(leg.contract().expiry()).price().isPresent()) {
            return Optional.of(Book.Refused.of(RefusalReason.CONTRACT_EXPIRED, new TreeMap<>()));
        }
        ContractSpec spec = state.listed().get(leg.contract());
        if (spec == null) {
            return Optional.of(Book.Refused.of(RefusalReason.NOT_LISTED, new TreeMap<>()));
        }
        long lots = Math.absExact(leg.lots());
        return lots < spec.minLots() || lots > spec.maxLots()
                ? Optional.of(refused(RefusalReason.SIZE_OUT_OF_BOUNDS, "lots", (double) lots))
                : Optional.empty();
    }

    /** A tick of a package: the step of its smallest leg's price. */
    static Usdc tick(BookState state, FirmQuote quote) {
        Usdc least = new Usdc(Long.MAX_VALUE);
        for (Leg leg : quote.legs().legs()) {
            Usdc step = state.spec(leg.contract()).tickOf(leg.lots());
            least = step.compareTo(least) < 0 ? step : least;
        }
        return least;
    }

    /** What the pool itself receives: the price without the fee. */
    static Usdc poolCash(FirmQuote quote) {
        return quote.price().minus(quote.lines().fee());
    }

    /**
     * The trade and what priced it, as one atomic write.
     *
     * @param recorded whether the journal has the content of a hash already
     */
    List<BookEvent> execute(
            BookState state,
            Pending.Reserving pending,
            Capacity.Granted granted,
            Predicate<String> recorded,
            Moment now) {
        FirmQuote quote = pending.quote();
        PricingInputs inputs = pending.published().inputs();
        List<BookEvent> events = new ArrayList<>();
        List<Content> unrecorded =
                inputs.all().filter(content -> !recorded.test(content.hash())).toList();
        events.addAll(BookEvent.InputsRecorded.of(unrecorded));
        Trade trade =
                new Trade(
                        new TradeId(state.underlying(), Math.addExact(state.trades(), 1)),
                        quote.account(),
                        pending.accept().orderId(),
                        pending.accept().body(),
                        quote.quoteId(),
                        quote.legs(),
                        quote.lines(),
                        now.epochMs());
        events.add(
                new BookEvent.TradeExecuted(
                        trade,
                        quote.pricingView(),
                        inputs.market().hash(),
                        inputs.view().hash(),
                        granted.decidedCharge(),
                        granted.viewNumber(),
                        granted.cut(),
                        granted.countedPending(),
                        inputs.pricingVersion(),
                        state.chargeAccount()
                                .booked(quote.lines().capitalCharge(), now.epochMs(), terms),
                        postings(quote),
                        Optional.of(pending.published().leastOfDisplayedUsdc(quote.legs()))));
        return events;
    }

    private static List<Posting> postings(FirmQuote quote) {
        String taker = Posting.taker(quote.account());
        List<Posting> postings = new ArrayList<>();
        postings.add(Posting.cash(taker, quote.price().negated()));
        postings.add(Posting.cash(Posting.POOL, poolCash(quote)));
        postings.add(Posting.cash(Posting.FEES, quote.lines().fee()));
        for (Leg leg : quote.legs().legs()) {
            postings.add(Posting.lots(taker, leg.contract(), leg.lots()));
            postings.add(Posting.lots(Posting.POOL, leg.contract(), -leg.lots()));
        }
        return postings;
    }

    /** Events that list what is not listed yet. */
    static List<BookEvent> list(BookState state, Book.ListContracts order, Moment now) {
        ContractSpec spec = order.spec();
        List<BookEvent> events = new ArrayList<>();
        for (OptionContract contract : order.contracts()) {
            if (!state.listed().containsKey(contract)) {
                events.add(
                        new BookEvent.InstrumentListed(
                                now.epochMs(),
                                order.by(),
                                contract,
                                spec.coinsPerLot(),
                                spec.tickUsdc(),
                                spec.minLots(),
                                spec.maxLots()));
            }
        }
        return events;
    }

    /** Why contracts cannot be listed: another underlying, an end that has come, another size of lot. */
    static Optional<Book.Refused> unlistable(
            BookState state, Book.ListContracts order, Moment now) {
        for (OptionContract contract : order.contracts()) {
            if (!contract.underlying().equals(state.underlying())) {
                return Optional.of(Book.Refused.of(RefusalReason.UNKNOWN, new TreeMap<>()));
            }
            // an expiry that has its price is over, whatever a clock that was set back says
            if (contract.expiry().epochMs() <= now.epochMs()
                    || state.settlement(contract.expiry()).price().isPresent()) {
                return Optional.of(
                        Book.Refused.of(RefusalReason.CONTRACT_EXPIRED, new TreeMap<>()));
            }
        }
        return state.coinsPerLot()
                .filter(size -> size.compareTo(order.spec().coinsPerLot()) != 0)
                .map(
                        size ->
                                refused(
                                        RefusalReason.CONTRADICTS,
                                        "coins_per_lot",
                                        size.doubleValue()));
    }

    /** Events that delist what is listed. */
    static List<BookEvent> delist(BookState state, Book.DelistContracts order, Moment now) {
        List<BookEvent> events = new ArrayList<>();
        for (OptionContract contract : order.contracts()) {
            if (state.listed().containsKey(contract)) {
                events.add(new BookEvent.InstrumentDelisted(now.epochMs(), order.by(), contract));
            }
        }
        return events;
    }

    private static Admission declined(RefusalReason reason) {
        return new Declined(Book.Refused.of(reason, new TreeMap<>()));
    }

    private static Book.Refused refused(RefusalReason reason, String name, double value) {
        return Book.Refused.of(reason, new TreeMap<>(Collections.singletonMap(name, value)));
    }
}
