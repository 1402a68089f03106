package io.dolim.book.hedge;

import io.dolim.quoting.instrument.Underlying;

/** What a Hedger tells keepers and front-ends as it happens. */
public sealed interface HedgeNote {

    /** Whose hedges. */
    Underlying underlying();

    /**
     * Something was written down.
     *
     * @param summary of the state after it
     */
    record Written(Underlying underlying, HedgeEvent event, HedgeSummary summary)
            implements HedgeNote {}

    /**
     * A tick was judged.
     *
     * @param tookNs from the view's publication to the judgement
     */
    record Judged(Underlying underlying, Residual residual, long tookNs, boolean raised)
            implements HedgeNote {}
}
