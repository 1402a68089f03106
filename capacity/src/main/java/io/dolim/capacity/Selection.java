package io.dolim.capacity;

/** Hoare's selection: the n-th smallest number without sorting all. */
final class Selection {

    private Selection() {}

    /**
     * The n-th smallest, n from 1; the array is left in another order.
     *
     * @throws IllegalArgumentException when there are fewer
     */
    static double smallest(double[] numbers, int n) {
        if (n < 1 || n > numbers.length) {
            throw new IllegalArgumentException("n=" + n + " must be 1 to " + numbers.length);
        }
        int wanted = n - 1;
        int low = 0;
        int high = numbers.length - 1;
        while (low < high) {
            double pivot = numbers[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (Double.compare(numbers[i], pivot) < 0) {
                    i++;
                }
                while (Double.compare(numbers[j], pivot) > 0) {
                    j--;
                }
                if (i <= j) {
                    double other = numbers[i];
                    numbers[i++] = numbers[j];
                    numbers[j--] = other;
                }
            }
            if (wanted <= j) {
                high = j;
            } else if (wanted >= i) {
                low = i;
            } else {
                return numbers[wanted];
            }
        }
        return numbers[wanted];
    }
}
