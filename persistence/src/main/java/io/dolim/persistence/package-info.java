/** Placeholder. */
@NullMarked
package io.dolim.persistence;

import org.jspecify.annotations.NullMarked;
