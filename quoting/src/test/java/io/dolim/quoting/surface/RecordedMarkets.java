package io.dolim.quoting.surface;

import java.util.ArrayList;
import java.util.List;

/** Recorded chains as fitted surfaces, for tests of what stands on a surface. */
public final class RecordedMarkets {

    private RecordedMarkets() {}

    /**
     * A recorded moment of one underlying.
     *
     * @param code of the underlying
     * @param spotUsdc forward of the nearest expiry
     * @param strikes by slice of the surface, in the same order
     */
    public record Recorded(
            String code,
            long timeMs,
            double spotUsdc,
            VolSurface surface,
            List<List<Double>> strikes) {}

    /** Every n-th recorded moment; aborts the test when the folder is absent. */
    public static List<Recorded> every(int n) {
        List<DeribitChains.Chain> chains = DeribitChains.all();
        List<Recorded> recorded = new ArrayList<>();
        for (int i = 0; i < chains.size(); i += n) {
            DeribitChains.Chain chain = chains.get(i);
            if (SurfaceFit.fit(chain.timeMs(), chain.quotes(1)) instanceof SurfaceFit.Fitted fit) {
                List<List<Double>> strikes = new ArrayList<>();
                for (SviSlice slice : fit.surface().slices()) {
                    chain.expiries().stream()
                            .filter(expiry -> expiry.expiryMs() == slice.expiryMs())
                            .forEach(expiry -> strikes.add(expiry.strikes()));
                }
                recorded.add(
                        new Recorded(
                                chain.name().substring(0, chain.name().indexOf(' ')),
                                chain.timeMs(),
                                chain.expiries().getFirst().forward(),
                                fit.surface(),
                                strikes));
            }
        }
        return recorded;
    }
}
