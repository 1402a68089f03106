package io.dolim.api.feed;

/** Refuses settings of feeds and venues that are out of range, by name and value. NaN is in no range. */
public final class Bounds {

    private Bounds() {}

    /** @throws IllegalArgumentException when it is not */
    public static void within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + "=" + value + " must lie in " + least + " to " + most);
        }
    }

    /** @throws IllegalArgumentException when it is not */
    public static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + "=" + value + " must lie in " + least + " to " + most);
        }
    }
}
