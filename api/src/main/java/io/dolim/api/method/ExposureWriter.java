package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.capacity.vector.Exposure;
import java.io.IOException;

/** The pool's greeks on one underlying. */
final class ExposureWriter {

    private ExposureWriter() {}

    static void write(JsonGenerator json, Exposure exposure) throws IOException {
        Wire.figure(json, "delta", exposure.deltaCoins(), 6);
        Wire.figure(json, "gamma_usdc", exposure.gammaUsdc(), 6);
        Wire.figure(json, "vega", exposure.vegaUsdc(), 6);
        Wire.figure(json, "theta", exposure.thetaUsdc(), 6);
    }
}
