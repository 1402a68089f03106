/** Profit and loss per lot over the scenarios, and exact sums of it. */
@NullMarked
package io.dolim.capacity.vector;

import org.jspecify.annotations.NullMarked;
