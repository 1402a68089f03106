/** Placeholder. */
@NullMarked
package io.dolim.api;

import org.jspecify.annotations.NullMarked;
