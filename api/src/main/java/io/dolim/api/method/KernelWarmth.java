package io.dolim.api.method;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Whether the pricing kernels have their machine code: until then a quote takes many times as long as it should. */
public final class KernelWarmth {

    private final CompletableFuture<Void> warmed;

    private KernelWarmth(CompletableFuture<Void> warmed) {
        this.warmed = warmed;
    }

    /**
     * Begins to warm them beside whatever else the start does.
     *
     * @param warming returns when they are warm
     */
    public static KernelWarmth begin(Executor beside, Runnable warming) {
        return new KernelWarmth(CompletableFuture.runAsync(warming, beside));
    }

    /** Why they are not warm; empty once they are. */
    Optional<String> missing() {
        if (!warmed.isDone()) {
            return Optional.of("the pricing kernels are being warmed");
        }
        return warmed.isCompletedExceptionally()
                ? Optional.of("the pricing kernels could not be warmed: " + warmed.exceptionNow())
                : Optional.empty();
    }
}
