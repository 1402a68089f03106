/** Simulated takers: clients of the public protocol that give a demonstration pool something to do. */
@NullMarked
package io.dolim.api.taker;

import org.jspecify.annotations.NullMarked;
