/** Venues for hedging: a simulated perpetual exchange, its server, and the clients of both kinds. */
@NullMarked
package io.dolim.api.venue;

import org.jspecify.annotations.NullMarked;
