package io.dolim.api.rpc;

import java.util.List;

/** Makes what describes a server out of its whole method table, the edge's own methods among them. */
@FunctionalInterface
public interface Describing {

    /** Describes nothing. */
    Describing NONE = (table, version) -> new Description(List.of(), Page.NONE);

    /**
     * What describes it.
     *
     * @param methods that tell it, to stand in the table too
     * @param pages that show it
     */
    record Description(List<Method<?>> methods, Page pages) {}

    /**
     * Describes this table.
     *
     * @param version of the protocol
     * @throws IllegalStateException when it cannot: the server does not start
     */
    Description describe(Methods table, String version);
}
