package io.dolim.api.feed;

/** Refuses settings out of range, by name and value. NaN is in no range. */
final class Bounds {

    private Bounds() {}

    static void within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + "=" + value + " must lie in " + least + " to " + most);
        }
    }

    static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + "=" + value + " must lie in " + least + " to " + most);
        }
    }
}
