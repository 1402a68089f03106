package io.dolim.capacity.vector;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import java.util.Comparator;

/** All options of one underlying that end together. */
public record Series(Underlying underlying, Expiry expiry) implements Comparable<Series> {

    private static final Comparator<Series> ORDER =
            Comparator.comparing(Series::underlying).thenComparing(Series::expiry);

    @Override
    public int compareTo(Series other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return underlying + "-" + expiry;
    }
}
