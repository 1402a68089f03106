package io.dolim.book;

import io.dolim.book.order.OrderTerms;
import io.dolim.book.order.RestingOrder;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.Content;
import io.dolim.book.trade.OrderId;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.Trade;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.ChargeAccount;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a Book writes down; a stored format, described in {@code doc/events.md}. */
public sealed interface BookEvent extends StoredEvent {

    /** Under which names read models find it. */
    Set<String> tags();

    /** A contract is open for trading. */
    record InstrumentListed(
            long epochMs,
            String by,
            OptionContract contract,
            BigDecimal coinsPerLot,
            BigDecimal tickUsdc,
            long minLots,
            long maxLots)
            implements BookEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:instrument-listed", Tags.instrument(contract.name()));
        }
    }

    /** A contract is closed for trading. */
    record InstrumentDelisted(long epochMs, String by, OptionContract contract)
            implements BookEvent {
        @Override
        public Set<String> tags() {
            // what settles an expiry may consist of it alone
            return Set.of("kind:instrument-delisted", Tags.instrument(contract.name()), ESSENTIAL);
        }
    }

    /** Markets, market views and what they name, that priced trades from here on; each stored once under its hash. */
    record InputsRecorded(List<Content> contents) implements BookEvent {

        /** What shares a page of the journal's file with others: more would take pages of its own, half of them empty. */
        private static final int SMALL_BYTES = 1_750;

        /** Copies the contents. */
        public InputsRecorded {
            contents = List.copyOf(contents);
        }

        /** Contents in their order, in as few small events as that takes. */
        static List<InputsRecorded> of(List<Content> contents) {
            List<InputsRecorded> events = new ArrayList<>();
            List<Content> some = new ArrayList<>();
            int bytes = 0;
            for (Content content : contents) {
                if (bytes > 0 && bytes + content.size() > SMALL_BYTES) {
                    events.add(new InputsRecorded(some));
                    some = new ArrayList<>();
                    bytes = 0;
                }
                some.add(content);
                bytes += content.size();
            }
            if (!some.isEmpty()) {
                events.add(new InputsRecorded(some));
            }
            return events;
        }

        @Override
        public Set<String> tags() {
            return Set.of("kind:input-recorded");
        }
    }

    /**
     * A trade.
     *
     * @param pricingView the view its quote was made on
     * @param marketHash the live market that marked it
     * @param viewHash the market view in that pricing view
     * @param decidedCharge what Capacity decided at the reservation
     * @param marketView under which it decided
     * @param cut the books' sequence numbers that its inventory contained
     * @param countedPending the reservations that counted as done
     * @param pricingVersion under which the inputs give the same bits again
     * @param chargeAccount this Book's part of the charge account after it
     * @param leastUsdc the least that the displayed quotes let it cost; empty in events before
     *     {@code trade-executed.2}
     */
    record TradeExecuted(
            Trade trade,
            long pricingView,
            String marketHash,
            String viewHash,
            Usdc decidedCharge,
            long marketView,
            SortedMap<Underlying, Long> cut,
            List<String> countedPending,
            String pricingVersion,
            ChargeAccount chargeAccount,
            List<Posting> postings,
            Optional<Double> leastUsdc)
            implements BookEvent {
        /** Copies the collections. */
        public TradeExecuted {
            cut = Collections.unmodifiableSortedMap(new TreeMap<>(cut));
            countedPending = List.copyOf(countedPending);
            postings = List.copyOf(postings);
        }

        @Override
        public Set<String> tags() {
            Set<String> tags = postingTags(Tags.TRADES, postings);
            tags.add(Tags.order(trade.account(), trade.orderId()));
            return tags;
        }

        /** Hash of the request that led to it. */
        public BodyHash body() {
            return trade.body();
        }
    }

    /**
     * The index inside the averaging window.
     *
     * @param slot number of the interval within the window, from 0
     */
    record SettlementSampled(Expiry expiry, int slot, long epochMs, BigDecimal indexUsdc)
            implements BookEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:settlement-sampled", ESSENTIAL);
        }
    }

    /**
     * The one price an expiry settles at, set once.
     *
     * @param rule {@code twap-30m} or {@code operator}
     * @param samples how many stood behind it
     */
    record DeliveryPriceSet(
            Expiry expiry,
            BigDecimal priceUsdc,
            String rule,
            int samples,
            String by,
            String why,
            long epochMs)
            implements BookEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:delivery-price-set", ESSENTIAL);
        }
    }

    /** Some accounts' positions of an expiry turned into cash; the expiry is done when none are left. */
    record ExpirySettled(Expiry expiry, BigDecimal priceUsdc, long epochMs, List<Posting> postings)
            implements BookEvent {
        /** Copies the postings. */
        public ExpirySettled {
            postings = List.copyOf(postings);
        }

        @Override
        public Set<String> tags() {
            Set<String> tags = postingTags("kind:expiry-settled", postings);
            tags.add(ESSENTIAL);
            return tags;
        }
    }

    /** A compensation of a trade; the trade itself stays written. */
    record TradeAdjusted(
            RequestId requestId,
            String by,
            String why,
            TradeId trade,
            long epochMs,
            List<Posting> postings)
            implements BookEvent {
        /** Copies the postings. */
        public TradeAdjusted {
            postings = List.copyOf(postings);
        }

        @Override
        public Set<String> tags() {
            return postingTags(Tags.ADJUSTMENTS, postings);
        }
    }

    /**
     * An order rests from here on, until a trade has its id as order id, or it ends otherwise.
     *
     * @param requestId under which its taker sent it
     * @param body hash of what he sent
     * @param endsMs when it ends by itself, at the latest
     */
    record OrderPlaced(
            OrderId id,
            AccountId account,
            ClientOrderId requestId,
            BodyHash body,
            OrderTerms terms,
            long epochMs,
            long endsMs)
            implements BookEvent {
        @Override
        public Set<String> tags() {
            return Set.of(
                    "kind:order-placed",
                    Tags.account(account),
                    Tags.instrument(terms.contract().name()));
        }
    }

    /** Its taker changed what an order asks for. */
    record OrderAmended(
            OrderId id, AccountId account, long lots, BigDecimal limitUsdc, long epochMs)
            implements BookEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:order-amended", Tags.account(account));
        }
    }

    /**
     * An order rests no more, and no trade filled it.
     *
     * @param as cancelled or rejected
     * @param why a short word
     */
    record OrderEnded(
            OrderId id, AccountId account, RestingOrder.Status as, String why, long epochMs)
            implements BookEvent {
        @Override
        public Set<String> tags() {
            // one for each that was placed while there was room: a taker can always take his wish
            // back
            return Set.of("kind:order-ended", Tags.account(account), ESSENTIAL);
        }
    }

    private static Set<String> postingTags(String kind, List<Posting> postings) {
        Set<String> tags = new TreeSet<>();
        tags.add(kind);
        for (Posting posting : postings) {
            if (posting.isTaker()) {
                tags.add(Tags.account(posting.account()));
            }
            if (!posting.isCash()) {
                tags.add(Tags.instrument(posting.asset()));
            }
        }
        return tags;
    }
}
