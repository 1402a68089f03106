package io.dolim.book;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.OptionPackage;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Input of the tests: pricing views of a market that a test sets by hand, one for all underlyings. */
final class ViewsByHand implements PublishedViews {

    private final SortedMap<Long, Published> published = new ConcurrentSkipListMap<>();
    private volatile double spotUsdc = 65_000.0;
    private volatile List<String> marketStopped = List.of();

    /** What the following views say of the market. */
    void market(double spot, String... why) {
        spotUsdc = spot;
        marketStopped = List.of(why);
    }

    @Override
    public Optional<Published> find(Underlying underlying, long view) {
        return Optional.ofNullable(published.get(view));
    }

    @Override
    public Optional<Published> newest(Underlying underlying) {
        return published.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(published.get(published.lastKey()));
    }

    /** @param hedgeMovedUsdc what hedging costs more by now than quoted on the view */
    void publish(long view, long atNs, double hedgeMovedUsdc) {
        PricingInputs inputs = Samples.inputs(view);
        List<String> stopped = marketStopped;
        double spot = spotUsdc;
        published.put(
                view,
                new PublishedViews.Published() {
                    @Override
                    public long publishedAtNs() {
                        return atNs;
                    }

                    @Override
                    public List<String> stopped() {
                        return stopped;
                    }

                    @Override
                    public double spotUsdc() {
                        return spot;
                    }

                    @Override
                    public PricingInputs inputs() {
                        return inputs;
                    }

                    @Override
                    public double deltaCoins(OptionPackage asked) {
                        return asked.legs().getFirst().lots() * 0.005;
                    }

                    @Override
                    public double leastOfDisplayedUsdc(OptionPackage asked) {
                        return Double.NEGATIVE_INFINITY;
                    }

                    @Override
                    public double hedgeCostMovedUsdc(OptionPackage asked, double unhedgedCoins) {
                        return hedgeMovedUsdc;
                    }
                });
    }
}
