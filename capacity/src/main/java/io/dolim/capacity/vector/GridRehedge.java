package io.dolim.capacity.vector;

import java.util.Arrays;

/** USDC to be traded to stay hedged, by scenario of the grid; exact sums. */
final class GridRehedge {

    private final double[] usdc;

    GridRehedge(double[] usdc) {
        this.usdc = usdc;
    }

    static GridRehedge none(int gridSize) {
        return new GridRehedge(new double[gridSize]);
    }

    GridRehedge plus(GridRehedge other, long lots) {
        return new GridRehedge(BookVectors.sum(usdc, other.usdc, lots));
    }

    GridRehedge negated() {
        return none(usdc.length).plus(this, -1);
    }

    double at(int g) {
        return usdc[g];
    }

    boolean isNone() {
        return Arrays.stream(usdc).allMatch(amount -> amount == 0);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof GridRehedge other && Arrays.equals(usdc, other.usdc);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(usdc);
    }
}
