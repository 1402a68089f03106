/** Placeholder. */
@NullMarked
package io.dolim.capacity;

import org.jspecify.annotations.NullMarked;
