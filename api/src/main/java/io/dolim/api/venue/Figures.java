package io.dolim.api.venue;

/** Refuses settings out of range, by name and value. NaN is in no range. */
final class Figures {

    private Figures() {}

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
