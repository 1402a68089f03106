package io.dolim.deploy.bench;

import java.util.List;
import java.util.Locale;

/** Medians, and numbers as they are printed: whole from a hundred on, else three digits. */
final class Figures {

    private Figures() {}

    /** The middle value; NaN of none. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    static String text(double value) {
        if (Double.isNaN(value)) {
            return "not measured";
        }
        double size = Math.abs(value);
        String pattern = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
