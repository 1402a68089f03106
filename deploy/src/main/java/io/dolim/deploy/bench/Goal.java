package io.dolim.deploy.bench;

/**
 * What a measurement should come to.
 *
 * @param aim the bound, itself included
 * @param value what was measured; NaN, which meets nothing, when the run did not get there
 */
record Goal(String name, Bound bound, double aim, double value, String unit) {

    /** On which side of the aim a value is good. */
    enum Bound {
        AT_LEAST,
        AT_MOST
    }

    static Goal atLeast(double aim, String unit, String name, double value) {
        return new Goal(name, Bound.AT_LEAST, aim, value, unit);
    }

    static Goal atMost(double aim, String unit, String name, double value) {
        return new Goal(name, Bound.AT_MOST, aim, value, unit);
    }

    boolean met() {
        return switch (bound) {
            case AT_LEAST -> value >= aim;
            case AT_MOST -> value <= aim;
        };
    }

    /** The aim as it is printed. */
    String wanted() {
        return (bound == Bound.AT_LEAST ? "at least " : "at most ")
                + Figures.text(aim)
                + " "
                + unit;
    }

    /** The value as it is printed. */
    String reached() {
        return Figures.text(value) + " " + unit;
    }

    String verdict() {
        return met() ? "met" : "NOT MET";
    }
}
