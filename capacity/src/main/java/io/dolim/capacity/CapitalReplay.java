package io.dolim.capacity;

import io.dolim.quoting.money.Usdc;

/** Folds Capacity's own journal into the state it makes. Immutable. */
public final class CapitalReplay {

    /** Before the first event. */
    public static final CapitalReplay EMPTY = new CapitalReplay(0, CapitalState.EMPTY);

    private final long sequence;
    private final CapitalState state;

    private CapitalReplay(long sequence, CapitalState state) {
        this.sequence = sequence;
        this.state = state;
    }

    /** With the next event. */
    public CapitalReplay apply(CapacityEvent event) {
        return new CapitalReplay(sequence + 1, state.apply(event));
    }

    /** How many events made it. */
    public long sequence() {
        return sequence;
    }

    /** Paid in less paid out. */
    public Usdc capital() {
        return state.capital();
    }

    /** As operators set it. */
    public Mode mode() {
        return state.mode();
    }

    /** Who set the mode; empty when nobody did. */
    public String modeBy() {
        return state.modeBy();
    }

    /** Version of the scenario set in force; empty before the first start. */
    public String scenarioSet() {
        return state.scenarioSet();
    }

    /** The limits in force over the configured ones. */
    public Limits limits(Limits configured) {
        return state.limits(configured);
    }

    /** Hash of the canonical state, as Capacity tells it. */
    public String hash() {
        return state.hash();
    }
}
