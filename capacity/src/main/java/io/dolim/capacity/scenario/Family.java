package io.dolim.capacity.scenario;

/** Where a scenario comes from. Measures of the tail read the first two; the grid decides capital. */
public enum Family {
    /** Joint moves of real dates; weights are frequencies. Moves over the horizon. */
    HISTORICAL,
    /** A named disaster with a stated frequency. Moves over the horizon. */
    EVENT,
    /** The stress grid: instantaneous moves of spot and volatility. */
    GRID
}
