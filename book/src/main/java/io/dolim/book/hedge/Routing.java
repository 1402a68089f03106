package io.dolim.book.hedge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parts an order over venues: the cheapest levels first, fee included, within the limit, and never more at
 * a venue than may lie there. Pure.
 */
final class Routing {

    private Routing() {}

    private record Offer(String venue, double usdcWithFee, long lots) {}

    /**
     * Lots by venue, signed as the order, only those that are not 0; fewer than asked when the books are
     * thin.
     *
     * @param lots to buy when positive, to sell when negative
     * @param limitUsdc worst price without fee, USDC per coin
     * @param held position at each venue, lots; none where it is not named
     * @param mostLots largest position at one venue, either way
     */
    static SortedMap<String, Long> of(
            Collection<Venue.Depth> depths,
            long lots,
            double limitUsdc,
            SortedMap<String, Long> held,
            long mostLots) {
        boolean buys = lots > 0;
        List<Offer> offers = new ArrayList<>();
        for (Venue.Depth depth : depths) {
            for (Venue.Level level : buys ? depth.asks() : depth.bids()) {
                double price = level.priceUsdc().doubleValue();
                if (buys ? price <= limitUsdc : price >= limitUsdc) {
                    double fee = buys ? 1 + depth.takerFee() : 1 - depth.takerFee();
                    offers.add(new Offer(depth.venue(), price * fee, level.lots()));
                }
            }
        }
        Comparator<Offer> byPrice = Comparator.comparingDouble(Offer::usdcWithFee);
        offers.sort((buys ? byPrice : byPrice.reversed()).thenComparing(Offer::venue));
        SortedMap<String, Long> routed = new TreeMap<>();
        long left = Math.abs(lots);
        for (Offer offer : offers) {
            long there = held.getOrDefault(offer.venue(), 0L);
            long already = routed.getOrDefault(offer.venue(), 0L);
            long room = buys ? mostLots - there - already : mostLots + there - already;
            long take = Math.min(Math.min(left, offer.lots()), Math.max(room, 0));
            if (take > 0) {
                routed.merge(offer.venue(), take, Math::addExact);
                left -= take;
            }
        }
        if (!buys) {
            routed.replaceAll((_, taken) -> -taken);
        }
        return routed;
    }
}
