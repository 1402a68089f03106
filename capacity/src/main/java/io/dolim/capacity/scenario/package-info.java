/** The shared, numbered scenarios over which everything the pool owns or owes is one vector. */
@NullMarked
package io.dolim.capacity.scenario;

import org.jspecify.annotations.NullMarked;
