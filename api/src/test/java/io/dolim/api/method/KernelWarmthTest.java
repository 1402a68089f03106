package io.dolim.api.method;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dolim.quoting.pricing.Black76Kernel;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class KernelWarmthTest {

    private final Queue<Runnable> begun = new ArrayDeque<>();

    @Test
    void kernelsAreMissingByNameUntilTheirWarmingHasEnded() {
        KernelWarmth warmth = KernelWarmth.begin(begun::add, Black76Kernel::warm);

        assertEquals(Optional.of("the pricing kernels are being warmed"), warmth.missing());
        begun.remove().run();
        assertEquals(Optional.empty(), warmth.missing());
    }

    @Test
    void kernelsThatCannotBeWarmedSayWhy() {
        KernelWarmth warmth =
                KernelWarmth.begin(
                        begun::add,
                        () -> {
                            throw new IllegalStateException("no lanes");
                        });

        begun.remove().run();
        assertEquals(
                Optional.of(
                        "the pricing kernels could not be warmed:"
                                + " java.lang.IllegalStateException: no lanes"),
                warmth.missing());
    }
}
