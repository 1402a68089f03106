/** A small client of the public protocol, as any taker could write it. */
@NullMarked
package io.dolim.api.client;

import org.jspecify.annotations.NullMarked;
